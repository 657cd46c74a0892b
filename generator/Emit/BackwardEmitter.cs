using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Emit;

/// <summary>Writes the pass that gives gradients, chunk after chunk of time steps.</summary>
public sealed class BackwardEmitter(CodeWriter code, NetworkPlan network)
{
    private readonly CodeWriter _code = code;
    private readonly NetworkPlan _network = network;
    private readonly IReadOnlyList<(LayerPlan Plan, LayerNames Names)> _layers = network.Layers.Select(layer => (layer, new LayerNames(layer))).ToArray();

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    public void Emit()
    {
        _code.Line();
        _code.Line($"/// <summary>Time steps of one stream {Order()}.</summary>");
        Backward("internal void BackwardPass(int steps, float* dy, float* state, float* tape, float* gradients, float* dx)", batch: null);
        if (_network.Batch is BatchPlan batch)
        {
            _code.Line();
            _code.Line("/// <summary>Time steps of some sequences of a batch, those that run at a time step together.</summary>");
            Backward("internal void BackwardManyPass(ref global::Recurrent.SequenceGroup group, float* dy, float* states, float* tape, float* gradients, float* dx)", batch);
        }
    }

    private void Backward(string signature, BatchPlan? batch)
    {
        int stateAt = checked(DerivedGradientsAt(batch) + _network.Layers.Sum(DerivedGradients));
        int floats = checked(stateAt + ((batch?.Sequences ?? 0) * _network.StateSize));
        _code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        _code.Block(signature, () =>
        {
            _code.Line("float* memory = _memory.Pointer;");
            if (batch is not null)
            {
                BatchCode.Steps(_code, _network);
            }

            PassMemory.WithWhole(_code, _network.Course, () =>
            {
                _code.Line($"global::Recurrent.AlignedBuffer buffer = global::Recurrent.AlignedBuffer.Rent({Text(Math.Max(1, floats))});");
                _code.Block("try", () =>
                {
                    _code.Line("float* scratch = buffer.Pointer;");
                    ClearDerived(batch);
                    BatchCode.WithStates(_code, _network, batch, stateAt, () =>
                        PassMemory.InTurn(_code, _network.Course.Walks.Reverse(), walk => Take(walk, batch)));
                    HandOnDerived(batch);
                });
                _code.Block("finally", () => _code.Line("buffer.Return();"));
            });
        });
    }

    /// <summary>
    /// Where gradients of derived parameters are gathered over all chunks: behind what the walks, and the kernels that turn them into others in the
    /// end, work with.
    /// </summary>
    private int DerivedGradientsAt(BatchPlan? batch) => PassMemory.RoundUp(Math.Max(
        _network.Course.Walks.Max(walk => new GradientMemory(_network, walk, batch?.Rows).Floats),
        _network.Layers.Max(layer => layer.Find(Pass.LoadBackward) is PassPlan load ? checked(ScratchAt(load) + load.ScratchSize) : 0)));

    private static int DerivedGradients(LayerPlan layer) => layer.Find(Pass.LoadBackward) is null ? 0 : layer.Layout.DerivedSize;

    /// <summary>The scratch memory of a kernel that turns gradients into others, behind its gradients that are kept.</summary>
    private static int ScratchAt(PassPlan load) => PassMemory.RoundUp(load.RecordSize);

    private string? ParameterGradients(LayerPlan plan, PointerPlan pointer, BatchPlan? batch) => pointer.Role switch
    {
        PointerRole.ParameterGradient => PassMemory.Sum("gradients", Text(_network.ParametersAt(plan))),
        PointerRole.DerivedGradient => PassMemory.Sum("scratch", Text(DerivedGradientsAt(batch) + _network.Before(plan, DerivedGradients))),
        _ => null,
    };

    private void ClearDerived(BatchPlan? batch)
    {
        int derived = _network.Layers.Sum(DerivedGradients);
        if (derived > 0)
        {
            _code.Line($"new Span<float>({PassMemory.Sum("scratch", Text(DerivedGradientsAt(batch)))}, {Text(derived)}).Clear();");
            _code.Line();
        }
    }

    private void HandOnDerived(BatchPlan? batch)
    {
        bool isFirst = true;
        foreach ((LayerPlan plan, LayerNames names) in _layers.Where(l => l.Plan.Find(Pass.LoadBackward) is not null))
        {
            if (isFirst)
            {
                _code.Line();
            }

            isFirst = false;
            PassPlan load = plan[Pass.LoadBackward];
            IEnumerable<string> arguments = load.Pointers.Select(pointer => pointer.Role switch
            {
                PointerRole.Work => "scratch",
                PointerRole.Scratch => PassMemory.Sum("scratch", Text(ScratchAt(load))),
                _ => ParameterGradients(plan, pointer, batch) ?? _network.PointerOf(plan, Pass.LoadBackward, pointer, "", ""),
            });
            _code.Line($"{names.FieldOf(nameof(Pass.LoadBackward))}({string.Join(", ", arguments)});");
        }
    }

    private string Order()
    {
        if (_network.Course.Walks.Count > 1)
        {
            return "along the walks of the forward pass, each taken back";
        }

        Walk walk = _network.Course.Walks[0];
        string direction = walk.IsReverse ? "from the first to the last" : "from the last to the first";
        return $"{direction}, {Text(new GradientMemory(_network, walk, rows: null).Chunk)} at a time, and in each chunk from the last layer to the first";
    }

    private void Take(Walk walk, BatchPlan? batch)
    {
        GradientMemory kept = new(_network, walk, batch?.Rows);
        if (batch is not null)
        {
            BatchCode.Chunks(_code, batch, isForward: walk.IsReverse, () => Calls(walk, kept, "group.Count", "group.Row", batch));
        }
        else if (walk.IsReverse)
        {
            _code.Block($"for (int done = 0; done < steps; done += {Text(kept.Chunk)})", () =>
            {
                _code.Line($"int count = global::System.Math.Min(steps - done, {Text(kept.Chunk)});");
                Calls(walk, kept, "count", "done", batch);
            });
        }
        else
        {
            _code.Block("for (int end = steps; end > 0;)", () =>
            {
                _code.Line($"int count = global::System.Math.Min(end, {Text(kept.Chunk)});");
                _code.Line("end -= count;");
                Calls(walk, kept, "count", "end", batch);
            });
        }
    }

    private void Calls(Walk walk, GradientMemory kept, string count, string done, BatchPlan? batch)
    {
        Course course = _network.Course;
        string HandedDown(int level) => course.HandedOver[level] is { Walk: null } sequence
            ? PassMemory.InWhole(sequence, done)
            : PassMemory.Sum("scratch", Text(kept.HandedDownAt(level)));
        string outputs = PassMemory.Sum("scratch", Text(kept.OutputsAt));
        string inputs = PassMemory.Sum("scratch", Text(kept.InputsAt));
        bool givesInputs = walk.Layers.Any(layer => course.LevelOf(layer) == 0);
        if (batch is not null && walk.Layers.Any(layer => course.LevelOf(layer) == course.HandedOver.Count))
        {
            _code.Line($"group.Gather(dy, {Text(_network.OutputSize)}, {outputs});");
        }

        if (batch is not null && givesInputs && walk.Layers.Where(layer => course.LevelOf(layer) == 0).All(course.AddsToInputGradient))
        {
            _code.Block("if (dx != null)", () => _code.Line($"group.Gather(dx, {Text(_network.InputSize)}, {inputs});"));
        }

        foreach (int layer in walk.Layers.Reverse())
        {
            (LayerPlan plan, LayerNames names) = _layers[layer];
            int level = course.LevelOf(layer);
            bool isBehindLoop = false;
            string Argument(PointerPlan pointer) => pointer.Role switch
            {
                PointerRole.OutputGradient => PassMemory.Sum(
                    level < course.HandedOver.Count ? HandedDown(level)
                        : batch is not null ? outputs
                        : PassMemory.Sum("dy", PassMemory.Product($"(nint){done}", _network.OutputSize)),
                    Text(plan.Spec.OutputOffset)),
                PointerRole.InputGradient => level > 0 ? HandedDown(level - 1)
                    : $"dx == null ? null : {(batch is not null ? inputs : PassMemory.Sum("dx", PassMemory.Product($"(nint){done}", _network.InputSize)))}",
                PointerRole.Work => PassMemory.Sum("scratch", Text(kept.WorkAt(layer))),
                PointerRole.Scratch => PassMemory.Sum("scratch", Text(kept.ScratchAt)),
                _ => ParameterGradients(plan, pointer, batch) ?? _network.PointerOf(plan, Pass.Backward, pointer, "steps", done),
            };
            if (batch is not null && plan.StateSize > 0)
            {
                BatchCode.Steps(_code, _network, names, plan.Find(Pass.BackwardMany), plan.Backward, Argument, isForward: walk.IsReverse);
                isBehindLoop = true;
            }
            else
            {
                _code.Line($"{names.FieldOf(nameof(Pass.Backward))}({string.Join(", ", plan.Backward.Pointers.Select(Argument).Prepend(count))});");
            }

            if (plan.Backward.Gradients.Count > 0)
            {
                if (isBehindLoop)
                {
                    _code.Line();
                }

                _code.Line($"{names.FieldOf("Gradients")}({string.Join(", ", GradientLowering.Pointers(plan.Backward).Select(Argument).Prepend(count))});");
            }
        }

        if (batch is not null && givesInputs)
        {
            _code.Block("if (dx != null)", () => _code.Line($"group.Scatter({inputs}, {Text(_network.InputSize)}, 0, {Text(_network.InputSize)}, dx);"));
        }
    }
}
