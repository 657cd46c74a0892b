using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

public class BindingFaultTests
{
    private static readonly Dictionary<string, int> Sizes = new() { ["input"] = 3, ["hidden"] = 6 };
    private static readonly Dictionary<string, int> NoSizes = [];
    private static readonly Dictionary<string, double> NoSettings = [];

    [Fact]
    public void Two_uses_of_a_matrix_that_disagree_are_both_named()
    {
        EquationsBuilder b = new();
        int x = b.Input();
        int h = b.State("h");
        int w = b.Matrix("W");
        int first = b.Value(OpKind.Product, w, h);
        int second = b.Value(OpKind.Product, w, x);
        int next = b.Value(OpKind.Add, first, second);
        CellEquations equations = b.Build(next, next);

        BoundCell bound = CellBinding.Bind(equations, NoSizes, NoSettings);

        bound.Cell.ShouldBeNull();
        bound.Mismatches.ShouldHaveSingleItem().ShouldBe(
            new ShapeMismatch(new Op(OpKind.Parameter, 0, Shape.Scalar), Axis.Columns, Dim.Hidden, first, Dim.Input, second, false));
        BindingText.Describe(equations, bound).ShouldBe("the number of columns of 'W' is hidden by 'Product(W, h)', and 'Product(W, x)' makes it input");
    }

    [Fact]
    public void Positions_are_those_of_the_equations_although_choices_and_dead_values_are_gone()
    {
        EquationsBuilder b = new();
        int x = b.Input();
        int h = b.State("h");
        b.Value(OpKind.Tanh, x);
        int off = b.Setting("off", SettingKind.Flag, 0);
        int wrong = b.Value(OpKind.Add, h, x);
        int chosen = b.Choose(off, b.Value(OpKind.Tanh, h), wrong);

        ShapeMismatch mismatch = CellBinding.Bind(b.Build(chosen, chosen), NoSizes, NoSettings).Mismatches.ShouldHaveSingleItem();

        mismatch.At.ShouldBe(wrong);
        mismatch.Leaf.ShouldBe(new Op(OpKind.State, 0, Shape.Scalar));
        (mismatch.Has, mismatch.By, mismatch.Wanted).ShouldBe((Dim.Hidden, -1, Dim.Input));
    }

    [Fact]
    public void Sizes_of_a_layer_may_fit_where_their_names_do_not()
    {
        EquationsBuilder b = new();
        int x = b.Input();
        int h = b.State("h");
        int next = b.Value(OpKind.Add, h, x);
        CellEquations equations = b.Build(next, next);

        CellBinding.Bind(equations, new Dictionary<string, int> { ["input"] = 4, ["hidden"] = 4 }, NoSettings).Cell.ShouldNotBeNull();
        ShapeMismatch mismatch = CellBinding.Bind(equations, Sizes, NoSettings).Mismatches.ShouldHaveSingleItem();
        (mismatch.Has, mismatch.Wanted).ShouldBe((new Dim(6), new Dim(3)));
    }

    [Fact]
    public void A_result_of_another_length_than_its_state_says_that_it_is_the_result()
    {
        EquationsBuilder b = new();
        int x = b.Input();
        b.State("h");

        ShapeMismatch mismatch = CellBinding.Bind(b.Build(x, x), NoSizes, NoSettings).Mismatches.ShouldHaveSingleItem();

        mismatch.ShouldBe(new ShapeMismatch(new Op(OpKind.Input, -1, Shape.Scalar), Axis.Length, Dim.Input, -1, Dim.Hidden, x, true));
    }

    [Fact]
    public void Declared_dimensions_that_contradict_a_use_are_told_as_declared()
    {
        EquationsBuilder b = new();
        int h = b.State("h");
        int bias = b.Vector("b", "hidden + 1");
        int next = b.Value(OpKind.Add, h, bias);
        CellEquations equations = b.Build(next, next);

        BindingText.Describe(equations, CellBinding.Bind(equations, NoSizes, NoSettings))
            .ShouldBe("the length of 'b' is hidden + 1 by its declaration, and 'Add(h, b)' makes it hidden");
    }

    [Fact]
    public void What_no_use_settles_is_open()
    {
        EquationsBuilder b = new();
        int h = b.State("h");
        int next = b.Value(OpKind.Product, b.Matrix("U"), b.Value(OpKind.Product, b.Matrix("V"), h));

        BoundCell bound = CellBinding.Bind(b.Build(next, next), NoSizes, NoSettings);

        bound.Open.ShouldBe([new OpenDimension(0, Axis.Columns), new OpenDimension(1, Axis.Rows)]);
    }

    [Theory]
    [InlineData(7, 0, "it has 7 elements, and the vector that it is a part of has 6")]
    [InlineData(4, 4, "whole number of at least 1")]
    [InlineData(0, 0, "whole number of at least 1")]
    [InlineData(5, -1, "begins at -1")]
    public void A_slice_beyond_its_vector_is_refused(int take, int drop, string reason)
    {
        EquationsBuilder b = new();
        int h = b.State("h");
        int slice = b.Value(OpKind.Drop, b.Value(OpKind.Take, h, b.Constant(take)), b.Constant(drop));

        BoundCell bound = CellBinding.Bind(b.Build(slice, h), Sizes, NoSettings);

        bound.Cell.ShouldBeNull();
        bound.Faults[0].What.ShouldContain(reason);
        bound.Faults[0].At.ShouldBeInRange(0, slice);
    }

    [Fact]
    public void Half_of_an_odd_size_is_refused_at_the_layer()
    {
        EquationsBuilder b = new();
        int h = b.State("h", 1, "hidden / 2");
        CellEquations equations = b.Build(h, h);

        CellBinding.Bind(equations, NoSizes, NoSettings).Cell.ShouldNotBeNull();
        CellBinding.Bind(equations, new Dictionary<string, int> { ["hidden"] = 8 }, NoSettings).Cell.ShouldNotBeNull();
        BoundCell bound = CellBinding.Bind(equations, new Dictionary<string, int> { ["hidden"] = 7 }, NoSettings);
        BindingFault fault = bound.Faults.First();
        fault.What.ShouldContain("7 / 2 is no whole number");
        fault.Leaf.ShouldBe(new Op(OpKind.State, 0, Shape.Scalar));
    }

    [Theory]
    [InlineData("hidden +", "missing at its end")]
    [InlineData("0", "at least 1")]
    [InlineData("2 - 3", "at least 1")]
    public void A_declared_dimension_that_is_none_is_told_at_its_parameter(string dimension, string reason)
    {
        EquationsBuilder b = new();
        int h = b.State("h");
        int next = b.Value(OpKind.Multiply, h, b.Vector("b", dimension));

        BindingFault fault = CellBinding.Bind(b.Build(next, next), NoSizes, NoSettings).Faults.ShouldHaveSingleItem();

        fault.What.ShouldContain(reason);
        (fault.At, fault.Leaf).ShouldBe((-1, new Op(OpKind.Parameter, 0, Shape.Scalar)));
    }

    [Fact]
    public void Values_of_other_ranks_than_an_operation_takes_are_told_at_it()
    {
        EquationsBuilder b = new();
        int h = b.State("h");
        int c = b.State("C", 2, "hidden", "hidden");
        int wrong = b.Value(OpKind.Add, h, c);

        BindingFault fault = CellBinding.Bind(b.Build(wrong, wrong, c), NoSizes, NoSettings).Faults[0];

        fault.ShouldBe(new BindingFault(wrong, null, "a vector stands beside a matrix"));
    }

    [Fact]
    public void Parts_of_a_tensor_that_cannot_be_stacked_are_named()
    {
        EquationsBuilder b = new();
        int x = b.Input();
        int h = b.State("h");
        int next = b.Value(OpKind.Add, b.Value(OpKind.Product, b.Matrix("W"), x), b.Value(OpKind.Product, b.Matrix("U"), h));
        b.Stack("weight", "W", "U");

        BindingFault fault = CellBinding.Bind(b.Build(next, next), NoSizes, NoSettings).Faults.ShouldHaveSingleItem();

        fault.What.ShouldBe("the parts of the tensor 'weight' are stacked row after row, and 'U' is [hidden, hidden], 'W' [hidden, input]");
    }
}
