using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>
/// Adds what a chunk of time steps contributes to the gradients of a layer's parameters. Sums run over time in registers, so that a gradient is
/// read and written once a chunk, not once a step.
/// </summary>
public static class GradientLowering
{
    /// <summary>The pointer to the gradients of a layer's parameters in their flat order.</summary>
    public const string Gradients = "gradients";

    /// <summary>The pointer to the gradients of a layer's derived parameters.</summary>
    public const string DerivedGradients = "derivedGradients";

    private const string Steps = "steps";
    private const int RowsAtOnce = 4;

    /// <summary>The kernel that calls a routine for each parameter, or for several that lie one behind another.</summary>
    public static Kernel Lower(PassPlan plan, Target target) => new(
        target.Kernel,
        "Adds what these time steps contribute to the gradients of the parameters.",
        new[] { Steps }.ToEquatableArray(),
        Pointers(plan).Select(p => p.Name).ToEquatableArray(),
        Additions(plan, target).ToEquatableArray());

    /// <summary>The calls that add to the gradients of the parameters.</summary>
    public static IEnumerable<Statement> Additions(PassPlan plan, Target target)
    {
        foreach (Piece piece in Pieces(plan))
        {
            List<string> arguments = [plan.HasSteps ? Steps : "1"];
            if (piece.Kind == OpKind.Outer)
            {
                arguments.Add(Text(piece.Rows));
            }

            arguments.Add(Text(Stride(plan, piece.Left)));
            if (piece.Right is not null)
            {
                arguments.Add(Text(Stride(plan, piece.Right)));
            }

            arguments.Add(At(piece.Left));
            if (piece.Right is not null)
            {
                arguments.Add(At(piece.Right));
            }

            arguments.Add(At(piece.Gradient));
            yield return new Invoke($"{target.Functions}.{piece.Routine}", arguments.ToEquatableArray());
        }
    }

    /// <summary>The pointers of the backward kernel that the gradients are made from, and those to the gradients.</summary>
    public static IEnumerable<PointerPlan> Pointers(PassPlan plan)
    {
        HashSet<string> used = [.. Pieces(plan).SelectMany(p => new[] { p.Left, p.Right, p.Gradient }).OfType<Place>().Select(place => place.Pointer)];
        return plan.Pointers
            .Append(new PointerPlan(Gradients, PointerRole.ParameterGradient, 0, 0))
            .Append(new PointerPlan(DerivedGradients, PointerRole.DerivedGradient, 0, 0))
            .Where(p => used.Contains(p.Name));
    }

    /// <summary>The routines that the gradients of some layers call.</summary>
    public static IEnumerable<Kernel> Routines(IEnumerable<PassPlan> plans, Target target) => plans
        .SelectMany(Pieces)
        .GroupBy(p => p.Routine, StringComparer.Ordinal)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => g.First())
        .Select(p => p.Kind switch
        {
            OpKind.Outer => AddOuter(p.Routine, p.Columns, target),
            OpKind.RowGradient => AddRows(p.Routine, p.Columns, target),
            _ => AddSum(p.Routine, p.Columns, target),
        });

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Stride(PassPlan plan, Place place) => plan.Pointers.Find(p => p.Name == place.Pointer)!.Stride;

    private static string At(Place place) => place.Offset == 0 ? place.Pointer : $"{place.Pointer} + {Text(place.Offset)}";

    /// <summary>Parameters that are stacked in one tensor, and whose gradients lie side by side, are one piece.</summary>
    private static List<Piece> Pieces(PassPlan plan)
    {
        ParameterLayout layout = new(plan.Cell);
        List<Piece> pieces = [];
        foreach (GradientTerm term in plan.Gradients)
        {
            Shape shape = plan.Cell.Parameters[term.Parameter].Shape;
            bool isVector = term.Kind == OpKind.Add;
            Place parameter = layout[term.Parameter];
            Place gradient = parameter with { Pointer = parameter.Pointer == ParameterLayout.Derived ? DerivedGradients : Gradients };
            Piece piece = new(
                term.Kind, gradient, isVector ? 1 : shape.Rows.Size, isVector ? shape.Length : shape.Columns.Size, term.Left, term.Right);
            if (pieces.Count > 0 && pieces[pieces.Count - 1].Join(piece) is Piece joined)
            {
                pieces[pieces.Count - 1] = joined;
            }
            else
            {
                pieces.Add(piece);
            }
        }

        return pieces;
    }

    /// <summary>gradient[r, c] += sum over t of left[t, r] right[t, c]</summary>
    private static Kernel AddOuter(string name, int columns, Target target)
    {
        Tiling tiling = Tiling.Widest(columns, RowsAtOnce, target);
        Statement[] body = [.. TileLoop.Over(tiling, (j, blocks, first, partial) =>
        [
            new Comment("four rows at a time, then one"),
            new Loop("r", "0", "rows", RowsAtOnce, Outer(columns, RowsAtOnce, j, blocks, first, partial, tiling).ToEquatableArray()),
            new Loop("r", $"rows - rows % {Text(RowsAtOnce)}", "rows", 1, Outer(columns, 1, j, blocks, first, partial, tiling).ToEquatableArray()),
        ])];
        return new Kernel(
            name,
            $"gradient[r, c] += sum over t of left[t, r] right[t, c], for {Text(columns)} columns.",
            new[] { Steps, "rows", "leftStride", "rightStride" }.ToEquatableArray(),
            new[] { "left", "right", "gradient" }.ToEquatableArray(),
            body.ToEquatableArray());
    }

    private static IEnumerable<Statement> Outer(
        int columns, int rows, IndexTerm[] column, int blocks, int firstColumn, int partial, Tiling tiling)
    {
        string Sum(int row, int block) => $"sum{Text(row)}_{Text(block)}";
        int Lanes(int block) => block == blocks - 1 ? partial : 0;
        Address Gradient(int row, int block) => Address.At(
            "gradient", (row * columns) + firstColumn + (block * tiling.Lanes), [new IndexTerm("r", Text(columns)), .. column]);

        for (int row = 0; row < rows; row++)
        {
            for (int block = 0; block < blocks; block++)
            {
                yield return new Declare(Sum(row, block), new Load(Gradient(row, block), Lanes(block)));
            }
        }

        yield return new DeclarePointer("g", Address.At("left", 0, new IndexTerm("r")));
        yield return new DeclarePointer("v", Address.At("right", firstColumn, column));
        List<Statement> term = [];
        for (int block = 0; block < blocks; block++)
        {
            term.Add(new Declare("v" + Text(block), new Load(new Address("v", block * tiling.Lanes), Lanes(block))));
        }

        for (int row = 0; row < rows; row++)
        {
            term.Add(new Declare("g" + Text(row), new Splat(new Address("g", row))));
            for (int block = 0; block < blocks; block++)
            {
                term.Add(new Assign(Sum(row, block), new Apply(
                    Primitive.MultiplyAdd, new Local("g" + Text(row)), new Local("v" + Text(block)), new Local(Sum(row, block)))));
            }
        }

        term.Add(new Advance("g", "leftStride"));
        term.Add(new Advance("v", "rightStride"));
        yield return new Loop("t", "0", Steps, 1, term.ToEquatableArray());

        for (int row = 0; row < rows; row++)
        {
            for (int block = 0; block < blocks; block++)
            {
                yield return new Store(Gradient(row, block), new Local(Sum(row, block)), Lanes(block));
            }
        }
    }

    /// <summary>gradient[j] += sum over t of left[t, j]</summary>
    private static Kernel AddSum(string name, int length, Target target)
    {
        Tiling tiling = new(length, target.Lanes, 1);
        IEnumerable<Statement> Block(IndexTerm[] j, int first, int partial)
        {
            Address gradient = Address.At("gradient", first, j);
            yield return new Declare("sum", new Load(gradient, partial));
            yield return new DeclarePointer("g", Address.At("left", first, j));
            yield return new Loop("t", "0", Steps, 1, new Statement[]
            {
                new Assign("sum", new Apply(Primitive.Add, new Local("sum"), new Load(new Address("g"), partial))),
                new Advance("g", "leftStride"),
            }.ToEquatableArray());
            yield return new Store(gradient, new Local("sum"), partial);
        }

        return new Kernel(
            name,
            $"gradient[j] += sum over t of left[t, j], for {Text(length)} elements.",
            new[] { Steps, "leftStride" }.ToEquatableArray(),
            new[] { "left", "gradient" }.ToEquatableArray(),
            TileLoop.Over(tiling, (j, _, first, partial) => Block(j, first, partial)).ToEquatableArray());
    }

    /// <summary>gradient[right[t], j] += left[t, j]</summary>
    private static Kernel AddRows(string name, int columns, Target target)
    {
        Tiling tiling = new(columns, target.Lanes, 1);
        IEnumerable<Statement> Block(IndexTerm[] j, int first, int partial)
        {
            Address gradient = Address.At("gradient", first, [new IndexTerm("row", Text(columns)), .. j]);
            yield return new Store(
                gradient, new Apply(Primitive.Add, new Load(gradient, partial), new Load(Address.At("left", first, j), partial)), partial);
        }

        List<Statement> step = [new DeclareIndex("row", new Address("right"))];
        step.AddRange(TileLoop.Over(tiling, (j, _, first, partial) => Block(j, first, partial)));
        step.Add(new Advance("left", "leftStride"));
        step.Add(new Advance("right", "rightStride"));
        return new Kernel(
            name,
            $"gradient[right[t], j] += left[t, j], for rows of {Text(columns)}.",
            new[] { Steps, "leftStride", "rightStride" }.ToEquatableArray(),
            new[] { "left", "right", "gradient" }.ToEquatableArray(),
            new Statement[] { new Loop("t", "0", Steps, 1, step.ToEquatableArray()) }.ToEquatableArray());
    }

    /// <summary>A part of the gradients, and what it gets.</summary>
    private sealed record Piece(OpKind Kind, Place Gradient, int Rows, int Columns, Place Left, Place? Right)
    {
        public string Routine => Kind switch
        {
            OpKind.Outer => "AddOuter",
            OpKind.RowGradient => "AddRows",
            _ => "AddSum",
        } + Text(Columns);

        public Piece? Join(Piece next)
        {
            bool isBehind = Kind == next.Kind && Gradient.IsBefore(next.Gradient) && Left.IsBefore(next.Left) && Right == next.Right;
            Place left = Left with { Length = Left.Length + next.Left.Length };
            Place gradient = Gradient with { Length = Gradient.Length + next.Gradient.Length };
            return !isBehind || Kind == OpKind.RowGradient ? null
                : Kind == OpKind.Outer ? this with { Rows = Rows + next.Rows, Left = left, Gradient = gradient }
                : this with { Columns = Columns + next.Columns, Left = left, Gradient = gradient };
        }
    }
}
