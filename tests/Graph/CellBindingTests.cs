using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

public class CellBindingTests
{
    private static readonly Dictionary<string, int> Sizes = new() { ["input"] = 3, ["hidden"] = 6 };
    private static readonly Dictionary<string, int> NoSizes = [];
    private static readonly Dictionary<string, double> NoSettings = [];

    [Theory]
    [InlineData(0.0, OpKind.Tanh)]
    [InlineData(1.0, OpKind.Sigmoid)]
    [InlineData(2.0, OpKind.Input)]
    public void A_choice_leaves_the_equations_that_its_setting_chooses(double value, OpKind kind)
    {
        EquationsBuilder b = new();
        int x = b.Input();
        int gate = b.Setting("gate", SettingKind.Choice);
        int isTanh = b.Value(OpKind.Less, gate, b.Constant(0.5));
        int isSigmoid = b.Value(OpKind.Less, gate, b.Constant(1.5));
        int chosen = b.Choose(isTanh, b.Value(OpKind.Tanh, x), b.Choose(isSigmoid, b.Value(OpKind.Sigmoid, x), x));

        CellGraph cell = Bound(b.Build(chosen), settings: new() { ["gate"] = value });

        cell.Body.Ops[cell.Body.Outputs[0].Value].Kind.ShouldBe(kind);
        cell.Body.Ops.Count.ShouldBe(kind == OpKind.Input ? 1 : 2);
        cell.Body.Ops[^1].Shape.ShouldBe(Shape.Vector(3));
    }

    [Fact]
    public void Parameters_that_no_chosen_equation_reads_are_gone_from_the_cell_and_its_tensors()
    {
        EquationsBuilder b = new();
        int h = b.State("h");
        int peephole = b.Vector("p");
        int bias = b.Vector("b");
        int other = b.Vector("q");
        int flag = b.Setting("peepholes", SettingKind.Flag, 0);
        int next = b.Value(OpKind.Add, b.Choose(flag, b.Value(OpKind.Multiply, peephole, h), h), b.Value(OpKind.Multiply, bias, other));
        b.Stack("stacked", "p", "q");
        CellEquations equations = b.Build(next, next);

        CellGraph without = Bound(equations);
        CellGraph with = Bound(equations, settings: new() { ["peepholes"] = 1 });

        without.Parameters.Select(parameter => parameter.Name).ShouldBe(["b", "q"]);
        without.Tensors.ShouldBe([new("b", new([0])), new("stacked", new([1]))]);
        without.Body.Ops.Where(op => op.Kind == OpKind.Parameter).Select(op => op.A).ShouldBe([0, 1]);
        with.Parameters.Select(parameter => parameter.Name).ShouldBe(["p", "b", "q"]);
        with.Tensors.ShouldBe([new("b", new([1])), new("stacked", new([0, 2]))]);
    }

    [Fact]
    public void A_learned_initial_state_stays_and_has_the_shape_of_its_state()
    {
        EquationsBuilder b = new();
        int unread = b.Vector("unread");
        int c = b.LearnedState("C", 2, "hidden", "rank");
        int output = b.Value(OpKind.RowSums, c);
        CellEquations equations = b.Build(output, c);

        CellGraph cell = Bound(equations, new() { ["hidden"] = 6, ["rank"] = 2 });

        cell.Parameters.ShouldHaveSingleItem().ShouldBe(new CellParameter("C0", Shape.Matrix(6, 2), "Uniform", new Dim(6)));
        cell.Initial.ShouldBe([0]);
        cell.Tensors.ShouldHaveSingleItem().Name.ShouldBe("C0");
        CellBinding.StateShape(cell, 0).ShouldBe(Shape.Matrix(6, 2));
        equations.Body.Ops[unread].Kind.ShouldBe(OpKind.Parameter);
    }

    [Fact]
    public void Slices_become_slices_of_what_was_sliced_first_and_a_whole_one_nothing()
    {
        EquationsBuilder b = new();
        int h = b.State("h");
        int length = b.Value(OpKind.Length, h);
        int half = b.Value(OpKind.Divide, length, b.Constant(2));
        int first = b.Value(OpKind.Take, h, half);
        int middle = b.Value(OpKind.Drop, b.Value(OpKind.Take, h, b.Constant(5)), b.Constant(2));
        int last = b.Value(OpKind.Drop, h, b.Value(OpKind.Subtract, length, half));
        int all = b.Value(OpKind.Take, h, length);
        int joined = b.Value(OpKind.Concat, b.Value(OpKind.Add, b.Value(OpKind.Add, first, last), middle), first);
        int next = b.Value(OpKind.Add, joined, all);

        CellGraph cell = Bound(b.Build(next, next));

        cell.Body.Ops.Where(op => op.Kind == OpKind.Slice).Select(op => (op.A, op.Constant, op.Shape))
            .ShouldBe([(0, 0, Shape.Vector(3)), (0, 2, Shape.Vector(3)), (0, 3, Shape.Vector(3))], ignoreOrder: true);
        cell.Body.Ops.ShouldAllBe(op => op.Kind != OpKind.Take && op.Kind != OpKind.Drop && op.Kind != OpKind.Length);
        cell.Body.Ops[^1].Shape.ShouldBe(Shape.Vector(6));
        (cell.Body.Ops[^1].A, cell.Body.Ops[^1].B).ShouldBe((cell.Body.Ops.Count - 2, 0));
    }

    [Fact]
    public void The_size_of_a_joined_vector_settles_the_parameters_that_it_meets()
    {
        EquationsBuilder b = new();
        int x = b.Input();
        int h = b.State("h");
        int w = b.Matrix("W");
        int padding = b.Vector("padding");
        int read = b.Value(OpKind.Product, w, b.Value(OpKind.Concat, x, h));
        int filled = b.Value(OpKind.Concat, x, padding);
        int next = b.Value(OpKind.Add, read, filled);

        CellGraph open = Bound(b.Build(next, next), NoSizes);

        open.Parameters[0].Shape.ShouldBe(Shape.Matrix(Dim.Hidden, new Dim("hidden + input")));
        open.Parameters[1].Shape.ShouldBe(Shape.Vector(new Dim("hidden - input")));
        CellBinding.Dimensions(open).ShouldBe(["hidden", "input"]);
    }

    [Fact]
    public void A_vector_of_one_element_beside_a_longer_one_is_spread_as_a_number()
    {
        EquationsBuilder b = new();
        int x = b.Input();
        int h = b.State("h");
        int wg = b.Matrix("wg", "1", "input");
        int bg = b.Vector("bg");
        int w = b.Matrix("W");
        int gate = b.Value(OpKind.Sigmoid, b.Value(OpKind.Add, b.Value(OpKind.Product, wg, x), bg));
        int scaled = b.Value(OpKind.Multiply, gate, b.Value(OpKind.Product, w, x));
        int next = b.Value(OpKind.Add, scaled, b.Value(OpKind.Multiply, h, gate));

        CellGraph cell = Bound(b.Build(next, next));

        cell.Parameters.Select(parameter => parameter.Shape).ShouldBe([Shape.Matrix(1, 3), Shape.Vector(1), Shape.Matrix(6, 3)]);
        int number = cell.Body.Ops.ToList().FindIndex(op => op.Kind == OpKind.Sum);
        cell.Body.Ops.Count(op => op.Kind == OpKind.Sum).ShouldBe(1);
        cell.Body.Ops.Where(op => op.Kind == OpKind.Multiply).Select(op => (op.A == number, op.B == number)).ShouldBe([(true, false), (false, true)], ignoreOrder: true);
    }

    [Fact]
    public void A_layer_of_size_1_has_the_equations_that_a_larger_one_has()
    {
        EquationsBuilder b = new();
        int x = b.Input();
        int h = b.State("h");
        int w = b.Matrix("W");
        int u = b.Matrix("U");
        int z = b.Value(OpKind.Sigmoid, b.Value(OpKind.Add, b.Value(OpKind.Product, w, x), b.Value(OpKind.Product, u, h)));
        int next = b.Value(OpKind.Multiply, z, h);
        CellEquations equations = b.Build(next, next);

        Bound(equations, new() { ["input"] = 1, ["hidden"] = 1 }).Body.Ops.Select(op => (op.Kind, op.A, op.B))
            .ShouldBe(Bound(equations).Body.Ops.Select(op => (op.Kind, op.A, op.B)));
    }

    [Fact]
    public void A_transpose_becomes_part_of_what_reads_it()
    {
        EquationsBuilder b = new();
        int k = b.State("k");
        int c = b.State("C", 2, "hidden", "hidden");
        int turned = b.Value(OpKind.Transpose, c);
        int read = b.Value(OpKind.Product, turned, k);
        int sums = b.Value(OpKind.RowSums, turned);
        int outer = b.Value(OpKind.Transpose, b.Value(OpKind.Outer, k, read));
        int kept = b.Value(OpKind.Product, b.Value(OpKind.Transpose, b.Value(OpKind.Multiply, turned, b.Constant(2))), sums);
        int next = b.Value(OpKind.Add, c, outer);
        int output = b.Value(OpKind.Add, kept, read);

        CellGraph cell = Bound(b.Build(output, output, next));

        cell.Body.Ops.Count(op => op.Kind == OpKind.Transpose).ShouldBe(0);
        Op product = cell.Body.Ops.Single(op => op.Kind == OpKind.TransposedProduct);
        (cell.Body.Ops[product.A].Kind, cell.Body.Ops[product.B].Kind).ShouldBe((OpKind.State, OpKind.State));
        cell.Body.Ops.ShouldContain(op => op.Kind == OpKind.ColumnSums);
        Op swapped = cell.Body.Ops.Last(op => op.Kind == OpKind.Outer);
        (cell.Body.Ops[swapped.A].Kind, cell.Body.Ops[swapped.B].Kind).ShouldBe((OpKind.TransposedProduct, OpKind.State));
        cell.Body.Ops.ShouldContain(op => op.Kind == OpKind.Product);
    }

    [Fact]
    public void A_transposed_state_that_becomes_a_state_is_refused()
    {
        EquationsBuilder b = new();
        int x = b.Input();
        int c = b.State("C", 2, "hidden", "hidden");
        int turned = b.Value(OpKind.Transpose, c);

        BoundCell bound = CellBinding.Bind(b.Build(x, turned), Sizes, NoSettings);

        bound.Cell.ShouldBeNull();
        bound.Faults.ShouldHaveSingleItem().What.ShouldContain("transposed");
    }

    [Fact]
    public void The_result_of_a_cell_without_state_has_the_size_that_its_equations_give()
    {
        EquationsBuilder elementwise = new();
        int x = elementwise.Input();
        CellEquations activation = elementwise.Build(elementwise.Value(OpKind.Multiply, elementwise.Vector("slope"), x));
        EquationsBuilder affine = new();
        CellEquations dense = affine.Build(affine.Value(OpKind.Product, affine.Matrix("W"), affine.Input()));

        CellBinding.OutputShape(Bound(activation)).ShouldBe(Shape.Vector(3));
        CellBinding.OutputShape(Bound(dense)).ShouldBe(Shape.Vector(6));
    }

    [Theory]
    [InlineData(0, 6)]
    [InlineData(4, 4)]
    public void A_state_may_have_a_size_of_its_own(int projection, int output)
    {
        EquationsBuilder b = new();
        int h = b.State("h", 1, "projection or hidden");
        int c = b.State("c");
        int u = b.Matrix("U");
        int p = b.Matrix("P");
        int isProjected = b.Setting("projection", SettingKind.Whole, 0);
        int nextCell = b.Value(OpKind.Add, c, b.Value(OpKind.Product, u, h));
        int next = b.Choose(isProjected, b.Value(OpKind.Product, p, nextCell), nextCell);

        CellGraph cell = Bound(b.Build(next, next, nextCell), settings: new() { ["projection"] = projection });

        CellBinding.OutputShape(cell).ShouldBe(Shape.Vector(output));
        CellBinding.StateShape(cell, 1).ShouldBe(Shape.Vector(6));
        cell.Parameters[0].Shape.ShouldBe(Shape.Matrix(6, output));
        cell.Parameters.Count.ShouldBe(projection > 0 ? 2 : 1);
    }

    [Theory]
    [InlineData(6, 0)]
    [InlineData(3, 1)]
    public void A_choice_on_lengths_is_settled_by_the_sizes_of_the_layer(int input, int parameters)
    {
        CellEquations equations = Around();

        CellGraph cell = Bound(equations, new() { ["input"] = input, ["hidden"] = 6 });

        cell.Parameters.Count.ShouldBe(parameters);
        CellBinding.Dimensions(Bound(equations, NoSizes)).ShouldBe(["hidden", "input"], ignoreOrder: true);
    }

    [Fact]
    public void A_choice_on_a_length_that_nothing_declares_is_refused_of_a_layer()
    {
        EquationsBuilder b = new();
        int h = b.State("h");
        int v = b.Value(OpKind.Product, b.Matrix("W", "4 * hidden", "input"), b.Input());
        int isShort = b.Value(OpKind.Less, b.Value(OpKind.Length, v), b.Constant(8));
        int next = b.Choose(isShort, h, b.Value(OpKind.Tanh, h));
        CellEquations equations = b.Build(next, next);

        Bound(equations, NoSizes);
        BindingFault fault = CellBinding.Bind(equations, Sizes, NoSettings).Faults.ShouldHaveSingleItem();

        (fault.At, fault.What).ShouldBe((isShort, "a condition needs it, and no declaration tells it; the lengths of the input, of states and of parameters with [Shape] are known"));
    }

    /// <summary>The input around a cell: as it is where it has the state's size, else by a matrix.</summary>
    private static CellEquations Around()
    {
        EquationsBuilder b = new();
        int h = b.State("h");
        int x = b.Input();
        int input = b.Value(OpKind.Length, x);
        int hidden = b.Value(OpKind.Length, h);
        int differ = b.Value(OpKind.Add, b.Value(OpKind.Less, input, hidden), b.Value(OpKind.Less, hidden, input));
        int same = b.Value(OpKind.Subtract, b.Constant(1), differ);
        int skip = b.Choose(same, x, b.Value(OpKind.Product, b.Matrix("W", "hidden", "input"), x));
        return b.Build(b.Value(OpKind.Add, h, skip), h);
    }

    [Fact]
    public void The_mean_of_a_vector_divides_by_a_number_once_the_size_is_known()
    {
        EquationsBuilder b = new();
        int h = b.State("h");
        int mean = b.Value(OpKind.Divide, b.Value(OpKind.Sum, h), b.Value(OpKind.Length, h));
        int next = b.Value(OpKind.Subtract, h, mean);
        CellEquations equations = b.Build(next, next);

        Bound(equations).Body.Ops.Where(op => op.Kind == OpKind.Constant).Select(op => op.Constant).ShouldBe([6]);
        Bound(equations, NoSizes).Body.Ops.ShouldContain(op => op.Kind == OpKind.Length);
    }

    [Fact]
    public void A_setting_without_value_has_its_default_and_without_default_a_whole_one_is_a_name()
    {
        EquationsBuilder b = new();
        int h = b.State("h", 1, "heads * 4");
        b.Setting("heads", SettingKind.Whole);
        int rate = b.Setting("rate", SettingKind.Number, 0.25);
        int next = b.Value(OpKind.Multiply, h, rate);
        CellEquations equations = b.Build(next, next);

        CellBinding.OutputShape(Bound(equations, NoSizes)).ShouldBe(Shape.Vector(new Dim("4 * heads")));
        CellBinding.OutputShape(Bound(equations, settings: new() { ["heads"] = 3 })).ShouldBe(Shape.Vector(12));
        Bound(equations).Body.Ops.Single(op => op.Kind == OpKind.Constant).Constant.ShouldBe(0.25);

        EquationsBuilder needs = new();
        int scaled = needs.Value(OpKind.Multiply, needs.Input(), needs.Setting("rate", SettingKind.Number));
        Should.Throw<ArgumentException>(() => CellBinding.Bind(needs.Build(scaled), Sizes, NoSettings)).Message.ShouldContain("'rate'");
    }

    internal static CellGraph Bound(CellEquations equations, Dictionary<string, int>? sizes = null, Dictionary<string, double>? settings = null)
    {
        BoundCell bound = CellBinding.Bind(equations, sizes ?? Sizes, settings ?? NoSettings);
        return bound.Cell.ShouldNotBeNull(bound.Cell is null ? BindingText.Describe(equations, bound) : "");
    }
}
