using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Pipeline;

public class NetworkParserTests
{
    [Fact]
    public void A_network_is_read_with_its_layers_in_order_and_their_default_names()
    {
        NetworkSpec network = Consumer.Build(GoodSources.All["quick start"]).Network("Policy").ShouldNotBeNull();

        network.Class.ShouldBe(new ClassSpec("", EquatableArray<string>.Empty, "Policy"));
        network.InputSize.ShouldBe(22);
        network.Layers.Select(layer => (layer.Name, layer.Kind, layer.InputSize, layer.OutputSize))
            .ShouldBe([("dense0", "Dense", 22, 16), ("gru1", "Gru", 16, 16), ("dense2", "Dense", 16, 4)]);
    }

    [Fact]
    public void An_attribute_is_found_although_a_struct_has_the_name_that_the_user_writes()
    {
        NetworkSpec network = Consumer.Build("using Recurrent; [Network(Input = 1), Gru(2), Lstm(3)] partial class Policy;").Network("Policy").ShouldNotBeNull();

        network.Layers.Select(layer => layer.Cell.Name).ShouldBe(["Gru", "Lstm"]);
    }

    [Fact]
    public void Every_dimension_is_bound_and_every_activation_settled()
    {
        NetworkSpec network = Consumer.Build(GoodSources.All["every built-in layer"]).Network("Some.Space.Everything").ShouldNotBeNull();

        foreach (LayerSpec layer in network.Layers)
        {
            CellBinding.Dimensions(layer.Cell).ShouldBeEmpty();
            layer.Cell.Body.Ops.ShouldAllBe(op => op.Kind != OpKind.Setting && op.Kind != OpKind.When && op.Kind != OpKind.Otherwise);
        }

        network.Layers.Select(layer => layer.Name).ShouldBe(["embedding0", "first", "rnn2", "lstm3", "gru4", "dense5"]);
        network.Layers[0].Cell.Parameters.Single().Shape.ShouldBe(Shape.Matrix(50, 8));
        Result(network.Layers[1]).Kind.ShouldBe(OpKind.Relu);
        Result(network.Layers[2]).Kind.ShouldBe(OpKind.Add);
        Result(network.Layers[5]).Kind.ShouldBe(OpKind.Sigmoid);
        network.Layers[5].Cell.Parameters.Select(parameter => parameter.Fan).ShouldAllBe(fan => fan == new Dim(4));
    }

    [Fact]
    public void A_layer_of_ones_own_binds_its_arguments_by_name()
    {
        NetworkSpec network = Consumer.Build(GoodSources.All["a cell with every word"]).Network("Policy").ShouldNotBeNull();

        network.Layers.Select(layer => layer.Cell.Parameters[0].Shape).ShouldBe([Shape.Matrix(3, 4), Shape.Matrix(2, 5)]);
        network.Layers.Select(layer => layer.Cell.Body.Ops.Single(op => op.Kind == OpKind.Sigmoid || layer.Cell.Body.Names[layer.Cell.Body.Ops.ToList().IndexOf(op)] == "a").Kind)
            .ShouldBe([OpKind.Sigmoid, OpKind.Tanh]);
    }

    [Fact]
    public void A_nested_class_comes_with_the_headers_of_the_types_around_it()
    {
        ClassSpec type = Consumer.Build(GoodSources.All["nested, with other members and interfaces"]).Network("A.B.Outer+Middle+Inner").ShouldNotBeNull().Class;

        type.Namespace.ShouldBe("A.B");
        type.ContainingTypes.ShouldBe(["partial class Outer", "partial record struct Middle"]);
        type.FileName.ShouldBe("A.B.Outer+Middle+Inner");
    }

    [Fact]
    public void Names_that_are_keywords_are_escaped()
    {
        ClassSpec type = Consumer.Build(GoodSources.All["keywords and unicode"]).Network("namespace.Größe.class").ShouldNotBeNull().Class;

        type.Namespace.ShouldBe("@namespace.Größe");
        type.Name.ShouldBe("@class");
        type.FileName.ShouldBe("namespace.Größe.class");
    }

    [Fact]
    public void Classes_whose_names_differ_in_case_alone_get_files_that_differ_in_more()
    {
        Consumer consumer = Consumer.Build(GoodSources.All["names that differ in case alone"]);

        consumer.Network("Policy")!.Class.FileName.ToUpperInvariant().ShouldNotBe(consumer.Network("POLICY")!.Class.FileName.ToUpperInvariant());
    }

    private static Op Result(LayerSpec layer) => layer.Cell.Body.Ops[layer.Cell.Body.Outputs.Single(output => output.Kind == OutputKind.Output).Value];
}
