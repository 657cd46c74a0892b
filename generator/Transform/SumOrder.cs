using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Transform;

/// <summary>
/// Puts sums into the order in which the kernels accumulate. Addition rounds, so this order is part of the arithmetic contract: it is a function
/// of the graph alone.
/// <para>
/// A sum is a maximal tree of <see cref="OpKind.Add"/> of one shape: its inner nodes are read once, by the tree itself, and lose their names; a value
/// that is read elsewhere too, or given, is a term, and so is a sum of scalars beside vectors. Its terms, from
/// left to right, are reordered stably:
/// </para>
/// <list type="number">
/// <item>terms that read parameters and numbers alone, so that their sum is computed once, at load;</item>
/// <item>products of a matrix of weights, or of a matrix made of weights alone, and the input;</item>
/// <item>those of such a matrix and a state;</item>
/// <item>those of such a matrix and another vector;</item>
/// <item>all others.</item>
/// </list>
/// <para>
/// Products of transposed parameters come in the order of these, in which a tensor that is stacked of several holds them.
/// </para>
/// <para>
/// The result leans to the left: <c>W x + bi + U h + bh</c> becomes <c>((bi + bh) + W x) + U h</c>. The last node keeps the name of the sum.
/// Values are otherwise those of <see cref="Simplify"/>, which this pass begins with. Differences are not taken apart.
/// </para>
/// </summary>
public static class SumOrder
{
    public static OpGraph Apply(OpGraph graph)
    {
        graph = Simplify.Apply(graph);
        bool[] loadTime = LoadTime.IsParameterOnly(graph);
        bool[] readsState = ReadsState(graph);
        bool[] inner = InnerNodes(graph);
        GraphBuilder builder = new();
        int[] positions = new int[graph.Ops.Count];
        for (int i = 0; i < positions.Length; i++)
        {
            if (inner[i])
            {
                continue;
            }

            Op op = graph.Ops[i];
            positions[i] = op.Kind == OpKind.Add
                ? Terms(graph, inner, i).OrderBy(term => Rank(graph, loadTime, readsState, term)).ThenBy(term => Transposed(graph, term)).Select(term => positions[term]).Aggregate(builder.Add)
                : builder.Append(op, positions);
            builder.Name(positions[i], graph.Names[i]);
        }

        foreach (GraphOutput output in graph.Outputs)
        {
            builder.Output(output.Kind, output.Index, positions[output.Value]);
        }

        return builder.Build();
    }

    /// <summary>For each value, whether it is a sum that another sum reads, and nothing else does.</summary>
    private static bool[] InnerNodes(OpGraph graph)
    {
        int[] uses = new int[graph.Ops.Count];
        bool[] readBySum = new bool[graph.Ops.Count];
        foreach (Op op in graph.Ops)
        {
            foreach (int operand in op.Operands)
            {
                uses[operand]++;
                readBySum[operand] |= op.Kind == OpKind.Add && op.Shape == graph.Ops[operand].Shape;
            }
        }

        foreach (GraphOutput output in graph.Outputs)
        {
            uses[output.Value]++;
        }

        return [.. graph.Ops.Select((op, i) => op.Kind == OpKind.Add && readBySum[i] && uses[i] == 1)];
    }

    /// <summary>The terms of a sum, from left to right; a stack, since sums may be deeper than the compiler's own.</summary>
    private static List<int> Terms(OpGraph graph, bool[] inner, int root)
    {
        List<int> terms = [];
        Stack<int> rest = new([graph.Ops[root].B, graph.Ops[root].A]);
        while (rest.Count > 0)
        {
            int value = rest.Pop();
            if (inner[value])
            {
                rest.Push(graph.Ops[value].B);
                rest.Push(graph.Ops[value].A);
            }
            else
            {
                terms.Add(value);
            }
        }

        return terms;
    }

    /// <summary>For each value, whether it is not known before the time step before has ended.</summary>
    private static bool[] ReadsState(OpGraph graph)
    {
        bool[] reads = new bool[graph.Ops.Count];
        for (int i = 0; i < reads.Length; i++)
        {
            reads[i] = graph.Ops[i].Kind is OpKind.State or OpKind.Cotangent or OpKind.Forward || graph.Ops[i].Operands.Any(operand => reads[operand]);
        }

        return reads;
    }

    private static int Transposed(OpGraph graph, int term)
    {
        Op op = graph.Ops[term];
        return op.Kind == OpKind.TransposedProduct && graph.Ops[op.A].Kind == OpKind.Parameter ? graph.Ops[op.A].A : 0;
    }

    private static int Rank(OpGraph graph, bool[] loadTime, bool[] readsState, int term)
    {
        Op op = graph.Ops[term];
        return op.Kind switch
        {
            _ when loadTime[term] => 0,
            OpKind.Constant => 0,
            OpKind.Product or OpKind.TransposedProduct when loadTime[op.A] => !readsState[op.B] ? 1 : graph.Ops[op.B].Kind == OpKind.State ? 2 : 3,
            _ => 4,
        };
    }
}
