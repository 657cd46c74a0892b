using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Transform;

/// <summary>
/// Writes products with matrices that are computed as element-wise products and sums of rows or columns: <c>M v</c> as the sums of the rows of
/// <c>M[i, j] v[j]</c>, its transpose as the sums of the columns of <c>M[i, j] v[i]</c>, and <c>a b^T</c> as <c>a[i] b[j]</c>. The sum
/// of a matrix becomes that of its rows' sums. What is left is what there are faster ways
/// for: products with parameters, and outer products that do nothing but add to the gradient of a parameter.
/// </summary>
public static class ExpandMatrices
{
    /// <summary>The graph with its matrices expanded.</summary>
    /// <param name="graph">A graph.</param>
    /// <param name="hasPackedWeights">Whether products with parameters read packed weights; those with transposed parameters never do.</param>
    public static OpGraph Apply(OpGraph graph, bool hasPackedWeights)
    {
        bool[] isGradient = OnlyGradients(graph);
        List<Op> ops = [];
        List<string> names = [];
        int[] positions = new int[graph.Ops.Count];
        int[] expandedOuters = [.. positions.Select(_ => -1)];

        int Append(Op op, string name = "")
        {
            ops.Add(op);
            names.Add(name);
            return ops.Count - 1;
        }

        int Operand(int operand, bool forGradient)
        {
            Op op = graph.Ops[operand];
            if (op.Kind != OpKind.Outer || forGradient)
            {
                return positions[operand];
            }

            if (expandedOuters[operand] < 0)
            {
                int rows = Append(new Op(OpKind.SpreadRows, positions[op.A], op.Shape));
                int columns = Append(new Op(OpKind.SpreadColumns, positions[op.B], op.Shape));
                expandedOuters[operand] = Append(new Op(OpKind.Multiply, rows, columns, op.Shape), graph.Names[operand]);
            }

            return expandedOuters[operand];
        }

        for (int v = 0; v < positions.Length; v++)
        {
            Op op = graph.Ops[v];
            Op placed = op with
            {
                A = op.HasA ? Operand(op.A, isGradient[v]) : op.A,
                B = op.HasB ? Operand(op.B, isGradient[v]) : op.B,
            };
            bool isParameter = op.HasA && graph.Ops[op.A].Kind == OpKind.Parameter;
            if (op.Kind == OpKind.Sum && graph.Ops[op.A].Shape.Rank == 2)
            {
                int rows = Append(new Op(OpKind.RowSums, placed.A, Shape.Vector(graph.Ops[op.A].Shape.Rows.Size)));
                positions[v] = Append(new Op(OpKind.Sum, rows, op.Shape), graph.Names[v]);
            }
            else if (op.Kind == OpKind.Product && !(isParameter && hasPackedWeights))
            {
                Shape shape = graph.Ops[op.A].Shape;
                int factors = Append(new Op(OpKind.SpreadColumns, placed.B, shape));
                int terms = Append(new Op(OpKind.Multiply, placed.A, factors, shape));
                positions[v] = Append(new Op(OpKind.RowSums, terms, op.Shape), graph.Names[v]);
            }
            else if (op.Kind == OpKind.TransposedProduct && !isParameter)
            {
                Shape shape = graph.Ops[op.A].Shape;
                int factors = Append(new Op(OpKind.SpreadRows, placed.B, shape));
                int terms = Append(new Op(OpKind.Multiply, placed.A, factors, shape));
                positions[v] = Append(new Op(OpKind.ColumnSums, terms, op.Shape), graph.Names[v]);
            }
            else
            {
                positions[v] = Append(placed, graph.Names[v]);
            }
        }

        GraphOutput[] outputs = [.. graph.Outputs.Select(output => output with { Value = Operand(output.Value, output.Kind == OutputKind.ParameterGradient) })];
        return Liveness.Trim(new OpGraph(ops.ToEquatableArray(), names.ToEquatableArray(), outputs.ToEquatableArray()));
    }

    /// <summary>For each value, whether it is a sum of outer products that is the gradient of a parameter and nothing else.</summary>
    private static bool[] OnlyGradients(OpGraph graph)
    {
        bool[] isGradient = new bool[graph.Ops.Count];
        HashSet<int> others = [.. graph.Outputs.Where(output => output.Kind != OutputKind.ParameterGradient).Select(output => output.Value)];
        HashSet<int> gradients = [.. graph.Outputs.Where(output => output.Kind == OutputKind.ParameterGradient).Select(output => output.Value)];
        for (int v = isGradient.Length - 1; v >= 0; v--)
        {
            Op op = graph.Ops[v];
            isGradient[v] = op.Kind == OpKind.Add && op.Shape.Rank == 2 && gradients.Contains(v) && !others.Contains(v);
            (isGradient[v] ? gradients : others).UnionWith(op.Operands);
        }

        return isGradient;
    }
}
