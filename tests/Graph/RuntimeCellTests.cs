using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Transform;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

/// <summary>The graphs of all cells that the runtime has, with every activation, against the equations that they were read from.</summary>
public class RuntimeCellTests
{
    private const int Input = 3;
    private const int Hidden = 4;
    private const int Rows = 5;

    public static TheoryData<Type, string> Cells()
    {
        TheoryData<Type, string> data = [];
        foreach (CellGraphAttribute attribute in typeof(Vec).Assembly.GetCustomAttributes<CellGraphAttribute>())
        {
            foreach (string activation in GraphText.Parse(attribute.Graph).Settings.Count > 0 ? Enum.GetNames<Activation>() : [""])
            {
                data.Add(attribute.Cell, activation);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_graph_printed_and_parsed_back_gives_the_numbers_that_calling_the_equations_gives(Type type, string activation)
    {
        CellGraph cell = Bound(GraphText.Parse(GraphText.Print(Carried(type))), activation);
        Random random = new(3);
        double[] Draw(int length) => [.. Enumerable.Range(0, length).Select(_ => (2 * random.NextDouble()) - 1)];
        Leaves leaves = new()
        {
            Input = CellBinding.IsLookup(cell) ? [2] : Draw(Input),
            States = [.. cell.States.Select(_ => Draw(Hidden))],
            Parameters = [.. cell.Parameters.Select(parameter => Draw(parameter.Shape.Length))],
        };

        double[][] given = GraphInterpreter.Outputs(cell.Body, leaves);

        Vec[] called = Call(type, cell, activation, leaves);
        GraphOutput[] outputs = [.. cell.Body.Outputs];
        for (int i = 0; i < outputs.Length; i++)
        {
            Vec wanted = called[outputs[i].Kind == OutputKind.Output ? 0 : outputs[i].Index];
            given[i].Length.ShouldBe(wanted.Length);
            for (int element = 0; element < wanted.Length; element++)
            {
                given[i][element].ShouldBe(wanted[element], 1e-14);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_gradient_over_time_is_the_limit_of_differences_for_every_parameter_state_and_input(Type type, string activation)
    {
        CellGraph cell = Bound(Carried(type), activation);
        OpGraph forward = SumOrder.Apply(cell.Body);
        OpGraph backward = SumOrder.Apply(Differentiate.Apply(forward, cell.Parameters.Count));
        (OpGraph record, OpGraph fromTape) = Checkpoint.Apply(forward, backward);
        Shape input = Shape.Vector(CellBinding.IsLookup(cell) ? 1 : Input);
        Shape[] states = [.. cell.States.Select(_ => Shape.Vector(Hidden))];
        DifferentiateUnrolled unrolled = new(cell.Body, input, states, [.. cell.Parameters.Select(parameter => parameter.Shape)], seed: 11);

        unrolled.ShouldBeTheGradient(forward, unrolled.Backward(record, fromTape));
    }

    private static CellEquations Carried(Type cell) =>
        GraphText.Parse(typeof(Vec).Assembly.GetCustomAttributes<CellGraphAttribute>().Single(attribute => attribute.Cell == cell).Graph);

    private static CellGraph Bound(CellEquations cell, string activation)
    {
        Dictionary<string, double> settings = cell.Settings.ToDictionary(setting => setting.Name, _ => (double)(int)Enum.Parse<Activation>(activation));
        CellGraph named = CellBindingTests.Bound(cell, [], settings);
        Dictionary<string, int> sizes = CellBinding.Dimensions(named).Concat(CellBinding.Fans(named)).Distinct().ToDictionary(
            name => name,
            name => name switch { "input" => CellBinding.FixedInput(named) ?? Input, "hidden" => Hidden, _ => Rows });
        return CellBindingTests.Bound(cell, sizes, settings);
    }

    private static Vec[] Call(Type type, CellGraph cell, string activation, Leaves leaves)
    {
        int parameter = 0;
        IEnumerable<object> arguments = type.GetMethod("Step")!.GetParameters().Select((argument, position) =>
        {
            if (argument.ParameterType == typeof(Activation))
            {
                return Enum.Parse<Activation>(activation);
            }

            if (position <= cell.States.Count)
            {
                return new Vec(position == 0 ? leaves.Input : leaves.States[position - 1]);
            }

            Shape shape = cell.Parameters[parameter].Shape;
            double[] values = leaves.Parameters[parameter++];
            return (object)(shape.Rank == 1 ? new Vec(values) : new Mat(shape.Rows.Size, shape.Columns.Size, values));
        });
        object result = type.GetMethod("Step")!.Invoke(null, arguments.ToArray())!;
        return result is ITuple tuple ? [.. Enumerable.Range(0, tuple.Length).Select(i => (Vec)tuple[i]!)] : [(Vec)result];
    }
}
