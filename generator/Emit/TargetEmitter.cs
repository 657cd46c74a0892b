using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Emit;

/// <summary>Writes what the kernels of a network share: one file for each instruction set, with activations and sums of gradients.</summary>
public static class TargetEmitter
{
    public static IEnumerable<SourceFile> Emit(NetworkPlan network)
    {
        foreach (Target target in Targets.OfKernels)
        {
            HashSet<OpKind> kinds = [.. Graphs(network, target).SelectMany(graph => graph.Ops).Select(op => op.Kind)];
            Function[] ofVectors = [.. Reductions(network, target), .. WholeVectors(network, target)];
            Function[] functions =
            [
                .. Activations.Named([.. kinds.Select(Activations.NameOf).OfType<string>(), .. ofVectors.SelectMany(function => function.Calls)]),
                .. ofVectors,
            ];
            HashSet<Primitive> primitives = [.. functions.SelectMany(function => function.Primitives).Concat(kinds.SelectMany(Folds)).Concat(Passes(network, target).SelectMany(pass => pass.Weights.Primitives))];
            string[] support = [.. target.Support.Where(row => primitives.Contains(row.Key)).Select(row => row.Value)];
            Kernel[] routines = [.. GradientLowering.Routines(WithGradients(network, target), target)];
            if (functions.Length + support.Length + routines.Length == 0)
            {
                continue;
            }

            yield return SourceFile.OfCompiled(network.Spec.Class, target.Name, SourceFile.KernelUsings, code =>
            {
                code.Line($"/// <summary>What the kernels for {target.Name} share.</summary>");
                code.Block($"private static class {target.Functions}", () =>
                {
                    KernelEmitter emitter = new(code, target);
                    bool isFirst = true;
                    void Separate()
                    {
                        if (!isFirst)
                        {
                            code.Line();
                        }

                        isFirst = false;
                    }

                    foreach (Function function in functions)
                    {
                        Separate();
                        emitter.Function(function);
                    }

                    foreach (string member in support)
                    {
                        Separate();
                        code.Line(member);
                    }

                    foreach (Kernel routine in routines)
                    {
                        Separate();
                        emitter.Kernel(routine, "internal");
                    }
                });
            });
        }
    }

    /// <summary>The passes that have kernels for an instruction set.</summary>
    private static IEnumerable<PassPlan> Passes(NetworkPlan network, Target target) => network.Layers
        .SelectMany(layer => layer.Passes.Where(pass => layer.TargetsOf(pass.Pass).Contains(target)));

    /// <summary>The passes in which kernels for an instruction set add to gradients.</summary>
    private static IEnumerable<PassPlan> WithGradients(NetworkPlan network, Target target) => network.Layers
        .SelectMany(layer => layer.Passes.Where(pass => layer.TargetsOfGradients(pass.Pass).Contains(target)));

    /// <summary>The graphs that kernels for an instruction set compute.</summary>
    private static IEnumerable<OpGraph> Graphs(NetworkPlan network, Target target) => Passes(network, target).Select(pass => pass.Graph);

    /// <summary>The functions that reduce vectors, one for each length.</summary>
    private static IEnumerable<Function> Reductions(NetworkPlan network, Target target) => Graphs(network, target)
        .SelectMany(graph => graph.Ops.Where(op => op.Kind is OpKind.Sum or OpKind.Greatest).Select(op => (op.Kind, graph.Ops[op.A].Shape.Length)))
        .Distinct()
        .OrderBy(reduction => reduction)
        .Select(reduction => Fold.Function(reduction.Kind, reduction.Length, target));

    /// <summary>The functions that make whole numbers of vectors, one for each length.</summary>
    private static IEnumerable<Function> WholeVectors(NetworkPlan network, Target target) => Passes(network, target)
        .SelectMany(pass => pass.WholeVectors.Keys.Select(vector => pass.Graph.Ops[vector].Shape.Length))
        .Distinct()
        .OrderBy(length => length)
        .Select(length => WholeVector.Function(length, target));

    /// <summary>How the sums of a matrix's rows fold a vector into one number.</summary>
    private static Primitive[] Folds(OpKind kind) => kind switch
    {
        OpKind.RowSums or OpKind.ColumnSums => [Primitive.FoldAdd],
        _ => [],
    };
}
