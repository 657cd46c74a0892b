using System.Globalization;
using System.Linq;

namespace Recurrent.Gen.Graph;

/// <summary>Says why a cell could not be bound, for those who have the layer and not the cell before them.</summary>
public static class BindingText
{
    private const int MaximumDepth = 2;

    /// <summary>The first thing that is wrong, as a clause.</summary>
    public static string Describe(CellEquations cell, BoundCell bound)
    {
        if (bound.Mismatches.Count > 0)
        {
            ShapeMismatch mismatch = bound.Mismatches[0];
            string leaf = mismatch.Leaf.IsLeaf ? $"'{NameOf(cell, mismatch.Leaf)}'" : "the result of " + mismatch.Leaf.Kind;
            string by = mismatch.By < 0 ? "its declaration" : Value(cell, mismatch.By);
            string at = mismatch.At < 0 ? "its declaration" : (mismatch.IsResult ? "the result " : "") + Value(cell, mismatch.At);
            return $"{Of(mismatch.Axis)} {leaf} is {mismatch.Has} by {by}, and {at} makes it {mismatch.Wanted}";
        }

        if (bound.Open.Count > 0)
        {
            return $"nothing settles {Of(bound.Open[0].Axis)} '{cell.Parameters[bound.Open[0].Parameter].Name}'";
        }

        BindingFault fault = bound.Faults[0];
        return fault.At >= 0 ? $"{fault.What}: {Value(cell, fault.At)}"
            : fault.Leaf is Op declared ? $"{fault.What}: '{NameOf(cell, declared)}'"
            : fault.What;
    }

    /// <summary>The name of an input, a state or a parameter.</summary>
    private static string NameOf(CellEquations cell, Op leaf) => leaf.Kind switch
    {
        OpKind.State => cell.States[leaf.A].Name,
        OpKind.Parameter => cell.Parameters[leaf.A].Name,
        _ => cell.Input,
    };

    private static string Of(Axis axis) => axis switch
    {
        Axis.Rows => "the number of rows of",
        Axis.Columns => "the number of columns of",
        _ => "the length of",
    };

    private static string Value(CellEquations cell, int value) => $"'{Spell(cell, value, isNamed: false, 0)}'";

    private static string Spell(CellEquations cell, int value, bool isNamed, int depth)
    {
        Op op = cell.Body.Ops[value];
        return op.Kind switch
        {
            OpKind.Constant => op.Constant.ToString("R", CultureInfo.InvariantCulture),
            OpKind.Setting => cell.Settings[op.A].Name,
            _ when op.IsLeaf => NameOf(cell, op),
            _ when isNamed && cell.Body.Names[value].Length > 0 => cell.Body.Names[value],
            _ when depth == MaximumDepth => "...",
            _ => $"{op.Kind}({string.Join(", ", op.Operands.Select(operand => Spell(cell, operand, isNamed: true, depth + 1)))})",
        };
    }
}
