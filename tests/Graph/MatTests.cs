using System;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

public class MatTests
{
    private static readonly Mat Matrix = new(2, 3, [1, 2, 3, 4, 5, 6]);

    [Fact]
    public void Elements_and_rows_stand_row_after_row()
    {
        Matrix[1, 0].ShouldBe(4);
        Matrix[0, 2].ShouldBe(3);
        Matrix.Row(1).AsSpan().ToArray().ShouldBe([4, 5, 6]);
    }

    [Theory]
    [InlineData(2, 0, "row")]
    [InlineData(-1, 2, "row")]
    [InlineData(int.MinValue, 0, "row")]
    [InlineData(1_431_655_766, 0, "row")] // 3 times as much is 2, where the product wraps around
    [InlineData(0, 3, "column")]
    [InlineData(1, -1, "column")]
    public void An_element_outside_is_refused_by_name(int row, int column, string name)
    {
        ArgumentOutOfRangeException error = Should.Throw<ArgumentOutOfRangeException>(() => Matrix[row, column]);

        error.ParamName.ShouldBe(name);
        error.ActualValue.ShouldBe(name == "row" ? row : column);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_row_outside_is_refused_by_name(int row)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Matrix.Row(row)).Message.ShouldStartWith($"row is {row}; from 0 to below 2 is wanted.");
    }

    [Fact]
    public void A_row_of_a_matrix_without_columns_is_refused_like_any_other()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Mat(1, 0, []).Row(1)).ParamName.ShouldBe("row");
    }
}
