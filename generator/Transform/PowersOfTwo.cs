using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Transform;

/// <summary>
/// Exponentials begin with a factor log2 e, which changes to powers of two. Where a sigmoid reads a sum whose every term has a parameter as a factor, such as
/// W x + U h + b, the parameters get the factor -log2 e when they are packed (<see cref="Op.Constant"/> of the leaf), and <see cref="OpKind.PowerSigmoid"/> reads the sum.
/// </summary>
public static class PowersOfTwo
{
    private const double Log2E = 1.4426950408889634;

    /// <summary>The graph with parameters as they are, and the functions that read these.</summary>
    public static OpGraph Undo(OpGraph graph) => graph with
    {
        Ops = graph.Ops.Select(op => op.Kind switch
        {
            OpKind.Parameter => op with { Constant = 0 },
            OpKind.PowerSigmoid => op with { Kind = OpKind.Sigmoid },
            _ => op,
        }).ToEquatableArray(),
    };

    /// <summary>Puts the factors into the parameters that nothing else reads.</summary>
    public static OpGraph Apply(OpGraph graph)
    {
        int[] uses = new int[graph.Ops.Count];
        foreach (int value in graph.Ops.SelectMany(op => op.Operands).Concat(graph.Outputs.Select(output => output.Value)))
        {
            uses[value]++;
        }

        Op[] ops = [.. graph.Ops];
        for (int v = 0; v < ops.Length; v++)
        {
            if (ops[v].Kind == OpKind.Sigmoid && IsLinear(ops[v].A))
            {
                Scale(ops[v].A);
                ops[v] = ops[v] with { Kind = OpKind.PowerSigmoid };
            }
        }

        return graph with { Ops = ops.ToEquatableArray() };

        bool IsParameter(int value, int rank) => uses[value] == 1 && ops[value].Kind == OpKind.Parameter && ops[value].Shape.Rank == rank;

        bool IsLinear(int value)
        {
            Op op = ops[value];
            return IsParameter(value, rank: 1) || (uses[value] == 1 && op.Shape.Rank == 1 && op.Kind switch
            {
                OpKind.Product => IsParameter(op.A, rank: 2),
                OpKind.Add or OpKind.Subtract => IsLinear(op.A) && IsLinear(op.B),
                OpKind.Multiply => IsParameter(op.A, rank: 1) || IsParameter(op.B, rank: 1),
                _ => false,
            });
        }

        void Scale(int value)
        {
            Op op = ops[value];
            switch (op.Kind)
            {
                case OpKind.Parameter:
                    ops[value] = op with { Constant = -Log2E };
                    break;
                case OpKind.Add or OpKind.Subtract:
                    Scale(op.A);
                    Scale(op.B);
                    break;
                case OpKind.Multiply when !IsParameter(op.A, rank: 1):
                    Scale(op.B);
                    break;
                default:
                    Scale(op.A);
                    break;
            }
        }
    }
}
