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
    public LayerPlan(LayerSpec spec, PassPlan forward, PassPlan record, PassPlan backward)
    {
        Spec = spec;
        Layout = new ParameterLayout(spec.Cell);
        Forward = forward;
        Record = record;
        Backward = backward;
        StateSizes = spec.Cell.States
            .Select((_, s) => spec.Cell.Body.Outputs
                .First(o => o.Kind == OutputKind.NextState && o.Index == s))
            .Select(o => spec.Cell.Body.Ops[o.Value].Shape.Length)
            .ToArray();

        int tape = Backward.Find(PointerRole.Tape)?.Stride ?? 0;
        if (tape != Record.RecordSize)
        {
            throw new InvalidOperationException($"The backward pass reads {tape} floats of a step of {spec.Id}; the forward pass keeps {Record.RecordSize}.");
        }
    }

    public LayerSpec Spec { get; }

    public ParameterLayout Layout { get; }

    public PassPlan Forward { get; }

    public PassPlan Record { get; }

    public PassPlan Backward { get; }

    /// <summary>The plan of a pass.</summary>
    public PassPlan this[Pass pass] => pass switch
    {
        Pass.Forward => Forward,
        Pass.Record => Record,
        _ => Backward,
    };

    public IReadOnlyList<int> StateSizes { get; }

    public int StateSize => StateSizes.Sum();

    /// <summary>The row of the table whose kernels a pass runs on a machine. Both forward passes read the same packed weights.</summary>
    public Target TargetOf(Pass pass, Target machine) => Targets.Fit(machine, (pass == Pass.Backward ? Backward : Forward).Width);

    /// <summary>The rows of the table that a pass has kernels for.</summary>
    public IEnumerable<Target> TargetsOf(Pass pass) => Targets.All.Select(machine => TargetOf(pass, machine)).Distinct();

    /// <summary>Whether the forward kernels read packed weights.</summary>
    public bool HasPanels => Forward.Find(PointerRole.Panels) is not null;

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

    /// <summary>
    /// Vectors that are computed from parameters at load, and where each lies among the layer's; parameters that are read as they are do not count.
    /// </summary>
    public IReadOnlyDictionary<int, int> Folded
    {
        get
        {
            Dictionary<int, int> offsets = [];
            int offset = 0;
            foreach (int value in Forward.Nests.SelectMany(n => NestLayout.Of(Forward, n).Vectors).Distinct())
            {
                if (Forward.Graph.Ops[value].Kind != OpKind.Parameter)
                {
                    offsets[value] = offset;
                    offset += Forward.Graph.Ops[value].Shape.Length;
                }
            }

            return offsets;
        }
    }

    public int FoldedSize => Folded.Keys.Sum(v => Forward.Graph.Ops[v].Shape.Length);
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

    /// <summary>Sums a property of the layers before one.</summary>
    public int Before(LayerPlan layer, Func<LayerPlan, int> size) => Layers.TakeWhile(l => l != layer).Sum(size);

    /// <summary>The time steps of a sequence that fit, where the sequences between walks are memory that one buffer holds.</summary>
    public int MostSteps => int.MaxValue / Math.Max(1, Course.WholeSize);
}
