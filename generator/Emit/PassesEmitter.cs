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

    private void Fields()
    {
        if (ForwardEmitter.TakesTurn(_network))
        {
            _code.Line("[ThreadStatic]");
            _code.Line($"private static int {ForwardEmitter.TurnField};");
            _code.Line();
        }

        _code.Line("private readonly global::Recurrent.AlignedBuffer _memory;");
        TeamEmitter.Fields(_code, _network);
        foreach ((LayerPlan plan, LayerNames names) in _layers)
        {
            _code.Line();
            foreach (PassPlan pass in plan.Passes)
            {
                _code.Line($"private delegate*<{(pass.HasSteps ? "int, " : "")}{(pass.TakesTurn ? "int, " : "")}{(pass.IsShared ? KernelEmitter.ShareType + ", " : "")}{Pointers(pass.Pointers.Count)}void> {names.FieldOf(pass.Pass.ToString())};");
            }

            if (plan.Backward.Gradients.Count > 0)
            {
                _code.Line($"private delegate*<int, {Pointers(GradientLowering.Pointers(plan.Backward).Count())}void> {names.FieldOf("Gradients")};");
            }

            foreach (Pass pass in plan.Packed)
            {
                _code.Line($"private int {names.LanesOf(pass)};");
            }

            foreach (string field in plan.Packed.Select(names.PanelsAt).Distinct())
            {
                _code.Line($"private int {field};");
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
        if (TeamEmitter.IsShared(_network))
        {
            _code.Block("internal void Dispose()", () =>
            {
                _code.Line("_team?.Dispose();");
                _code.Line("_memory.Dispose();");
            });
        }
        else
        {
            _code.Line("internal void Dispose() => _memory.Dispose();");
        }

        TeamEmitter.Degree(_code, _network);
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
                    int panels = _network.PanelsAt();
                    foreach ((LayerPlan plan, LayerNames names) in _layers)
                    {
                        foreach (Pass pass in plan.Passes.Select(p => p.Pass))
                        {
                            _code.Line($"    {names.FieldOf(pass.ToString())} = {Chosen(plan, pass, target, row => $"&{names.ClassOf(pass)}.{row.Kernel}")};");
                        }

                        if (plan.Backward.Gradients.Count > 0)
                        {
                            _code.Line($"    {names.FieldOf("Gradients")} = &{names.Class}Gradients.{target.Kernel};");
                        }

                        foreach (Pass pass in plan.Packed)
                        {
                            _code.Line($"    {names.LanesOf(pass)} = {Chosen(plan, pass, target, row => Text(row.Lanes))};");
                        }

                        foreach (IGrouping<string, Pass> place in plan.Packed.GroupBy(names.PanelsAt))
                        {
                            _code.Line($"    {place.Key} = {Text(panels)};");
                            panels += PassMemory.RoundUp(place.Max(pass => plan.PanelSize(pass, target)));
                        }
                    }

                    _code.Line($"    return {Text(panels)};");
                }
            }));
    }

    /// <summary>What follows from the row of the table whose kernels a pass runs on a machine.</summary>
    private static string Chosen(LayerPlan plan, Pass pass, Target machine, Func<Target, string> spell)
    {
        string text = spell(plan.TargetOf(pass, machine));
        return plan.OtherTargetOf(pass, machine) is Target other && spell(other) != text ? $"global::System.Runtime.Intrinsics.X86.{other.Name}.IsSupported ? {spell(other)} : {text}" : text;
    }

    private void Pack()
    {
        _code.Line();
        _code.Line("/// <summary>Computes what is derived from the parameters, and brings all into the order in which the kernels read them.</summary>");
        _code.Block("internal void Pack()", () =>
        {
            bool computes = _layers.Any(l => l.Plan.Find(Pass.Load) is not null);
            int floats = _layers.Max(l => l.Plan.Find(Pass.Load)?.ScratchSize ?? 0);
            _code.Line("Span<float> weights = _memory.Span;");
            if (computes)
            {
                _code.Line("float* memory = _memory.Pointer;");
            }

            PassMemory.WithScratch(_code, floats, () =>
            {
                foreach ((LayerPlan plan, LayerNames names) in _layers)
                {
                    PackFor(Pass.Load, plan, names);
                    if (plan.Find(Pass.Load) is PassPlan load)
                    {
                        IEnumerable<string> arguments = load.Pointers.Select(pointer =>
                            pointer.Role == PointerRole.Scratch ? "scratch" : _network.PointerOf(plan, Pass.Load, pointer, "", ""));
                        _code.Line($"{names.FieldOf(nameof(Pass.Load))}({string.Join(", ", arguments)});");
                    }

                    foreach (Pass pass in plan.Packed.Where(pass => pass != Pass.Load))
                    {
                        PackFor(pass, plan, names);
                    }
                }
            });
        });
    }

    private void PackFor(Pass pass, LayerPlan plan, LayerNames names)
    {
        if (plan.Packed.Contains(pass))
        {
            _code.Line($"{names.PanelsOf(pass)}.Pack({names.LanesOf(pass)}, weights, weights[{names.PanelsAt(pass)}..]);");
        }
    }
}
