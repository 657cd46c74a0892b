using System;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Transform;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

/// <summary>Rules for parts of vectors, for what is spread, and for reductions.</summary>
public class SimplifyPartsTests
{
    private readonly GraphBuilder _builder = new();
    private readonly int _vector;
    private readonly int _other;
    private readonly int _scalar;

    public SimplifyPartsTests()
    {
        _vector = _builder.Input(Shape.Vector(6));
        _other = _builder.State(0, Shape.Vector(2));
        _scalar = _builder.State(1, Shape.Scalar);
    }

    [Fact]
    public void A_slice_of_the_whole_is_the_vector() => _builder.Slice(_vector, 0, Shape.Vector(6)).ShouldBe(_vector);

    [Fact]
    public void A_slice_of_a_slice_is_a_slice() =>
        _builder.Slice(_builder.Slice(_vector, 1, Shape.Vector(4)), 2, Shape.Vector(2)).ShouldBe(_builder.Slice(_vector, 3, Shape.Vector(2)));

    [Fact]
    public void A_slice_of_one_side_of_joined_vectors_is_a_slice_of_that_side()
    {
        int joined = _builder.Concat(_vector, _other);

        _builder.Slice(joined, 0, Shape.Vector(6)).ShouldBe(_vector);
        _builder.Slice(joined, 6, Shape.Vector(2)).ShouldBe(_other);
        _builder.Slice(joined, 7, Shape.Vector(1)).ShouldBe(_builder.Slice(_other, 1, Shape.Vector(1)));
        _builder[_builder.Slice(joined, 5, Shape.Vector(2))].ShouldBe(new Op(OpKind.Slice, joined, -1, Shape.Vector(2), 5));
    }

    [Fact]
    public void Padding_twice_is_padding_once() =>
        _builder.Pad(_builder.Pad(_other, 1, Shape.Vector(4)), 2, Shape.Vector(8)).ShouldBe(_builder.Pad(_other, 3, Shape.Vector(8)));

    [Theory]
    [InlineData("0 1 2")]
    [InlineData("2 1 0")]
    [InlineData("0 2 1")]
    public void Padded_vectors_that_tile_a_vector_add_up_to_the_joined_vectors(string order)
    {
        int[] parts = [_other, _builder.State(2, Shape.Vector(3)), _builder.State(3, Shape.Vector(1))];
        int[] first = [0, 2, 5];

        int sum = order.Split(' ').Select(int.Parse).Select(i => _builder.Pad(parts[i], first[i], Shape.Vector(6))).Aggregate(_builder.Add);

        int[] joined = [_builder.Concat(_builder.Concat(parts[0], parts[1]), parts[2]), _builder.Concat(parts[0], _builder.Concat(parts[1], parts[2]))];
        joined.ShouldContain(sum);
    }

    [Fact]
    public void Padded_vectors_that_overlap_or_leave_a_gap_are_added()
    {
        int a = _builder.Pad(_other, 0, Shape.Vector(6));

        _builder[_builder.Add(a, _builder.Pad(_other, 1, Shape.Vector(6)))].Kind.ShouldBe(OpKind.Add);
        _builder[_builder.Add(a, _builder.Pad(_other, 3, Shape.Vector(6)))].Kind.ShouldBe(OpKind.Add);
    }

    [Fact]
    public void The_gradients_of_slices_are_joined()
    {
        CellSketch cell = new();
        Value x = cell.Input(6);
        cell.Gives(x.Slice(0, 2) * Value.Tanh(x.Slice(2, 2)) * x.Slice(4, 2));

        OpGraph backward = Differentiate.Apply(cell.Graph, 0);

        backward.Ops.ShouldNotContain(op => op.Kind == OpKind.Pad);
        backward.Ops[backward.Outputs.Single().Value].Kind.ShouldBe(OpKind.Concat);
    }

    [Theory]
    [InlineData(OpKind.Sum)]
    [InlineData(OpKind.Greatest)]
    public void A_reduction_of_a_scalar_is_the_scalar(OpKind kind) => _builder.Append(new Op(kind, _scalar, default)).ShouldBe(_scalar);

    [Fact]
    public void A_scalar_spread_to_a_scalar_is_itself() => _builder.Spread(_scalar, Shape.Scalar).ShouldBe(_scalar);

    [Fact]
    public void An_operation_on_a_scalar_that_was_spread_reads_the_scalar()
    {
        int spread = _builder.Spread(_scalar, Shape.Vector(6));

        _builder.Divide(_vector, spread).ShouldBe(_builder.Divide(_vector, _scalar));
        _builder.Less(spread, _vector).ShouldBe(_builder.Less(_scalar, _vector));
        _builder.Exp(spread).ShouldBe(_builder.Spread(_builder.Exp(_scalar), Shape.Vector(6)));
        _builder.Multiply(spread, _builder.Exp(spread)).ShouldBe(_builder.Spread(_builder.Multiply(_scalar, _builder.Exp(_scalar)), Shape.Vector(6)));
    }

    [Fact]
    public void A_value_divided_by_1_is_itself()
    {
        _builder.Divide(_vector, _builder.Number(1)).ShouldBe(_vector);
        _builder[_builder.Divide(_builder.Number(1), _vector)].Kind.ShouldBe(OpKind.Divide);
    }

    [Fact]
    public void The_sum_of_what_is_negated_is_negated() =>
        _builder.Sum(_builder.Negate(_vector)).ShouldBe(_builder.Negate(_builder.Sum(_vector)));

    [Theory]
    [InlineData(OpKind.Spread, 3, "Spread takes a scalar; the shapes given are [6] for [3].")]
    [InlineData(OpKind.Slice, 7, "Slice takes a vector that has the result in it from element 0 on; the shapes given are [6] for [7].")]
    [InlineData(OpKind.Pad, 5, "Pad takes a vector that the result has room for from element 0 on; the shapes given are [6] for [5].")]
    [InlineData(OpKind.RowSums, 5, "RowSums takes a matrix; the shapes given are [6].")]
    [InlineData(OpKind.ColumnSums, 5, "ColumnSums takes a matrix; the shapes given are [6].")]
    [InlineData(OpKind.SpreadRows, 5, "SpreadRows takes a vector with an element for each row of the result; the shapes given are [6] for [5].")]
    [InlineData(OpKind.SpreadColumns, 5, "SpreadColumns takes a vector with an element for each column of the result; the shapes given are [6] for [5].")]
    public void A_shape_that_does_not_fit_is_refused(OpKind kind, int length, string message) =>
        Should.Throw<ArgumentException>(() => _builder.Append(new Op(kind, _vector, -1, Shape.Vector(length)))).Message.ShouldBe(message);
}
