using System;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Parameters;

public class TensorShapeTests
{
    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(3, 4)]
    [InlineData(int.MaxValue, 1)]
    [InlineData(1, int.MaxValue)]
    [InlineData(46_340, 46_340)]
    public void A_matrix_has_rows_times_columns(int rows, int columns)
    {
        TensorShape shape = new(rows, columns);

        (shape.Rows, shape.Columns, shape.Rank, shape.Length).ShouldBe((rows, columns, 2, rows * columns));
    }

    [Fact]
    public void A_vector_has_its_length_and_the_shape_that_nobody_made_has_none()
    {
        new TensorShape(7).Length.ShouldBe(7);
        new TensorShape(0).Length.ShouldBe(0);
        default(TensorShape).Length.ShouldBe(0);
    }

    [Theory]
    [InlineData(-1, 3, "rows")]
    [InlineData(3, -1, "columns")]
    [InlineData(-3, -4, "rows")]
    [InlineData(46_341, 46_341, "columns")]
    [InlineData(int.MaxValue, 2, "columns")]
    [InlineData(65_536, 65_536, "columns")]
    public void A_matrix_that_cannot_be_is_refused(int rows, int columns, string name)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new TensorShape(rows, columns)).ParamName.ShouldBe(name);
    }

    [Theory]
    [InlineData(4, 3, 2, "[4, 3, 2]")]
    [InlineData(0, 3, 2, "[0, 3, 2]")]
    [InlineData(4, 0, 2, "[4, 0, 2]")]
    [InlineData(1, 1, 1, "[1, 1, 1]")]
    [InlineData(1, 32_768, 65_535, "[1, 32768, 65535]")]
    public void Rows_may_be_matrices(int rows, int inner, int depth, string text)
    {
        TensorShape shape = new(rows, inner, depth);

        (shape.Rows, shape.Columns, shape.Depth, shape.Rank, shape.Length).ShouldBe((rows, inner * depth, depth, 3, rows * inner * depth));
        shape.ToString().ShouldBe(text);
        shape.ShouldNotBe(new TensorShape(rows, inner * depth));
    }

    [Theory]
    [InlineData(-1, 3, 2, "rows")]
    [InlineData(3, -1, 2, "inner")]
    [InlineData(3, 2, 0, "depth")]
    [InlineData(3, 2, -2, "depth")]
    [InlineData(1, 65_536, 65_536, "depth")]
    [InlineData(65_536, 256, 256, "columns")]
    public void Three_dimensions_that_cannot_be_are_refused(int rows, int inner, int depth, string name)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new TensorShape(rows, inner, depth)).ParamName.ShouldBe(name);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_vector_of_negative_length_is_refused(int length)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new TensorShape(length)).ParamName.ShouldBe("length");
    }
}
