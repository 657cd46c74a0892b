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
        foreach (Target target in Targets.All)
        {
            HashSet<OpKind> kinds = Kinds(network, target);
            Function[] functions = Activations.Closure([.. kinds.Select(Activations.NameOf).OfType<string>()]).ToArray();
            HashSet<Primitive> primitives = [.. functions.SelectMany(function => function.Primitives).Concat(kinds.SelectMany(Folds))];
            Kernel[] routines = GradientLowering.Routines(network.Layers.SelectMany(l => l.Passes), target).ToArray();
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

                    foreach (string member in target.Support.Where(row => primitives.Contains(row.Key)).Select(row => row.Value))
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

    /// <summary>What kernels for an instruction set compute.</summary>
    private static HashSet<OpKind> Kinds(NetworkPlan network, Target target)
    {
        IEnumerable<Op> ops = network.Layers
            .SelectMany(layer => layer.Passes
                .Where(pass => layer.TargetsOf(pass.Pass).Contains(target))
                .SelectMany(pass => pass.Graph.Ops));
        return [.. ops.Select(op => op.Kind == OpKind.Greatest ? [op.Kind, OpKind.Max] : new[] { op.Kind }).SelectMany(kinds => kinds)];
    }

    /// <summary>How a reduction folds a vector into one number.</summary>
    private static Primitive[] Folds(OpKind kind) => kind switch
    {
        OpKind.Sum or OpKind.RowSums or OpKind.ColumnSums => [Primitive.FoldAdd],
        OpKind.Greatest => [Primitive.FoldMax],
        _ => [],
    };
}
