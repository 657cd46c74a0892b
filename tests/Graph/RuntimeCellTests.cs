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

/// <summary>The graphs of all cells that the runtime has, with every member and flag of their settings, against the equations that they were read from.</summary>
public class RuntimeCellTests
{
    private const int Input = 3;
    private const int Hidden = 4;
    private const int Rows = 5;

    /// <summary>Every cell, as often as it takes for every setting to have each of its values.</summary>
    public static TheoryData<Type, int> Cells()
    {
        TheoryData<Type, int> data = [];
        foreach (CellGraphAttribute attribute in typeof(Vec).Assembly.GetCustomAttributes<CellGraphAttribute>())
        {
            CellSetting[] settings = [.. GraphText.Parse(attribute.Graph).Settings];
            int flags = 1 << settings.Count(setting => setting.Kind == SettingKind.Flag);
            int members = settings.Where(setting => setting.Kind == SettingKind.Choice)
                .Select(setting => Enum.GetValues(Argument(attribute.Cell, setting.Name).ParameterType).Length)
                .Append(1)
                .Max();
            for (int turn = 0; turn < Math.Max(flags, members); turn++)
            {
                data.Add(attribute.Cell, turn);
            }
        }

        return data;
    }

    /// <summary>Numbers that choose other equations than their defaults do: bounds, windows, ranks and groups.</summary>
    public static TheoryData<Type, string> Variants() => new()
    {
        { typeof(Rnn), "clip = 0.4" },
        { typeof(Gru), "clip = 0.3" },
        { typeof(Lstm), "clip = 0.4" },
        { typeof(Lstm), "cellClip = 0.3" },
        { typeof(Lstm), "projection = 3" },
        { typeof(Lstm), "projection = 2, peepholes = 1, coupledInputForget = 1, layerNorm = 1, cellClip = 0.5" },
        { typeof(Qrnn), "window = 1" },
        { typeof(Qrnn), "window = 4" },
        { typeof(SelectiveStateSpace), "rank = 2" },
        { typeof(MLstm), "keySize = 3" },
        { typeof(GatedDeltaNet), "keySize = 3, valueSize = 2" },
        { typeof(Conv1d), "kernel = 1" },
        { typeof(Conv1d), "kernel = 3, dilation = 2" },
        { typeof(Conv1d), "kernel = 2, stride = 2" },
        { typeof(Conv1d), "kernel = 2, groups = 3, hidden = 6" },
        { typeof(Conv1d), "kernel = 2, groups = 3, hidden = 3, stride = 3, dilation = 2" },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_graph_printed_and_parsed_back_gives_the_numbers_that_calling_the_equations_gives(Type type, int turn) => CheckValues(type, Settings(type, turn));

    [Theory]
    [MemberData(nameof(Variants))]
    public void So_does_the_graph_of_a_variant_that_a_number_chooses(Type type, string given) => CheckValues(type, Settings(type, given));

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_gradient_over_time_is_the_limit_of_differences_for_every_parameter_state_and_input(Type type, int turn) =>
        CheckGradient(type, Settings(type, turn));

    [Theory]
    [MemberData(nameof(Variants))]
    public void So_is_the_gradient_of_a_variant_that_a_number_chooses(Type type, string given) => CheckGradient(type, Settings(type, given));

    private static void CheckValues(Type type, Dictionary<string, double> settings)
    {
        CellGraph cell = Bound(GraphText.Parse(GraphText.Print(Carried(type))), settings);
        Random random = new(3);
        double[] Draw(int length) => [.. Enumerable.Range(0, length).Select(_ => (2 * random.NextDouble()) - 1)];
        Leaves leaves = new()
        {
            Input = CellBinding.IsLookup(cell) ? [2] : Draw(Input),
            States = [.. cell.States.Select((_, state) => Draw(CellBinding.StateShape(cell, state).Length))],
            Parameters = [.. cell.Parameters.Select(parameter => Draw(parameter.Shape.Length).Select(value => Middle(parameter) + value).ToArray())],
        };

        double[][] given = GraphInterpreter.Outputs(cell.Body, leaves);

        (double[] output, double[][] next) = Call(type, cell, settings, leaves);
        GraphOutput[] outputs = [.. cell.Body.Outputs];
        for (int i = 0; i < outputs.Length; i++)
        {
            double[] wanted = outputs[i].Kind == OutputKind.Output ? output : next[outputs[i].Index];
            given[i].Length.ShouldBe(wanted.Length);
            for (int element = 0; element < wanted.Length; element++)
            {
                given[i][element].ShouldBe(wanted[element], 1e-14 * Math.Max(1, Math.Abs(wanted[element])));
            }
        }
    }

    private static void CheckGradient(Type type, Dictionary<string, double> settings)
    {
        CellGraph cell = Bound(Carried(type), settings);
        OpGraph forward = SumOrder.Apply(cell.Body);
        OpGraph backward = SumOrder.Apply(Differentiate.Apply(forward, cell.Parameters.Count));
        (OpGraph record, OpGraph fromTape) = Checkpoint.Apply(forward, backward);
        Shape input = Shape.Vector(CellBinding.IsLookup(cell) ? 1 : Input);
        Shape[] states = [.. cell.States.Select((_, state) => CellBinding.StateShape(cell, state))];
        DifferentiateUnrolled unrolled = new(cell.Body, input, states, [.. cell.Parameters.Select(parameter => parameter.Shape)], seed: 11, [.. cell.Parameters.Select(Middle)]);

        unrolled.ShouldBeTheGradient(forward, unrolled.Backward(record, fromTape));
    }

    /// <summary>What starts at 1 must stay greater than 0: a variance does.</summary>
    private static double Middle(CellParameter parameter) => parameter.Initializer == "Ones" ? 1.5 : 0;

    private static CellEquations Carried(Type cell) =>
        GraphText.Parse(typeof(Vec).Assembly.GetCustomAttributes<CellGraphAttribute>().Single(attribute => attribute.Cell == cell).Graph);

    private static ParameterInfo Argument(Type cell, string name) => cell.GetMethod("Step")!.GetParameters().Single(argument => argument.Name == name);

    /// <summary>Choices and flags take turns; numbers are what they are by default.</summary>
    private static Dictionary<string, double> Settings(Type type, int turn)
    {
        // Each choice is another one: an LSTM whose gates are all ThresholdedRelu gives 0.
        int flag = 0;
        int choice = 0;
        return Carried(type).Settings.ToDictionary(setting => setting.Name, setting => setting.Kind switch
        {
            SettingKind.Flag => (turn >> flag++) & 1,
            SettingKind.Choice => (turn + (5 * choice++)) % Enum.GetValues(Argument(type, setting.Name).ParameterType).Length,
            _ => setting.Default ?? 2,
        });
    }

    /// <summary>What is given, and <c>hidden</c> where it is; else the defaults.</summary>
    private static Dictionary<string, double> Settings(Type type, string given)
    {
        Dictionary<string, double> settings = Carried(type).Settings.ToDictionary(setting => setting.Name, setting => setting.Default ?? (double)Activation.Tanh);
        foreach (string[] pair in given.Split(", ").Select(part => part.Split(" = ")))
        {
            (pair[0] == "hidden" || settings.ContainsKey(pair[0])).ShouldBeTrue($"{type} has no '{pair[0]}'.");
            settings[pair[0]] = double.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture);
        }

        return settings;
    }

    private static CellGraph Bound(CellEquations cell, Dictionary<string, double> settings)
    {
        CellGraph named = CellBindingTests.Bound(cell, [], settings);
        Dictionary<string, int> sizes = CellBinding.Dimensions(named).Concat(CellBinding.Fans(named)).Distinct().ToDictionary(
            name => name,
            name => name switch { "input" => CellBinding.FixedInput(named) ?? Input, "hidden" => (int)settings.GetValueOrDefault("hidden", Hidden), _ => Rows });
        return CellBindingTests.Bound(cell, sizes, settings);
    }

    private static (double[] Output, double[][] Next) Call(Type type, CellGraph cell, Dictionary<string, double> settings, Leaves leaves)
    {
        MethodInfo step = type.GetMethod("Step")!;
        ParameterInfo[] wanted = step.GetParameters();
        object?[] arguments = [.. wanted.Select((argument, position) =>
            position == 0 ? new Vec(leaves.Input)
            : position <= cell.States.Count ? Value(argument, CellBinding.StateShape(cell, position - 1), leaves.States[position - 1])
            : settings.TryGetValue(argument.Name!, out double setting) ? Setting(argument.ParameterType, setting)
            : Parameter(argument, cell, leaves))];
        object result = step.Invoke(null, arguments)!;
        double[][] results = result is ITuple tuple ? [.. Enumerable.Range(0, tuple.Length).Select(i => Numbers(tuple[i]!))] : [Numbers(result)];

        // The results that have names of parameters are the next states, else all are.
        string?[] names = [.. step.ReturnParameter.GetCustomAttribute<TupleElementNamesAttribute>()?.TransformNames ?? []];
        bool isNamed = names.Any(name => wanted.Any(argument => argument.Name == name));
        return (results[0], [.. cell.States.Select((_, state) => results[isNamed ? Array.IndexOf(names, wanted[1 + state].Name) : state])]);
    }

    /// <summary>A learned parameter; nothing where the settings leave it out.</summary>
    private static object? Parameter(ParameterInfo argument, CellGraph cell, Leaves leaves)
    {
        for (int i = 0; i < cell.Parameters.Count; i++)
        {
            if (cell.Parameters[i].Name == argument.Name)
            {
                return Value(argument, cell.Parameters[i].Shape, leaves.Parameters[i]);
            }
        }

        return argument.ParameterType == typeof(double) ? 0.0 : null;
    }

    private static object Setting(Type type, double number) =>
        type.IsEnum ? Enum.GetValues(type).GetValue((int)number)! : Convert.ChangeType(number, type, System.Globalization.CultureInfo.InvariantCulture);

    private static object Value(ParameterInfo argument, Shape shape, double[] values) =>
        argument.ParameterType == typeof(double) ? values.Single()
        : argument.ParameterType == typeof(Vec) ? new Vec(values)
        : new Mat(shape.Rows.Size, shape.Columns.Size, values);

    private static double[] Numbers(object value) => value switch
    {
        Vec vector => vector.AsSpan().ToArray(),
        Mat matrix => matrix.AsSpan().ToArray(),
        _ => [(double)value],
    };
}
