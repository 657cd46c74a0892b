using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Lower;

namespace Recurrent.Gen.Emit;

/// <summary>Writes the pass that runs several sequences of a batch at once and keeps what the backward pass reads.</summary>
public sealed class BatchForwardEmitter(CodeWriter code, NetworkPlan network, BatchPlan batch)
{
    private readonly CodeWriter _code = code;
    private readonly NetworkPlan _network = network;
    private readonly BatchPlan _batch = batch;
    private readonly Course _course = network.Course;
    private readonly IReadOnlyList<(LayerPlan Plan, LayerNames Names)> _layers = network.Layers.Select(layer => (layer, new LayerNames(layer))).ToArray();

    public void Emit()
    {
        int stateAt = PassMemory.RoundUp(_course.Walks.Max(walk => checked(KernelsAt(walk) + Shared(walk))));
        _code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        _code.Block("internal void RecordManyPass(ref global::Recurrent.SequenceGroup group, float* x, float* states, float* y, float* tape)", () =>
        {
            _code.Line("float* memory = _memory.Pointer;");
            BatchCode.Steps(_code, _network);
            PassMemory.WithWhole(_code, _course, () =>
            {
                _code.Line($"global::Recurrent.AlignedBuffer buffer = global::Recurrent.AlignedBuffer.Rent({Text(checked(stateAt + (_batch.Sequences * _network.StateSize)))});");
                _code.Block("try", () =>
                {
                    _code.Line("float* scratch = buffer.Pointer;");
                    BatchCode.WithStates(_code, _network, _batch, stateAt, () => PassMemory.InTurn(_code, _course.Walks, walk =>
                        BatchCode.Chunks(_code, _batch, isForward: !walk.IsReverse, () => Calls(walk))));
                });
                _code.Block("finally", () => _code.Line("buffer.Return();"));
            });
        });
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    // What a chunk works with: packed inputs and outputs, what layers hand to each other, what one after another hoists, and what kernels share.
    private int OutputsAt => PassMemory.RoundUp(checked(_batch.Rows * _network.InputSize));

    private int HandedOverAt => PassMemory.RoundUp(checked(OutputsAt + (_batch.Rows * _network.OutputSize)));

    private int HoistedAt(Walk walk) => PassMemory.RoundUp(checked(HandedOverAt + (_batch.Rows * _course.HandedOverIn(walk))));

    private int KernelsAt(Walk walk) => PassMemory.RoundUp(checked(HoistedAt(walk) + (_batch.Rows * walk.Layers.Max(layer => _layers[layer].Plan.HoistedSize))));

    private int Shared(Walk walk) => walk.Layers.Select(layer => _layers[layer].Plan)
        .Max(plan => Math.Max(Called(plan).ScratchFloats, plan.InputOf(Pass.Record)?.ScratchFloats ?? 0));

    private static PassPlan Called(LayerPlan plan) => plan.Find(Pass.RecordMany) ?? plan.Record;

    private void Calls(Walk walk)
    {
        string HandedOver(int level)
        {
            HandedOver sequence = _course.HandedOver[level];
            return sequence.Walk is null
                ? PassMemory.InWhole(sequence, "group.Row")
                : PassMemory.Sum("scratch", Text(HandedOverAt + (_batch.Rows * sequence.Offset)));
        }

        if (walk.Layers.Any(layer => _course.LevelOf(layer) == 0))
        {
            _code.Line($"group.Gather(x, {Text(_network.InputSize)}, scratch);");
        }

        bool isBehindLoop = false;
        foreach (int layer in walk.Layers)
        {
            if (isBehindLoop)
            {
                _code.Line();
            }

            (LayerPlan plan, LayerNames names) = _layers[layer];
            int level = _course.LevelOf(layer);
            bool isLast = level == _course.HandedOver.Count;
            string Argument(PointerPlan pointer) => pointer.Role switch
            {
                PointerRole.Input => level == 0 ? "scratch" : HandedOver(level - 1),
                PointerRole.Output => PassMemory.Sum(isLast ? $"scratch + {Text(OutputsAt)}" : HandedOver(level), Text(plan.Spec.OutputOffset)),
                PointerRole.Hoisted => $"scratch + {Text(HoistedAt(walk))}",
                PointerRole.Scratch => $"scratch + {Text(KernelsAt(walk))}",
                _ => _network.PointerOf(plan, Pass.Record, pointer, "steps", "group.Row"),
            };
            if (plan.InputOf(Pass.Record) is PassPlan input)
            {
                Whole(input, names, pointer => pointer.Role == PointerRole.Panels ? _network.PointerOf(plan, input.Pass, pointer, "", "") : Argument(pointer));
            }

            if (plan.StateSize > 0)
            {
                BatchCode.Steps(_code, _network, names, plan.Find(Pass.RecordMany), plan.Record, Argument, isForward: !walk.IsReverse);
            }
            else
            {
                Whole(plan.Record, names, Argument);
            }

            isBehindLoop = plan.StateSize > 0;
            if (isLast)
            {
                if (isBehindLoop)
                {
                    _code.Line();
                }

                isBehindLoop = false;
                _code.Line($"group.Scatter(scratch + {Text(OutputsAt)}, {Text(_network.OutputSize)}, {Text(plan.Spec.OutputOffset)}, {Text(plan.Spec.OutputSize)}, y);");
            }
        }
    }

    /// <summary>Calls a pass whose rows do not wait for each other for all rows of the chunk.</summary>
    private void Whole(PassPlan pass, LayerNames names, Func<PointerPlan, string> argument) =>
        _code.Line($"{names.FieldOf(pass.Pass.ToString())}(group.Count, {(pass.TakesTurn ? "0, " : "")}{(pass.IsShared ? "default, " : "")}{string.Join(", ", pass.Pointers.Select(argument))});");
}
