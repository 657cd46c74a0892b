using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Emit;

/// <summary>Writes how a network runs: which kernels, where their weights lie, and the passes through its layers.</summary>
public sealed class PassesEmitter
{
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
            new ForwardEmitter(code, network).Emit();
            new BackwardEmitter(code, network).Emit();
        });

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Pointers(int count) => string.Concat(Enumerable.Repeat("float*, ", count));

    /// <summary>Where a layer's vectors that are computed at load lie.</summary>
    private int FoldedAt(LayerPlan layer) => PassMemory.RoundUp(_network.ParameterCount) + _network.Before(layer, l => PassMemory.RoundUp(l.FoldedSize));

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
                    int panels = FoldedAt(_layers[_layers.Count - 1].Plan) + PassMemory.RoundUp(_layers[_layers.Count - 1].Plan.FoldedSize);
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
                            panels += PassMemory.RoundUp(PassLowering.Lower(plan.Forward, packed).PanelSize);
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
}
