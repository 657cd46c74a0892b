using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Lower;

namespace Recurrent.Gen.Emit;

/// <summary>Writes a graph as equations, for people.</summary>
public sealed class EquationText
{
    private readonly CellGraph _cell;
    private readonly OpGraph _graph;
    private readonly bool[] _hasLine;
    private readonly string[] _names;

    private EquationText(CellGraph cell, OpGraph graph)
    {
        _cell = cell;
        _graph = graph;
        int[] uses = new int[graph.Ops.Count];
        foreach (int operand in graph.Ops.SelectMany(op => op.Operands))
        {
            uses[operand]++;
        }

        _hasLine = graph.Ops.Select((op, v) => !op.IsLeaf && uses[v] > 0 && (graph.Names[v].Length > 0 || uses[v] > 1)).ToArray();
        _names = LaneNames.For(cell, graph);
    }

    /// <summary>One line for each named value, and one for each result.</summary>
    public static IEnumerable<string> Of(CellGraph cell, OpGraph graph)
    {
        EquationText text = new(cell, graph);
        for (int v = 0; v < graph.Ops.Count; v++)
        {
            if (text._hasLine[v])
            {
                yield return $"{text.Name(v)} = {text.Expression(v, 0)}";
            }
        }

        foreach (GraphOutput output in graph.Outputs.Where(o => o.Kind != OutputKind.Saved && !(o.Kind == OutputKind.Derived && text._hasLine[o.Value])))
        {
            (string name, string sign) = output.Kind switch
            {
                OutputKind.Output => ("y", "="),
                OutputKind.NextState => ($"next {cell.States[output.Index]}", "="),
                OutputKind.InputGradient => ($"d{cell.Input}", "="),
                OutputKind.Derived => (text._names[output.Value], "="),
                OutputKind.StateGradient => ($"previous d{cell.States[output.Index]}", "="),
                _ => ($"d{cell.Parameters[output.Index].Name}", "+="),
            };
            yield return $"{name} {sign} {text.Reference(output.Value, 0)}";
        }
    }

    private string Name(int value)
    {
        Op op = _graph.Ops[value];
        return op.Kind switch
        {
            OpKind.Parameter => _cell.Parameters[op.A].Name,
            OpKind.State => _cell.States[op.A],
            OpKind.Input => _cell.Input,
            _ => _names[value],
        };
    }

    private string Reference(int value, int precedence)
    {
        Op op = _graph.Ops[value];
        return op.Kind == OpKind.Constant ? op.Constant.ToString("R", CultureInfo.InvariantCulture)
            : op.IsLeaf || _hasLine[value] ? Name(value)
            : Expression(value, precedence);
    }

    private string Expression(int value, int precedence)
    {
        Op op = _graph.Ops[value];
        (int own, string text) = op.Kind switch
        {
            OpKind.Add => (1, $"{Reference(op.A, 1)} + {Reference(op.B, 1)}"),
            OpKind.Subtract => (1, $"{Reference(op.A, 1)} - {Reference(op.B, 2)}"),
            OpKind.Multiply => (2, $"{Reference(op.A, 2)} * {Reference(op.B, 2)}"),
            OpKind.Product => (2, $"{Reference(op.A, 3)} {Reference(op.B, 3)}"),
            OpKind.TransposedProduct => (2, $"{Reference(op.A, 3)}ᵀ {Reference(op.B, 3)}"),
            OpKind.Outer => (2, $"{Reference(op.A, 3)} {Reference(op.B, 3)}ᵀ"),
            OpKind.Negate => (2, $"-{Reference(op.A, 3)}"),
            OpKind.Row => (3, $"{Reference(op.A, 3)}[{Reference(op.B, 0)}]"),
            OpKind.PowerSigmoid => (3, $"sigmoid({Reference(op.A, 0)})"),
            OpKind.RowGradient => (3, $"{Reference(op.A, 0)} in row {Reference(op.B, 0)}"),
            _ => (3, $"{op.Kind.ToString().ToLowerInvariant()}({string.Join(", ", op.Operands.Select(operand => Reference(operand, 0)))})"),
        };
        return own < precedence ? $"({text})" : text;
    }
}
