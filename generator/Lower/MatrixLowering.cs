using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>
/// Turns a nest of matrices into statements: a loop over rows, in it the blocks of the row's columns. Sums of rows are kept in registers, in as many
/// partial sums as <see cref="Arithmetic.NominalLanes"/> says, whatever the width of a vector; sums of columns are kept in memory.
/// </summary>
public sealed class MatrixLowering(PassPlan plan, Nest nest, ParameterLayout layout, Target target) : ILowering
{
    public const string Row = "r";

    private readonly Tiling _tiling = new(
        nest.Width, target.Lanes, nest.MatrixSums.Exists(sum => plan.Graph.Ops[sum].Kind == OpKind.RowSums) ? Arithmetic.NominalLanes / target.Lanes : 1);

    /// <summary>A row reads what rows before it may have written.</summary>
    public bool IsOneTile => false;

    public List<StorePlan> Stores { get; } = [.. nest.Stores];

    private IEnumerable<int> RowSums => nest.MatrixSums.Where(sum => plan.Graph.Ops[sum].Kind == OpKind.RowSums);

    /// <summary>Floats from one row to the next.</summary>
    public static string Stride(Nest nest) => Text(nest.Shape.Columns.Size);

    public IEnumerable<Statement> Lower()
    {
        yield return new Comment($"matrices of {nest.Shape.Rows} rows and {nest.Shape.Columns} columns");
        foreach (int sum in nest.MatrixSums.Except(RowSums))
        {
            Place place = plan.Places[sum];
            foreach (Statement statement in TileLoop.Over(new Tiling(place.Length, target.Lanes, 1), (j, _, first, partial) =>
                [new Store(Address.At(place.Pointer, place.Offset + first, j), new Number(0f), partial)]))
            {
                yield return statement;
            }
        }

        yield return new Loop(Row, "0", Text(nest.Shape.Rows.Size), 1, OneRow().ToEquatableArray());
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private IEnumerable<Statement> OneRow()
    {
        int partials = Fold.Partials(nest.Width, target);
        foreach (int sum in RowSums)
        {
            for (int partial = 0; partial < partials; partial++)
            {
                yield return new Declare(BlockLowering.RowSumName(plan, sum, partial), new Number(0f));
            }
        }

        foreach (Statement statement in TileLoop.Over(_tiling, Tile))
        {
            yield return statement;
        }

        foreach (int sum in RowSums)
        {
            string[] names = [.. Enumerable.Range(0, partials).Select(partial => BlockLowering.RowSumName(plan, sum, partial))];
            foreach (Statement statement in Fold.InPairs(names, Fold.Add, target))
            {
                yield return statement;
            }

            Place place = plan.Places[sum];
            yield return new Store(
                Address.At(place.Pointer, place.Offset, new IndexTerm(Row)), new Apply(Primitive.FoldAdd, new Local(names[0])), Lanes: 1);
        }
    }

    private IEnumerable<Statement> Tile(IndexTerm[] column, int blocks, int firstColumn, int partialColumns) =>
        Enumerable.Range(0, blocks).SelectMany(block => new BlockLowering(
            plan, nest, Stores, layout, column, firstColumn + (block * target.Lanes), block, block == blocks - 1 ? partialColumns : 0).Lower());
}
