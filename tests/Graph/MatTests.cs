using System;
using Recurrent.Tests.Words;
using Shouldly;
using Xunit;
using static Recurrent.Equations;

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

    [Fact]
    public void Operators_go_element_by_element()
    {
        Mat other = new(2, 3, [6, 5, 4, 3, 2, 1]);

        (Matrix + other).ShouldHold(2, 3, 7, 7, 7, 7, 7, 7);
        (Matrix - other).ShouldHold(2, 3, -5, -3, -1, 1, 3, 5);
        Multiply(Matrix, other).ShouldHold(2, 3, 6, 10, 12, 12, 10, 6);
        (-Matrix).ShouldHold(2, 3, -1, -2, -3, -4, -5, -6);
        (Matrix + 1).ShouldHold(2, 3, 2, 3, 4, 5, 6, 7);
        (1 + Matrix).ShouldHold(2, 3, 2, 3, 4, 5, 6, 7);
        (Matrix - 1).ShouldHold(2, 3, 0, 1, 2, 3, 4, 5);
        (1 - Matrix).ShouldHold(2, 3, 0, -1, -2, -3, -4, -5);
        (Matrix * 2).ShouldHold(2, 3, 2, 4, 6, 8, 10, 12);
        (2 * Matrix).ShouldHold(2, 3, 2, 4, 6, 8, 10, 12);
        (Matrix / 2).ShouldHold(2, 3, 0.5, 1, 1.5, 2, 2.5, 3);
        (12 / Matrix).ShouldHold(2, 3, 12, 6, 4, 3, 2.4, 2);
    }

    [Fact]
    public void Products_with_vectors_read_rows_or_columns()
    {
        (Matrix * new Vec(1, 0, -1)).ShouldHold(-2, -2);
        (Transpose(Matrix) * new Vec(1, -1)).ShouldHold(-3, -3, -3);
        Transpose(Matrix).ShouldHold(3, 2, 1, 4, 2, 5, 3, 6);
        Outer(new Vec(2, 3), new Vec(1, 0, -1)).ShouldHold(2, 3, 2, 0, -2, 3, 0, -3);
        (Outer(new Vec(2, 3), new Vec(1, 2, 4)) * new Vec(1, 1, 1)).ShouldHold(14, 21);
        ScaleRows(Matrix, new Vec(2, -1)).ShouldHold(2, 3, 2, 4, 6, -4, -5, -6);
        ScaleColumns(Matrix, new Vec(1, 0, -1)).ShouldHold(2, 3, 1, 0, -3, 4, 0, -6);
        RowSums(Matrix).ShouldHold(6, 15);
        ColumnSums(Matrix).ShouldHold(5, 7, 9);
        Row(Matrix, new Vec(1)).ShouldHold(4, 5, 6);
    }

    [Fact]
    public void A_matrix_without_elements_has_sums_of_0()
    {
        Mat empty = new(2, 0, []);

        RowSums(empty).ShouldHold(0, 0);
        ColumnSums(empty).Length.ShouldBe(0);
        (empty * new Vec()).ShouldHold(0, 0);
        Transpose(empty).ShouldHold(0, 2);
    }

    [Theory]
    [InlineData("+")]
    [InlineData("-")]
    [InlineData("Multiply")]
    [InlineData("Min")]
    [InlineData("Max")]
    public void Two_shapes_that_do_not_fit_are_both_named(string name)
    {
        Mat other = new(3, 2, new double[6]);

        Should.Throw<ArgumentException>(() => name switch
        {
            "+" => Matrix + other,
            "-" => Matrix - other,
            "Min" => Min(Matrix, other),
            "Max" => Max(Matrix, other),
            _ => Multiply(Matrix, other),
        }).Message.ShouldStartWith($"'{name}' needs two matrices of one shape; the left one is 2 x 3, the right one 3 x 2.");
    }

    [Fact]
    public void A_vector_that_does_not_fit_a_matrix_is_named()
    {
        Vec four = new(1, 2, 3, 4);

        Should.Throw<ArgumentException>(() => Matrix * four).Message.ShouldStartWith("A 2 x 3 matrix multiplies a vector of 3; this one has 4.");
        Should.Throw<ArgumentException>(() => Transpose(Matrix) * four).Message.ShouldStartWith("A 3 x 2 matrix multiplies a vector of 2; this one has 4.");
        Should.Throw<ArgumentException>(() => ScaleRows(Matrix, four)).Message
            .ShouldStartWith("'ScaleRows' of a 2 x 3 matrix needs one element for each row, 2; the vector has 4.");
        Should.Throw<ArgumentException>(() => ScaleColumns(Matrix, four)).Message
            .ShouldStartWith("'ScaleColumns' of a 2 x 3 matrix needs one element for each column, 3; the vector has 4.");
        Should.Throw<ArgumentException>(() => Row(Matrix, four)).Message.ShouldContain("from 0 to 1; this vector has 4 elements");
        Should.Throw<ArgumentException>(() => Row(Matrix, new Vec(0.5))).Message.ShouldContain("from 0 to 1; this one is 0.5");
        Should.Throw<ArgumentException>(() => Row(Matrix, new Vec(2)));
        Should.Throw<ArgumentException>(() => Row(Matrix, new Vec(double.NaN)));
        Should.Throw<ArgumentException>(() => new Mat(2, 2, [1, 2, 3])).Message.ShouldStartWith("A 2 x 2 matrix has 4 elements; 3 were given.");
    }
}
