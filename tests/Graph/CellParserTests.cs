using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Recurrent.Gen.Graph;
using Recurrent.Tests.Conventions;
using Recurrent.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

public class CellParserTests
{
    public static TheoryData<Type> Cells =>
        [.. typeof(Vec).Assembly.GetTypes().Where(type => type.GetCustomAttribute<CellAttribute>() is not null)];

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_runtime_carries_the_graph_that_its_source_gives(Type cell)
    {
        // The struct's source is compiled anew, in a namespace of its own.
        string source = File.ReadAllText(Path.Combine(Repository.Root, "runtime", "Cells", cell.Name + ".cs")).Replace("namespace Recurrent;", "using Recurrent; namespace Copy;");

        CellEquations? parsed = Consumer.Build(source).Cell("Copy." + cell.Name);

        Carried(cell).ShouldBe(parsed.ShouldNotBeNull());
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_graph_in_the_runtime_printed_again_is_the_text_that_it_was_read_from(Type cell) =>
        GraphText.Print(Carried(cell)).ShouldBe(Text(cell));

    [Fact]
    public void The_runtime_carries_the_graphs_of_its_cells() =>
        typeof(Vec).Assembly.GetCustomAttributes<CellGraphAttribute>().Select(attribute => attribute.Cell)
            .ShouldBe(typeof(Vec).Assembly.GetTypes().Where(type => type.IsDefined(typeof(CellAttribute))), ignoreOrder: true);

    [Fact]
    public void Values_are_named_as_in_the_equations()
    {
        CellEquations lstm = Carried(typeof(Lstm));

        lstm.Input.ShouldBe("x");
        lstm.States.Select(state => state.Name).ShouldBe(["h", "c"]);
        lstm.Body.Names.Where(name => name is "i" or "f" or "g" or "o" or "next").ShouldBe(["i", "f", "g", "o", "next"], ignoreOrder: true);
        lstm.Body.Names[lstm.Body.Outputs.Single(output => output is { Kind: OutputKind.NextState, Index: 1 }).Value].ShouldBe("next");
    }

    [Fact]
    public void Tensors_stack_the_parameters_that_their_attributes_name()
    {
        CellEquations gru = Carried(typeof(Gru));

        gru.Tensors.Select(tensor => tensor.Name).ShouldBe(["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"]);
        gru.Tensors[1].Parts.Select(part => gru.Parameters[part].Name).ShouldBe(["Ur", "Uz", "Un"]);
        Carried(typeof(Embedding)).Parameters.ShouldHaveSingleItem().Start.Initializer.ShouldBe("Normal");
        Carried(typeof(Dense)).Parameters.ShouldAllBe(parameter => parameter.Start == new CellStart("Uniform", "input", 1));
    }

    [Fact]
    public void Shapes_follow_from_the_use_of_a_parameter()
    {
        CellGraph rnn = Named(Carried(typeof(Rnn)));

        rnn.Parameters.ShouldBe(
        [
            new("W", Shape.Matrix(Dim.Hidden, Dim.Input), "Uniform", Dim.Hidden),
            new("U", Shape.Matrix(Dim.Hidden, Dim.Hidden), "Uniform", Dim.Hidden),
            new("bi", Shape.Vector(Dim.Hidden), "Uniform", Dim.Hidden),
            new("bh", Shape.Vector(Dim.Hidden), "Uniform", Dim.Hidden),
        ]);
        CellBinding.FixedInput(Named(Carried(typeof(Embedding)))).ShouldBe(1);
        CellBinding.FixedInput(rnn).ShouldBeNull();
    }

    [Fact]
    public void Numbers_and_named_arguments_are_read_as_the_compiler_means_them()
    {
        CellEquations wordy = Consumer.Build(GoodSources.All["a cell with every word"]).Cell("Wordy").ShouldNotBeNull();

        CellGraph named = Named(wordy);
        named.Body.Ops.Where(op => op.Kind == OpKind.Constant).Select(op => op.Constant).Distinct().Order().ShouldBe([-1.5, 0.125, 0.5, 1]);
        named.Parameters[0].Shape.ShouldBe(Shape.Matrix(new Dim("ranks"), Dim.Hidden));
        named.Parameters[1].Shape.ShouldBe(Shape.Matrix(Dim.Hidden, new Dim("ranks")));
        wordy.Tensors.Select(tensor => tensor.Name).ShouldBe(["down", "U", "W", "b"]);
    }

    [Fact]
    public void A_cell_that_the_assembly_cannot_name_carries_no_graph_and_still_runs_in_a_network()
    {
        Consumer consumer = Consumer.Build(
            """
            using Recurrent;
            public partial class Outer
            {
                [Cell] private struct Hidden { public static Vec Step(Vec x, Vec h) => h; }
                [Network(Input = 1), Layer<Hidden>(2)] private partial class Policy;
            }
            """);

        consumer.Sources.Keys.ShouldNotContain(name => name.EndsWith(".Graph.g.cs", StringComparison.Ordinal));
        consumer.Network("Outer+Policy").ShouldNotBeNull();
    }

    private static CellGraph Named(CellEquations cell) =>
        CellBindingTests.Bound(cell, [], cell.Settings.ToDictionary(setting => setting.Name, _ => 0.0));

    private static string Text(Type cell) => typeof(Vec).Assembly.GetCustomAttributes<CellGraphAttribute>().Single(attribute => attribute.Cell == cell).Graph;

    private static CellEquations Carried(Type cell) => GraphText.Parse(Text(cell));
}
