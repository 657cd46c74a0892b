using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Emit;

/// <summary>Writes the pass backward in time, chunk after chunk of time steps.</summary>
public sealed class BackwardEmitter(CodeWriter code, NetworkPlan network)
{
    private readonly CodeWriter _code = code;
    private readonly NetworkPlan _network = network;
    private readonly IReadOnlyList<(LayerPlan Plan, LayerNames Names)> _layers = network.Layers.Select(layer => (layer, new LayerNames(layer))).ToArray();

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    public void Emit()
    {
        // A part for the gradients that each layer keeps for its parameters, one for the gradients that it hands down, and what the kernels share.
        int chunk = Arithmetic.GradientChunk(checked(_network.Layers.Sum(l => l.Backward.RecordSize) + _network.Layers.Skip(1).Sum(l => l.Spec.InputSize)));
        int Kept(LayerPlan layer) => PassMemory.RoundUp(checked(chunk * layer.Backward.RecordSize));
        int HandedDown(LayerPlan layer) => PassMemory.RoundUp(checked(chunk * layer.Spec.InputSize));
        int kept = _network.Layers.Sum(Kept);
        int handedDown = _network.Layers.Skip(1).Sum(HandedDown);
        int floats = kept + handedDown + _layers.Max(l => l.Plan.Backward.ScratchSize);

        _code.Line();
        _code.Line($"/// <summary>Time steps of one stream from the last to the first, {Text(chunk)} at a time, and in each chunk from the last layer to the first.</summary>");
        _code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        _code.Block("internal void BackwardPass(int steps, float* dy, float* state, float* tape, float* gradients, float* dx)", () =>
        {
            _code.Line("float* memory = _memory.Pointer;");
            _code.Line($"global::Recurrent.AlignedBuffer buffer = global::Recurrent.AlignedBuffer.Rent({Text(Math.Max(1, floats))});");
            _code.Block("try", () =>
            {
                _code.Line("float* scratch = buffer.Pointer;");
                _code.Block("for (int end = steps; end > 0;)", () =>
                {
                    _code.Line($"int count = Math.Min(end, {Text(chunk)});");
                    _code.Line("end -= count;");
                    for (int layer = _layers.Count - 1; layer >= 0; layer--)
                    {
                        (LayerPlan plan, LayerNames names) = _layers[layer];
                        string Argument(PointerPlan pointer) => pointer.Role switch
                        {
                            PointerRole.OutputGradient => layer == _layers.Count - 1
                                ? PassMemory.Sum("dy", PassMemory.Product("(nint)end", _network.OutputSize))
                                : PassMemory.Sum("scratch", Text(kept + _network.Layers.Skip(1).Take(layer).Sum(HandedDown))),
                            PointerRole.InputGradient => layer == 0
                                ? $"dx == null ? null : {PassMemory.Sum("dx", PassMemory.Product("(nint)end", _network.InputSize))}"
                                : PassMemory.Sum("scratch", Text(kept + _network.Layers.Skip(1).Take(layer - 1).Sum(HandedDown))),
                            PointerRole.Work => PassMemory.Sum("scratch", Text(_network.Before(plan, Kept))),
                            PointerRole.Scratch => PassMemory.Sum("scratch", Text(kept + handedDown)),
                            _ => _network.PointerOf(plan, pointer, "steps", "end"),
                        };
                        _code.Line($"{names.FieldOf(nameof(Pass.Backward))}({string.Join(", ", plan.Backward.Pointers.Select(Argument).Prepend("count"))});");
                        if (plan.Backward.Gradients.Count > 0)
                        {
                            IEnumerable<string> sources = GradientLowering.Pointers(plan.Backward).Select(name => Argument(plan.Backward.Pointers.Find(p => p.Name == name)!));
                            string target = PassMemory.Sum("gradients", Text(_network.Before(plan, l => l.Layout.Size)));
                            _code.Line($"{names.FieldOf("Gradients")}({string.Join(", ", sources.Prepend("count").Append(target))});");
                        }
                    }
                });
            });
            _code.Block("finally", () => _code.Line("buffer.Return();"));
        });
    }
}
