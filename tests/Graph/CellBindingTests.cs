using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

public class CellBindingTests
{
    private static readonly Dictionary<string, int> Sizes = new() { ["input"] = 3, ["hidden"] = 5 };

    [Theory]
    [InlineData("Relu", OpKind.Relu)]
    [InlineData("Sigmoid", OpKind.Sigmoid)]
    [InlineData("Tanh", OpKind.Tanh)]
    public void A_setting_becomes_its_function(string activation, OpKind kind)
    {
        CellGraph cell = CellBinding.Bind(Carried(typeof(Dense)), Sizes, Activation(activation));

        cell.Body.Ops[^1].ShouldBe(new Op(kind, cell.Body.Ops.Count - 2, Shape.Vector(5)));
        cell.Body.Ops.Count.ShouldBe(Carried(typeof(Dense)).Body.Ops.Count);
    }

    [Fact]
    public void The_linear_activation_leaves_its_operand()
    {
        CellGraph cell = CellBinding.Bind(Carried(typeof(Dense)), Sizes, Activation("Linear"));

        cell.Body.Ops.Count.ShouldBe(Carried(typeof(Dense)).Body.Ops.Count - 1);
        cell.Body.Outputs.ShouldBe([new GraphOutput(OutputKind.Output, 0, cell.Body.Ops.Count - 1)]);
        cell.Body.Ops[^1].Kind.ShouldBe(OpKind.Add);
    }

    [Fact]
    public void Values_behind_a_linear_activation_keep_their_operands_and_names()
    {
        CellGraph cell = Carried(typeof(Dense)) with
        {
            Body = new OpGraph(
                new([
                    new(OpKind.Input, -1, Shape.Vector(Dim.Input)),
                    new(OpKind.Negate, 0, Shape.Vector(Dim.Input)),
                    new(OpKind.Activate, 1, 0, Shape.Vector(Dim.Input)),
                    new(OpKind.Multiply, 2, 1, Shape.Vector(Dim.Input)),
                ]),
                new(["x", "", "gate", "y"]),
                new([new(OutputKind.Output, 0, 3)])),
        };

        OpGraph body = CellBinding.Bind(cell, Sizes, Activation("Linear")).Body;

        body.Ops.Select(op => (op.Kind, op.A, op.B)).ShouldBe([(OpKind.Input, -1, -1), (OpKind.Negate, 0, -1), (OpKind.Multiply, 1, 1)]);
        body.Names.ShouldBe(["x", "gate", "y"]);
        body.Outputs.ShouldBe([new GraphOutput(OutputKind.Output, 0, 2)]);
    }

    [Fact]
    public void A_missing_size_or_setting_and_a_setting_that_does_not_exist_are_named()
    {
        CellGraph dense = Carried(typeof(Dense));

        Should.Throw<ArgumentException>(() => CellBinding.Bind(dense, new Dictionary<string, int> { ["input"] = 1 }, Activation("Tanh"))).Message.ShouldContain("'hidden'");
        Should.Throw<ArgumentException>(() => CellBinding.Bind(dense, Sizes, new Dictionary<string, string>())).Message.ShouldContain("'activation'");
        Should.Throw<ArgumentException>(() => CellBinding.Bind(dense, Sizes, Activation("Swish"))).Message.ShouldContain("'Swish' is no activation");
    }

    [Theory]
    [InlineData(nameof(Recurrent.Activation.Linear))]
    [InlineData(nameof(Recurrent.Activation.Relu))]
    [InlineData(nameof(Recurrent.Activation.Sigmoid))]
    [InlineData(nameof(Recurrent.Activation.Tanh))]
    public void An_activation_can_be_bound(string name) => CellBinding.IsActivation(name).ShouldBeTrue();

    private static Dictionary<string, string> Activation(string value) => new() { ["activation"] = value };

    private static CellGraph Carried(Type cell) => GraphText.Parse(
        typeof(Vec).Assembly.GetCustomAttributes<CellGraphAttribute>().Single(attribute => attribute.Cell == cell).Graph);
}
