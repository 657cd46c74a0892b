using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>A layer with everything decided but the instruction set.</summary>
public sealed class LayerPlan
{
    public LayerPlan(LayerSpec spec, IReadOnlyList<PassPlan> passes)
    {
        Spec = spec;
        Passes = passes;
        Layout = new ParameterLayout(spec.Cell);
        StateSizes = spec.StateSizes;

        int tape = Backward.Find(PointerRole.Tape)?.Stride ?? 0;
        if (tape != Record.RecordSize)
        {
            throw new InvalidOperationException($"The backward pass reads {tape} floats of a step of {spec.Id}; the forward pass keeps {Record.RecordSize}.");
        }
    }

    /// <summary>The layer; its cell has the derived parameters behind its own.</summary>
    public LayerSpec Spec { get; }

    public ParameterLayout Layout { get; }

    /// <summary>The three passes through time, and those at load where something is derived.</summary>
    public IReadOnlyList<PassPlan> Passes { get; }

    /// <summary>Floats that a time step of the pass <see cref="Pass.Input"/> gives.</summary>
    public int HoistedSize => Find(Pass.Input)?.RecordSize ?? 0;

    public PassPlan Forward => this[Pass.Forward];

    public PassPlan Record => this[Pass.Record];

    public PassPlan Backward => this[Pass.Backward];

    /// <summary>The plan of a pass that the layer has.</summary>
    public PassPlan this[Pass pass] => Find(pass) ?? throw new InvalidOperationException($"{Spec.Name} has no pass {pass}.");

    /// <summary>The plan of a pass, or null where the layer has none.</summary>
    public PassPlan? Find(Pass pass) => Passes.FirstOrDefault(plan => plan.Pass == pass);

    public IReadOnlyList<int> StateSizes { get; }

    public int StateSize => StateSizes.Sum();

    /// <summary>The states that begin with learned values: floats in front of each in the layer's state, and the number of the parameter that it begins with.</summary>
    public IEnumerable<(int State, int Parameter)> LearnedStates => Enumerable.Range(0, StateSizes.Count)
        .Select(state => (StateSizes.Take(state).Sum(), LearnedStart.Of(Spec.Cell, state)))
        .Where(learned => learned.Item2 >= 0);

    /// <summary>The masks that a training pass reads from the tape, in the order of their numbers.</summary>
    public IEnumerable<MaskPlan> Masks => Enumerable.Range(0, Record.Graph.Ops.Count)
        .Where(value => Record.Graph.Ops[value].Kind == OpKind.Mask)
        .OrderBy(value => Record.Graph.Ops[value].A)
        .Select(value => new MaskPlan(Record.SavedAt(value), Record.Graph.Ops[value].Shape.Length, UseOf(Record.Graph.Ops[value].A)));

    /// <summary>The first masks are those of the states, then comes that of the output.</summary>
    private MaskUse UseOf(int mask) => mask < Spec.Cell.States.Count ? MaskUse.Zoneout
        : mask == Spec.Cell.States.Count ? MaskUse.Dropout
        : MaskUse.RecurrentDropout;

    /// <summary>The row of the table whose kernels a pass runs on a machine.</summary>
    public Target TargetOf(Pass pass, Target machine) => Targets.Fit(machine, this[PanelsOf(pass)].Width);

    /// <summary>The row whose kernels a pass runs instead where the machine's processor has it; null if there is none.</summary>
    public Target? OtherTargetOf(Pass pass, Target machine) => machine.IsFused && this[PanelsOf(pass)] is { Weights.IsWhole: true, HasPanels: true } ? Targets.OfWholeWeights : null;

    /// <summary>The rows of the table that a pass has kernels for.</summary>
    public IEnumerable<Target> TargetsOf(Pass pass) => Targets.All
        .SelectMany(machine => new[] { TargetOf(pass, machine), OtherTargetOf(pass, machine) }).OfType<Target>().Distinct();

    /// <summary>
    /// The rows of the table that have kernels which add to gradients in a pass: behind the backward pass all of them, as a matrix may have wider rows than the values of a time step are.
    /// </summary>
    public IEnumerable<Target> TargetsOfGradients(Pass pass) => pass == Pass.Backward ? Targets.All : TargetsOf(pass);

    /// <summary>The passes whose weights are packed, in the order in which that is done.</summary>
    public IEnumerable<Pass> Packed => new[] { Pass.Load, Pass.Input, Pass.Forward, Pass.Step, Pass.RecordInput, Pass.Record }
        .Where(pass => PanelsOf(pass) == pass && Find(pass)?.HasPanels == true);

    /// <summary>The pass whose packed weights a pass reads: all forward passes through time have the same, unless inference has weights in another format.</summary>
    public Pass PanelsOf(Pass pass) => pass switch
    {
        Pass.Record or Pass.RecordMany => Record.Weights == Forward.Weights ? Pass.Forward : Pass.Record,
        _ => pass,
    };

    /// <summary>The pass that computes what a pass reads as hoisted, or null where there is none.</summary>
    public PassPlan? InputOf(Pass pass) => pass == Pass.Step && Find(pass) is not null ? null : (pass is Pass.Record or Pass.RecordMany ? Find(Pass.RecordInput) : null) ?? Find(Pass.Input);

    /// <summary>
    /// Floats of the weights that are packed for a pass on a machine. What is packed for the load is used before the weights of the other passes are packed,
    /// and shares their place.
    /// </summary>
    public int PanelSize(Pass pass, Target machine) => Packed.Contains(pass)
        ? new[] { TargetOf(pass, machine), OtherTargetOf(pass, machine) }.OfType<Target>().Max(target => PassLowering.Lower(this[pass], target).PanelSize)
        : 0;

    /// <summary>Rows of the smallest table that the input is a position in, or null where it is none.</summary>
    public int? IndexCount => Spec.Cell.Body.Ops
        .Where(op => op.Kind == OpKind.Row)
        .Min(op => (int?)Spec.Cell.Body.Ops[op.A].Shape.Rows.Size);

    /// <summary>Where the input lies in a time step's record on the tape, or null where it is not kept.</summary>
    public int? IndexOnTape
    {
        get
        {
            int offset = 0;
            foreach (GraphOutput output in Record.Graph.Outputs.Where(o => o.Kind == OutputKind.Saved).OrderBy(o => o.Index))
            {
                if (Record.Graph.Ops[output.Value].Kind == OpKind.Input)
                {
                    return offset;
                }

                offset += Record.Graph.Ops[output.Value].Shape.Length;
            }

            return null;
        }
    }
}

/// <summary>A network with everything decided but the instruction set.</summary>
public sealed class NetworkPlan(NetworkSpec spec, Course course, IReadOnlyList<LayerPlan> layers)
{
    public NetworkSpec Spec { get; } = spec;

    public IReadOnlyList<LayerPlan> Layers { get; } = layers;

    public int InputSize => Spec.InputSize;

    public int OutputSize => Layers[Layers.Count - 1].Spec.LevelSize;

    /// <summary>The order in which the layers run.</summary>
    public Course Course { get; } = course;

    public int StateSize => Layers.Sum(l => l.StateSize);

    public int ParameterCount => Layers.Sum(l => l.Layout.Size);

    /// <summary>Floats that a time step leaves on the tape.</summary>
    public int TapeStep => Layers.Sum(l => l.Record.RecordSize);

    /// <summary>How a batch of sequences is run: several at once, or null where one runs after another, as no layer would gain by it.</summary>
    public BatchPlan? Batch { get; } = BatchPlan.Of(course, layers);

    /// <summary>Sums a property of the layers before one.</summary>
    public int Before(LayerPlan layer, Func<LayerPlan, int> size) => Layers.TakeWhile(l => l != layer).Sum(size);

    /// <summary>The time steps of a sequence that fit, where the sequences between walks are memory that one buffer holds.</summary>
    public int MostSteps => int.MaxValue / Math.Max(1, Course.WholeSize);
}
