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
        int floats = checked(DerivedGradientsAt + _network.Layers.Sum(DerivedGradients));
        _code.Line();
        _code.Line($"/// <summary>Time steps of one stream {Order()}.</summary>");
        _code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        _code.Block("internal void BackwardPass(int steps, float* dy, float* state, float* tape, float* gradients, float* dx)", () =>
        {
            _code.Line("float* memory = _memory.Pointer;");
            PassMemory.WithWhole(_code, _network.Course, () =>
            {
                _code.Line($"global::Recurrent.AlignedBuffer buffer = global::Recurrent.AlignedBuffer.Rent({Text(Math.Max(1, floats))});");
                _code.Block("try", () =>
                {
                    _code.Line("float* scratch = buffer.Pointer;");
                    ClearDerived();
                    PassMemory.InTurn(_code, _network.Course.Walks.Reverse(), Take);
                    HandOnDerived();
                });
                _code.Block("finally", () => _code.Line("buffer.Return();"));
            });
        });
    }

    /// <summary>
    /// Where gradients of derived parameters are gathered over all chunks: behind what the walks, and the kernels that turn them into others in the
    /// end, work with.
    /// </summary>
    private int DerivedGradientsAt => PassMemory.RoundUp(Math.Max(
        _network.Course.Walks.Max(walk => new Kept(_network, walk).Floats),
        _network.Layers.Max(layer => layer.Find(Pass.LoadBackward) is PassPlan load ? checked(ScratchAt(load) + load.ScratchSize) : 0)));

    private static int DerivedGradients(LayerPlan layer) => layer.Find(Pass.LoadBackward) is null ? 0 : layer.Layout.DerivedSize;

    /// <summary>The scratch memory of a kernel that turns gradients into others, behind its gradients that are kept.</summary>
    private static int ScratchAt(PassPlan load) => PassMemory.RoundUp(load.RecordSize);

    private string? ParameterGradients(LayerPlan plan, PointerPlan pointer) => pointer.Role switch
    {
        PointerRole.ParameterGradient => PassMemory.Sum("gradients", Text(_network.ParametersAt(plan))),
        PointerRole.DerivedGradient => PassMemory.Sum("scratch", Text(DerivedGradientsAt + _network.Before(plan, DerivedGradients))),
        _ => null,
    };

    private void ClearDerived()
    {
        int derived = _network.Layers.Sum(DerivedGradients);
        if (derived > 0)
        {
            _code.Line($"new Span<float>({PassMemory.Sum("scratch", Text(DerivedGradientsAt))}, {Text(derived)}).Clear();");
            _code.Line();
        }
    }

    private void HandOnDerived()
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
                _ => ParameterGradients(plan, pointer) ?? _network.PointerOf(plan, Pass.LoadBackward, pointer, "", ""),
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
        return $"{direction}, {Text(new Kept(_network, walk).Chunk)} at a time, and in each chunk from the last layer to the first";
    }

    private void Take(Walk walk)
    {
        Kept kept = new(_network, walk);
        if (walk.IsReverse)
        {
            _code.Block($"for (int done = 0; done < steps; done += {Text(kept.Chunk)})", () =>
            {
                _code.Line($"int count = global::System.Math.Min(steps - done, {Text(kept.Chunk)});");
                Calls(walk, kept, "done");
            });
        }
        else
        {
            _code.Block("for (int end = steps; end > 0;)", () =>
            {
                _code.Line($"int count = global::System.Math.Min(end, {Text(kept.Chunk)});");
                _code.Line("end -= count;");
                Calls(walk, kept, "end");
            });
        }
    }

    private void Calls(Walk walk, Kept kept, string done)
    {
        Course course = _network.Course;
        string HandedDown(int level) => course.HandedOver[level] is { Walk: null } sequence
            ? PassMemory.InWhole(sequence, done)
            : PassMemory.Sum("scratch", Text(kept.HandedDownAt(level)));
        foreach (int layer in walk.Layers.Reverse())
        {
            (LayerPlan plan, LayerNames names) = _layers[layer];
            int level = course.LevelOf(layer);
            string Argument(PointerPlan pointer) => pointer.Role switch
            {
                PointerRole.OutputGradient => PassMemory.Sum(
                    level == course.HandedOver.Count ? PassMemory.Sum("dy", PassMemory.Product($"(nint){done}", _network.OutputSize)) : HandedDown(level),
                    Text(plan.Spec.OutputOffset)),
                PointerRole.InputGradient => level == 0
                    ? $"dx == null ? null : {PassMemory.Sum("dx", PassMemory.Product($"(nint){done}", _network.InputSize))}"
                    : HandedDown(level - 1),
                PointerRole.Work => PassMemory.Sum("scratch", Text(kept.WorkAt(layer))),
                PointerRole.Scratch => PassMemory.Sum("scratch", Text(kept.ScratchAt)),
                _ => ParameterGradients(plan, pointer) ?? _network.PointerOf(plan, Pass.Backward, pointer, "steps", done),
            };
            _code.Line($"{names.FieldOf(nameof(Pass.Backward))}({string.Join(", ", plan.Backward.Pointers.Select(Argument).Prepend("count"))});");
            if (plan.Backward.Gradients.Count > 0)
            {
                _code.Line($"{names.FieldOf("Gradients")}({string.Join(", ", GradientLowering.Pointers(plan.Backward).Select(Argument).Prepend("count"))});");
            }
        }
    }

    /// <summary>
    /// The memory of a walk: a part for the gradients that each layer keeps for its parameters, one for the gradients that are handed down, and what
    /// the kernels share.
    /// </summary>
    private sealed class Kept(NetworkPlan network, Walk walk)
    {
        /// <summary>Time steps that are taken at once.</summary>
        public int Chunk { get; } = Arithmetic.GradientChunk(checked(
            walk.Layers.Sum(layer => network.Layers[layer].Backward.RecordSize) + network.Course.HandedOverIn(walk)));

        public int ScratchAt => checked(WorkAt(int.MaxValue) + HandedDownBefore(int.MaxValue));

        public int Floats => checked(ScratchAt + walk.Layers.Max(layer => network.Layers[layer].Backward.ScratchSize));

        public int WorkAt(int layer) => walk.Layers.Where(before => before < layer)
            .Sum(before => PassMemory.RoundUp(checked(Chunk * network.Layers[before].Backward.RecordSize)));

        /// <summary>Where the gradient by what a level gives lies.</summary>
        public int HandedDownAt(int level) => checked(WorkAt(int.MaxValue) + HandedDownBefore(level));

        private int HandedDownBefore(int level) => network.Course.HandedOver.Take(level)
            .Where(sequence => sequence.Walk == walk)
            .Sum(sequence => PassMemory.RoundUp(checked(Chunk * sequence.Size)));
    }
}
