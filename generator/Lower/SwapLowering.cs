using System.Collections.Generic;
using System.Globalization;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Lower;

/// <summary>Writes the elements of a value in another order: matrices one behind the other, each transposed, float by float.</summary>
public static class SwapLowering
{
    public const string Matrix = "matrix";
    public const string Row = "line";
    public const string Column = "column";

    public static Statement Lower(PassPlan plan, int swap)
    {
        Op op = plan.Graph.Ops[swap];
        int rows = (int)op.Constant;
        int columns = op.B;
        int matrix = rows * columns;
        Place from = plan.Places[op.A];
        Place to = plan.Places[swap];
        Address At(Place place, int row, int column) => Address.At(
            place.Pointer, place.Offset, new IndexTerm(Matrix, Text(matrix)), new IndexTerm(Row, Text(row)), new IndexTerm(Column, Text(column)));
        return Loop(Matrix, op.Shape.Length / matrix, Loop(Row, rows, Loop(Column, columns, new Store(At(to, 1, rows), new Splat(At(from, columns, 1)), Lanes: 1))));
    }

    private static Loop Loop(string index, int count, Statement body) => new(index, "0", Text(count), 1, new[] { body }.ToEquatableArray());

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
