using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>
/// Turns a nest of matrices into statements: a loop over rows, in it the blocks of the row's columns. Sums of rows are kept in registers, in as many
/// partial sums as <see cref="Arithmetic.NominalLanes"/> says, whatever the width of a vector. Sums of columns are kept in registers where the whole row
/// is one tile and there are enough of them, else in memory. Threads share the rows, unless sums run over all rows, or lie in memory that is there once.
/// </summary>
public sealed class MatrixLowering : ILowering
{
    public const string Row = "r";
    public const string Lane = "lane";

    /// <summary>More values in all matrix loops of a kernel than this, and none is unrolled.</summary>
    private const int ManyValues = 32;

    private readonly PassPlan _plan;
    private readonly Nest _nest;
    private readonly ParameterLayout _layout;
    private readonly Target _target;
    private readonly Tiling _tiling;
    private readonly int[] _rowSums;
    private readonly int[] _columnSums;
    private readonly bool _hasColumnSums;
    private readonly bool _keepsRowSums;

    public MatrixLowering(PassPlan plan, Nest nest, ParameterLayout layout, Target target)
    {
        _plan = plan;
        _nest = nest;
        _layout = layout;
        _target = target;
        Stores = [.. nest.Stores];
        _rowSums = [.. nest.MatrixSums.Where(sum => plan.Graph.Ops[sum].Kind == OpKind.RowSums)];
        _columnSums = [.. nest.MatrixSums.Except(_rowSums)];
        _tiling = Tiling.OfColumns(nest.Width, plan.MatrixValues > ManyValues, _rowSums.Length > 0, target);
        _keepsRowSums = _rowSums.Length > 0 && Tiling.KeepsRowSumsInMemory(target);
        _hasColumnSums = !_keepsRowSums && _tiling.AllBlocks <= _tiling.Blocks && _columnSums.Length * _tiling.AllBlocks <= target.Registers / 4;
    }

    /// <summary>A row reads what rows before it may have written.</summary>
    public bool IsOneTile => false;

    public List<StorePlan> Stores { get; }

    /// <summary>Floats from one row to the next.</summary>
    public static string Stride(Nest nest) => Text(nest.Shape.Columns.Size);

    public IEnumerable<Statement> Lower()
    {
        yield return new Comment($"matrices of {_nest.Shape.Rows} rows and {_nest.Shape.Columns} columns");
        bool isShared = _plan.IsShared && _columnSums.Length == 0 && !_keepsRowSums;
        IEnumerable<Statement> statements = isShared
            ? TileLoop.Bounds(_nest.Shape.Rows.Size, 1).Append(Rows(TileLoop.Begin, TileLoop.End))
            : AllRows();
        foreach (Statement statement in _plan.IsShared && !isShared ? [new FirstAlone(statements)] : statements)
        {
            yield return statement;
        }
    }

    private Loop Rows(string begin, string end) => new(Row, begin, end, 1, OneRow().ToEquatableArray());

    private IEnumerable<Statement> AllRows()
    {
        Loop rows = Rows("0", Text(_nest.Shape.Rows.Size));
        if (_hasColumnSums && _columnSums.Length > 0)
        {
            IEnumerable<Statement> zeros = ColumnBlocks((sum, block, _) => new Declare(BlockLowering.ColumnSumName(_plan, sum, block), new Number(0f)));
            IEnumerable<Statement> stores = ColumnBlocks((sum, block, lanes) =>
                new Store(ColumnSums(sum, block * _target.Lanes), new Local(BlockLowering.ColumnSumName(_plan, sum, block)), lanes));
            yield return new Scope(zeros.Append(rows).Concat(stores).ToEquatableArray());
            yield break;
        }

        foreach (int sum in _columnSums)
        {
            foreach (Statement statement in TileLoop.Over(new Tiling(_nest.Width, _target.Lanes, 1), (j, _, first, partial) =>
                [new Store(ColumnSums(sum, first, j), new Number(0f), partial)]))
            {
                yield return statement;
            }
        }

        yield return rows;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private Address ColumnSums(int sum, int column, params IndexTerm[] terms) => Address.At(_plan.Places[sum].Pointer, _plan.Places[sum].Offset + column, terms);

    /// <summary>A statement for each block of each sum of columns.</summary>
    private IEnumerable<Statement> ColumnBlocks(System.Func<int, int, int, Statement> statement) => _columnSums.SelectMany(sum =>
        Enumerable.Range(0, _tiling.AllBlocks).Select(block => statement(sum, block, block == _tiling.AllBlocks - 1 ? _tiling.PartialRows : 0)));

    private IEnumerable<Statement> OneRow()
    {
        if (_keepsRowSums)
        {
            foreach (Statement statement in OneRowInMemory())
            {
                yield return statement;
            }

            yield break;
        }

        int partials = Fold.Partials(_nest.Width, _target);
        foreach (int sum in _rowSums)
        {
            for (int partial = 0; partial < partials; partial++)
            {
                yield return new Declare(BlockLowering.RowSumName(_plan, sum, partial), new Number(0f));
            }
        }

        foreach (Statement statement in TileLoop.Over(_tiling, Tile))
        {
            yield return statement;
        }

        foreach (int sum in _rowSums)
        {
            string[] names = [.. Enumerable.Range(0, partials).Select(partial => BlockLowering.RowSumName(_plan, sum, partial))];
            foreach (Statement statement in Fold.InPairs(names, Fold.Add, _target))
            {
                yield return statement;
            }

            Place place = _plan.Places[sum];
            yield return new Store(
                Address.At(place.Pointer, place.Offset, new IndexTerm(Row)), new Apply(Primitive.FoldAdd, new Local(names[0])), Lanes: 1);
        }
    }

    /// <summary>A row whose partial sums lie in memory, element after element.</summary>
    private IEnumerable<Statement> OneRowInMemory()
    {
        const int Unit = Arithmetic.NominalLanes;
        IndexTerm lane = new(Lane);
        int whole = _nest.Width / Unit * Unit;
        Loop Lanes(int count, IEnumerable<Statement> body) => new(Lane, "0", Text(count), 1, body.ToEquatableArray());
        Address Partial(int sum, int further) => Address.At(_plan.RowSumPartials[sum].Pointer, _plan.RowSumPartials[sum].Offset + further, lane);

        yield return Lanes(Unit, _rowSums.Select(sum => new Store(Partial(sum, 0), new Number(0f))));
        if (whole > 0)
        {
            yield return new Loop("j", "0", Text(whole), Unit, new Statement[] { Lanes(Unit, Tile([new IndexTerm("j"), lane], 1, 0, 0)) }.ToEquatableArray());
        }

        if (whole < _nest.Width)
        {
            yield return Lanes(_nest.Width - whole, Tile([lane], 1, whole, 0));
        }

        for (int distance = Unit / 2; distance > 0; distance /= 2)
        {
            yield return Lanes(distance, _rowSums.Select(sum =>
                new Store(Partial(sum, 0), Fold.Add(new Load(Partial(sum, 0)), new Load(Partial(sum, distance))))));
        }

        foreach (int sum in _rowSums)
        {
            Place place = _plan.Places[sum];
            Place partials = _plan.RowSumPartials[sum];
            yield return new Store(
                Address.At(place.Pointer, place.Offset, new IndexTerm(Row)), new Load(new Address(partials.Pointer, partials.Offset)), Lanes: 1);
        }
    }

    private IEnumerable<Statement> Tile(IndexTerm[] column, int blocks, int firstColumn, int partialColumns) =>
        Enumerable.Range(0, blocks).SelectMany(block => new BlockLowering(
            _plan, _nest, Stores, _layout, column, firstColumn + (block * _target.Lanes), block, block == blocks - 1 ? partialColumns : 0)
        {
            RowSumPartial = block % (Arithmetic.NominalLanes / _target.Lanes),
            HasColumnSums = _hasColumnSums,
            HasRowSumsInMemory = _keepsRowSums,
        }.Lower());
}
