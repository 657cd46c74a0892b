using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Parse;

/// <summary>
/// Writes the values of a cell's equations, one behind the other. Their shapes are left open. What is made of constants and settings
/// alone, a <em>number that a layer knows</em>, is computed here where it can be, and stands once however often it is used.
/// </summary>
public sealed class EquationWriter
{
    private readonly Dictionary<Op, int> _known = [];
    private readonly List<bool> _isKnown = [];

    /// <summary>The values.</summary>
    public List<Op> Ops { get; private set; } = [];

    /// <summary>The name of each value; "" where it has none.</summary>
    public List<string> Names { get; private set; } = [];

    /// <summary>The source of each value.</summary>
    public List<SyntaxNode> Sources { get; private set; } = [];

    /// <summary>What the values that are added next are the meaning of.</summary>
    public SyntaxNode? Source { get; set; }

    /// <summary>Whether a value is made of constants, settings and lengths alone, so that it is a number once a layer has bound the cell.</summary>
    public bool IsKnown(int position) => _isKnown[position];

    /// <summary>The number that a value is, or null where it is more than a constant.</summary>
    public double? Constant(int position) => Ops[position] is { Kind: OpKind.Constant } op ? op.Constant : null;

    public Term Number(double value) => new(this, Add(Op.Number(value)));

    public Term Leaf(OpKind kind, int number) => new(this, Add(new Op(kind, number, Shape.Scalar)));

    /// <summary>Adds an operation; numbers are computed at once.</summary>
    public Term Apply(OpKind kind, Term a, Term? b = null)
    {
        if (Constant(a.Position) is double left
            && (b is null ? Numbers.Fold(kind, left) : Constant(b.Value.Position) is double right ? Fold(kind, left, right) : null) is double number)
        {
            return Number(number);
        }

        return new Term(this, Add(new Op(kind, a.Position, b?.Position ?? -1, Shape.Scalar)));
    }

    /// <summary>One of two values, by a condition that is not 0 where it holds.</summary>
    public Term Choose(Term condition, Term yes, Term no) =>
        Constant(condition.Position) is double settled
            ? settled != 0 ? yes : no
            : Apply(OpKind.Otherwise, Apply(OpKind.When, condition, yes), no);

    /// <summary>Names a value that has no name yet; a number that a layer knows keeps none, for it may have several.</summary>
    public void Name(int position, string name)
    {
        if (Names[position].Length == 0 && !IsKnown(position))
        {
            Names[position] = name;
        }
    }

    /// <summary>Takes the values away that no result depends on. Nothing is added afterwards.</summary>
    /// <returns>The new positions of the results.</returns>
    public List<int> Prune(IReadOnlyList<int> results)
    {
        (string, SyntaxNode)[] beside = [.. Names.Zip(Sources, (name, source) => (name, source))];
        (Ops, List<(string Name, SyntaxNode Source)> left, int[] positions) = Liveness.Sweep(Ops, beside, results);
        Names = [.. left.Select(value => value.Name)];
        Sources = [.. left.Select(value => value.Source)];
        return [.. results.Select(result => positions[result])];
    }

    private static double? Fold(OpKind kind, double left, double right) =>
        kind == OpKind.Quotient
            ? right == 0 ? null : System.Math.Truncate(left / right)
            : Numbers.Fold(kind, left, right);

    private int Add(Op op)
    {
        bool isKnown = op.Kind is OpKind.Constant or OpKind.Setting or OpKind.Length
            || (!op.IsLeaf && op.Operands.All(IsKnown));
        if (isKnown && _known.TryGetValue(op, out int known))
        {
            return known;
        }

        if (isKnown)
        {
            _known.Add(op, Ops.Count);
        }

        Ops.Add(op);
        Names.Add("");
        Sources.Add(Source!);
        _isKnown.Add(isKnown);
        return Ops.Count - 1;
    }
}
