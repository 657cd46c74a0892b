using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Emit;

/// <summary>Writes how a network runs: which kernels, where their weights lie, and the passes through its layers, chunk after chunk of time steps.</summary>
public sealed class PassesEmitter
{
    /// <summary>Floats that a chunk of time steps hands from layer to layer at most, so that they stay in the first cache.</summary>
    private const int ChunkFloats = 2048;

    /// <summary>Floats that a pass takes from the stack at most; what needs more comes from the pool.</summary>
    private const int StackFloats = 8192;

    private const int MostChunk = 64;

    /// <summary>Parts of the weights' memory begin on a cache line.</summary>
    private const int LineFloats = 16;

    private readonly CodeWriter _code;
    private readonly NetworkPlan _network;
    private readonly IReadOnlyList<(LayerPlan Plan, LayerNames Names)> _layers;

    private PassesEmitter(CodeWriter code, NetworkPlan network)
    {
        _code = code;
        _network = network;
        _layers = network.Layers.Select(layer => (layer, new LayerNames(layer))).ToArray();
    }

    public static SourceFile Emit(NetworkPlan network) => SourceFile.OfCompiled(
        network.Spec.Class, "Passes", ["System", "System.Runtime.CompilerServices"], code =>
        {
            PassesEmitter emitter = new(code, network);
            emitter.Fields();
            emitter.Construction();
            emitter.SelectKernels();
            emitter.Pack();
            emitter.Run();
            emitter.Record();
            emitter.Backward();
        });

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int RoundUp(int floats) => checked((floats + LineFloats - 1) / LineFloats * LineFloats);

    private static string Pointers(int count) => string.Concat(Enumerable.Repeat("float*, ", count));

    /// <summary>Where a layer's vectors that are computed at load lie.</summary>
    private int FoldedAt(LayerPlan layer) => RoundUp(_network.ParameterCount) + _network.Before(layer, l => RoundUp(l.FoldedSize));

    private void Fields()
    {
        _code.Line("private readonly global::Recurrent.AlignedBuffer _memory;");
        foreach ((LayerPlan plan, LayerNames names) in _layers)
        {
            _code.Line();
            foreach (PassPlan pass in new[] { plan.Forward, plan.Record, plan.Backward })
            {
                _code.Line($"private delegate*<int, {Pointers(pass.Pointers.Count)}void> {names.FieldOf(pass.Pass.ToString())};");
            }

            if (plan.Backward.Gradients.Count > 0)
            {
                _code.Line($"private delegate*<int, {Pointers(GradientLowering.Pointers(plan.Backward).Count() + 1)}void> {names.FieldOf("Gradients")};");
            }

            if (plan.HasPanels)
            {
                _code.Line($"private int {names.FieldOf("Lanes")};");
                _code.Line($"private int {names.FieldOf("Panels")};");
            }
        }
    }

    private void Construction()
    {
        _code.Line();
        _code.Line($"internal Compiled(global::Recurrent.InstructionSet instructionSet) => _memory = global::Recurrent.AlignedBuffer.Allocate(SelectKernels(instructionSet), owner: \"{_network.Spec.Class.Name.TrimStart('@')}\");");
        _code.Line();
        _code.Line("/// <summary>The parameters in their flat order.</summary>");
        _code.Line($"internal Span<float> Parameters => _memory.Span[..{Text(_network.ParameterCount)}];");
        _code.Line();
        _code.Line("internal void Dispose() => _memory.Dispose();");
    }

    private void SelectKernels()
    {
        _code.Line();
        _code.Line("/// <summary>Chooses the kernels, and where the weights that they read are packed.</summary>");
        _code.Line("/// <returns>Floats of the weights' memory.</returns>");
        _code.Block("private int SelectKernels(global::Recurrent.InstructionSet instructionSet)", () =>
            _code.Block("switch (instructionSet)", () =>
            {
                foreach (Target target in Targets.All.Reverse())
                {
                    _code.Line(target == Targets.All[0] ? "default:" : $"case global::Recurrent.InstructionSet.{target.Name}:");
                    int panels = FoldedAt(_layers[_layers.Count - 1].Plan) + RoundUp(_layers[_layers.Count - 1].Plan.FoldedSize);
                    foreach ((LayerPlan plan, LayerNames names) in _layers)
                    {
                        foreach (Pass pass in new[] { Pass.Forward, Pass.Record, Pass.Backward })
                        {
                            _code.Line($"    {names.FieldOf(pass.ToString())} = &{names.ClassOf(pass)}.{plan.TargetOf(pass, target).Name};");
                        }

                        if (plan.Backward.Gradients.Count > 0)
                        {
                            _code.Line($"    {names.FieldOf("Gradients")} = &{names.Class}Gradients.{target.Name};");
                        }

                        if (plan.HasPanels)
                        {
                            Target packed = plan.TargetOf(Pass.Forward, target);
                            _code.Line($"    {names.FieldOf("Lanes")} = {Text(packed.Lanes)};");
                            _code.Line($"    {names.FieldOf("Panels")} = {Text(panels)};");
                            panels += RoundUp(PassLowering.Lower(plan.Forward, packed).PanelSize);
                        }
                    }

                    _code.Line($"    return {Text(panels)};");
                }
            }));
    }

    private void Pack()
    {
        _code.Line();
        _code.Line("/// <summary>Brings the parameters into the order in which the kernels read them.</summary>");
        _code.Block("internal void Pack()", () =>
        {
            _code.Line("Span<float> memory = _memory.Span;");
            foreach ((LayerPlan plan, LayerNames names) in _layers.Where(l => l.Plan.HasPanels))
            {
                string parameters = $"memory.Slice({Text(_network.Before(plan, l => l.Layout.Size))}, {Text(plan.Layout.Size)})";
                string folded = plan.FoldedSize > 0 ? $", memory.Slice({Text(FoldedAt(plan))}, {Text(plan.FoldedSize)})" : "";
                if (plan.FoldedSize > 0)
                {
                    _code.Line($"{names.Class}Panels.Fold({parameters}{folded});");
                }

                _code.Line($"{names.Class}Panels.Pack({names.FieldOf("Lanes")}, {parameters}{folded}, memory[{names.FieldOf("Panels")}..]);");
            }
        });
    }

    private void Run()
    {
        _code.Line();
        _code.Line("/// <summary>Time steps of one stream, layer after layer.</summary>");
        Forward("internal void RunPass(int steps, float* x, float* state, float* y)", Pass.Forward);
    }

    private void Record()
    {
        _code.Line();
        _code.Line("/// <summary>Time steps of one stream, layer after layer; the tape has a part for each layer.</summary>");
        Forward("internal void RecordPass(int steps, float* x, float* state, float* y, float* tape)", Pass.Record);
    }

    private void Forward(string signature, Pass pass)
    {
        int shared = _layers.Max(l => l.Plan[pass].ScratchSize);
        int chunk = _network.HandedOver == 0 ? 0 : Math.Max(1, Math.Min(MostChunk, (ChunkFloats - shared) / _network.HandedOver));
        int floats = (Math.Max(chunk, 1) * _network.HandedOver) + shared;
        _code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]");
        _code.Block(signature, () =>
        {
            _code.Line("float* memory = _memory.Pointer;");
            WithScratch(floats, () =>
            {
                if (chunk == 0)
                {
                    Calls(pass, "steps", "steps", "0");
                }
                else
                {
                    _code.Block($"for (int done = 0; done < steps; done += {Text(chunk)})", () =>
                    {
                        _code.Line($"int count = Math.Min(steps - done, {Text(chunk)});");
                        Calls(pass, "count", "steps", "done");
                        _code.Line($"x += count * {Text(_network.InputSize)};");
                        _code.Line($"y += count * {Text(_network.OutputSize)};");
                    });
                }
            });
        });
    }

    private void WithScratch(int floats, Action body)
    {
        if (floats == 0)
        {
            body();
        }
        else if (floats <= StackFloats)
        {
            _code.Line($"float* scratch = stackalloc float[{Text(floats)}];");
            body();
        }
        else
        {
            _code.Line($"global::Recurrent.AlignedBuffer buffer = global::Recurrent.AlignedBuffer.Rent({Text(floats)});");
            _code.Block("try", () =>
            {
                _code.Line("float* scratch = buffer.Pointer;");
                body();
            });
            _code.Block("finally", () => _code.Line("buffer.Return();"));
        }
    }

    private void Calls(Pass pass, string count, string steps, string done)
    {
        string HandedOver(int layer) =>
            Sum("scratch", Product(count, _layers.Take(layer).Sum(l => l.Plan.Spec.OutputSize)));
        for (int layer = 0; layer < _layers.Count; layer++)
        {
            (LayerPlan plan, LayerNames names) = _layers[layer];
            IEnumerable<string> arguments = plan[pass].Pointers.Select(pointer => pointer.Role switch
            {
                PointerRole.Input => layer == 0 ? "x" : HandedOver(layer - 1),
                PointerRole.Output => layer == _layers.Count - 1 ? "y" : HandedOver(layer),
                PointerRole.Scratch => Sum("scratch", Product(count, _network.HandedOver)),
                PointerRole.Panels => $"memory + {names.FieldOf("Panels")}",
                _ => Shared(plan, pointer, steps, done),
            });
            _code.Line($"{names.FieldOf(pass.ToString())}({string.Join(", ", arguments.Prepend(count))});");
        }
    }

    /// <summary>Pointers that mean the same in every pass.</summary>
    private string Shared(LayerPlan plan, PointerPlan pointer, string steps, string done) => pointer.Role switch
    {
        PointerRole.State or PointerRole.StateGradient =>
            Sum("state", Text(_network.Before(plan, l => l.StateSize) + plan.StateSizes.Take(pointer.Index).Sum())),
        PointerRole.Parameters => Sum("memory", Text(_network.Before(plan, l => l.Layout.Size))),
        PointerRole.Tape => Sum(
            Sum("tape", Product($"(nint){steps}", _network.Before(plan, l => l.Record.RecordSize))), Product($"(nint){done}", plan.Record.RecordSize)),
        _ => throw new InvalidOperationException($"{pointer.Role} differs from pass to pass."),
    };

    private static string Sum(string left, string right) => right == "0" ? left : $"{left} + {right}";

    private static string Product(string count, int size) => size == 0 || count is "0" or "(nint)0" ? "0" : $"{count} * {Text(size)}";

    private void Backward()
    {
        // A part for the gradients that each layer keeps for its parameters, one for the gradients that it hands down, and what the kernels share.
        int chunk = Arithmetic.GradientChunk(checked(_network.Layers.Sum(l => l.Backward.RecordSize) + _network.Layers.Skip(1).Sum(l => l.Spec.InputSize)));
        int Kept(LayerPlan layer) => RoundUp(checked(chunk * layer.Backward.RecordSize));
        int HandedDown(LayerPlan layer) => RoundUp(checked(chunk * layer.Spec.InputSize));
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
                                ? Sum("dy", Product("(nint)end", _network.OutputSize))
                                : Sum("scratch", Text(kept + _network.Layers.Skip(1).Take(layer).Sum(HandedDown))),
                            PointerRole.InputGradient => layer == 0
                                ? $"dx == null ? null : {Sum("dx", Product("(nint)end", _network.InputSize))}"
                                : Sum("scratch", Text(kept + _network.Layers.Skip(1).Take(layer - 1).Sum(HandedDown))),
                            PointerRole.Work => Sum("scratch", Text(_network.Before(plan, Kept))),
                            PointerRole.Scratch => Sum("scratch", Text(kept + handedDown)),
                            _ => Shared(plan, pointer, "steps", "end"),
                        };
                        _code.Line($"{names.FieldOf(nameof(Pass.Backward))}({string.Join(", ", plan.Backward.Pointers.Select(Argument).Prepend("count"))});");
                        if (plan.Backward.Gradients.Count > 0)
                        {
                            IEnumerable<string> sources = GradientLowering.Pointers(plan.Backward).Select(name => Argument(plan.Backward.Pointers.Find(p => p.Name == name)!));
                            string target = Sum("gradients", Text(_network.Before(plan, l => l.Layout.Size)));
                            _code.Line($"{names.FieldOf("Gradients")}({string.Join(", ", sources.Prepend("count").Append(target))});");
                        }
                    }
                });
            });
            _code.Block("finally", () => _code.Line("buffer.Return();"));
        });
    }
}
