using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Recurrent.Tests.Numerics.Reference;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>Recurrent cells of the runtime against their papers, written anew as loops over arrays.</summary>
public class GatedCellTests
{
    private const int Steps = 20;
    private const int Size = 19;

    private static readonly Case[] Cases =
    [
        new("Jordan", "Size, 23, Recurrent.Activation.Tanh, Recurrent.Activation.Sigmoid", 5, p => new PaperJordan(p, Size), ("activation", Activation.Tanh), ("outputActivation", Activation.Sigmoid)),
        new("IndRnn", "Size", 5, p => new PaperIndRnn(p, Size), ("activation", Activation.Relu)),
        new("Ugrnn", "Size", 5, p => new PaperUgrnn(p, Size)),
        new("Mgu", "Size", 5, p => new PaperMgu(p, Size)),
        new("Sru", "Size, 1.5", 5, p => new PaperSru(p, Size, 1.5), ("skipScale", 1.5)),
        new("Sru", "Size", Size, p => new PaperSru(p, Size, 1), ("skipScale", 1.0)) { Without = ["Wh"] },
        new("Qrnn", "Size, 1", 5, p => new PaperQrnn(p, 5, Size, 1), ("window", 1)),
        new("Qrnn", "Size", 5, p => new PaperQrnn(p, 5, Size, 2), ("window", 2)),
        new("Qrnn", "Size, 4", 3, p => new PaperQrnn(p, 3, Size, 4), ("window", 4)),
        new("LiGru", "Size", 5, p => new PaperLiGru(p, Size, false), ("scaled", false)) { Without = ["sz", "sh"] },
        new("LiGru", "Size, scaled: true", 5, p => new PaperLiGru(p, Size, true), ("scaled", true)),
        new("MinGru", "Size", 5, p => new PaperMinGru(p, Size, false), ("positive", false)),
        new("MinGru", "Size, positive: true", 5, p => new PaperMinGru(p, Size, true), ("positive", true)),
        new("MinLstm", "Size", 5, p => new PaperMinLstm(p, Size, false), ("positive", false)),
        new("MinLstm", "Size, positive: true", 5, p => new PaperMinLstm(p, Size, true), ("positive", true)),
        new("FastGrnn", "Size", 5, p => new PaperFastGrnn(p, Size)),
        new("AntisymmetricRnn", "Size", 5, p => new PaperAntisymmetricRnn(p, Size, 0.1, 0.01, false), ("epsilon", 0.1), ("gamma", 0.01), ("gated", false)) { Without = ["Vz", "bz"] },
        new("AntisymmetricRnn", "Size, 0.5, 0.25, true", 5, p => new PaperAntisymmetricRnn(p, Size, 0.5, 0.25, true), ("epsilon", 0.5), ("gamma", 0.25), ("gated", true)),
    ];

    private static readonly Lazy<CompiledNetwork[]> Compiled = new(() =>
    {
        NetworkDeclaration[] declarations = [.. Cases.Select((row, i) => new NetworkDeclaration(
            $"Paper{row.Cell}{i}", row.Input, $"Recurrent.{row.Cell}({row.Arguments.Replace("Size", Size.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)}, Name = \"layer\")"))];
        Dictionary<string, CompiledNetwork> compiled = CompiledNetwork.Compile(declarations);
        return [.. declarations.Select(declaration => compiled[declaration.Name])];
    });

    public static TheoryData<int, string> Rows
    {
        get
        {
            TheoryData<int, string> rows = [];
            for (int i = 0; i < Cases.Length; i++)
            {
                rows.Add(i, $"{Cases[i].Cell}({Cases[i].Arguments}), input {Cases[i].Input}");
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_compiled_network_gives_what_the_paper_gives(int index, string cell)
    {
        CompiledNetwork network = Compiled.Value[index];
        float[] parameters = network.Parameters();
        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            PaperCell paper = Cases[index].Paper(Parameters(network, parameters));
            using Network compiled = network.Class.Create(parameters, instructionSet);
            float[] state = new float[network.Class.StateSize];
            float[] output = new float[Size];
            foreach (double[] input in Inputs(Cases[index].Input))
            {
                compiled.Step([.. input.Select(value => (float)value)], state, output);

                Bits.ShouldBeNear(output, paper.Step(input), 1e-5, $"{cell} on {instructionSet}: output");
                Bits.ShouldBeNear(state, paper.State, 1e-5, $"{cell} on {instructionSet}: state");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_equations_give_what_the_paper_gives(int index, string cell)
    {
        CompiledNetwork network = Compiled.Value[index];
        Dictionary<string, double[]> parameters = Parameters(network, network.Parameters());
        PaperCell paper = Cases[index].Paper(parameters);
        MethodInfo step = StepOf(Cases[index].Cell);
        double[][] states = new double[StatesOf(step).Length][];
        for (int t = 0; t < Steps; t++)
        {
            double[] input = Inputs(Cases[index].Input)[t];
            double[] output = Call(step, index, parameters, input, states);

            Near(output, paper.Step(input), $"{cell}: output of step {t}");
            Near([.. states.SelectMany(state => state)], paper.State, $"{cell}: state of step {t}");
        }
    }

    /// <summary>Numbers that a float holds exactly, so that both sides read the same.</summary>
    private static double[][] Inputs(int size)
    {
        Random random = new(5);
        return [.. Enumerable.Range(0, Steps).Select(_ => Enumerable.Range(0, size).Select(_ => (double)(float)((4 * random.NextDouble()) - 2)).ToArray())];
    }

    private static MethodInfo StepOf(string cell) => typeof(Vec).Assembly.GetType("Recurrent." + cell, throwOnError: true)!.GetMethod("Step")!;

    /// <summary>The states are the parameters that the results are named after, or as many as there are results.</summary>
    private static string[] StatesOf(MethodInfo step)
    {
        string[] parameters = [.. step.GetParameters().Select(parameter => parameter.Name!)];
        return step.ReturnParameter.GetCustomAttribute<TupleElementNamesAttribute>() is { } names
            ? [.. names.TransformNames.Where(name => parameters.Contains(name)).Select(name => name!)]
            : [parameters[1]];
    }

    /// <summary>The cell's parameters by name, out of the tensors that they are stacked in.</summary>
    private static Dictionary<string, double[]> Parameters(CompiledNetwork network, float[] values)
    {
        Case row = Cases[Array.IndexOf(Compiled.Value, network)];
        MethodInfo step = StepOf(row.Cell);
        Dictionary<string, double[]> parameters = [];
        foreach (TensorInfo tensor in network.Class.Parameters)
        {
            string name = tensor.Name["layer.".Length..];
            string[] parts = step.GetCustomAttributes<TensorAttribute>().FirstOrDefault(attribute => attribute.Name == name)?.Parts ?? [name];
            int at = tensor.Offset;
            foreach (string part in parts.Except(row.Without))
            {
                int length = tensor.Length / parts.Except(row.Without).Count();
                parameters.Add(part, Bits.ToDouble(values.AsSpan(at, length)));
                at += length;
            }
        }

        return parameters;
    }

    private static double[] Call(MethodInfo step, int index, Dictionary<string, double[]> parameters, double[] input, double[][] states)
    {
        string[] names = StatesOf(step);
        object?[] arguments = [.. step.GetParameters().Select((parameter, position) =>
            position == 0 ? new Vec(input)
            : position <= names.Length ? new Vec(states[position - 1] ??= new double[Cases[index].StateSize(position - 1)])
            : Cases[index].Settings.TryGetValue(parameter.Name!, out object? setting) ? setting
            : !parameters.TryGetValue(parameter.Name!, out double[]? values) ? null
            : parameter.ParameterType == typeof(double) ? values.Single()
            : parameter.ParameterType == typeof(Vec) ? new Vec(values)
            : (object)Matrix(parameter.Name!, values, index))];
        object result = step.Invoke(null, arguments)!;
        object[] results = result is ITuple tuple ? [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i]!)] : [result];
        for (int i = 0; i < states.Length; i++)
        {
            states[i] = ((Vec)results[results.Length - states.Length + i]).AsSpan().ToArray();
        }

        return ((Vec)results[0]).AsSpan().ToArray();
    }

    private static Mat Matrix(string name, double[] values, int index)
    {
        TensorAttribute? stack = StepOf(Cases[index].Cell).GetCustomAttributes<TensorAttribute>().FirstOrDefault(attribute => attribute.Parts.Contains(name));
        TensorInfo tensor = Compiled.Value[index].Class.Parameters.ToArray().Single(tensor => tensor.Name == "layer." + (stack?.Name ?? name));
        return new Mat(values.Length / tensor.Shape.Columns, tensor.Shape.Columns, values);
    }

    private static void Near(double[] actual, double[] expected, string what)
    {
        actual.Length.ShouldBe(expected.Length, what);
        for (int i = 0; i < actual.Length; i++)
        {
            actual[i].ShouldBe(expected[i], 1e-12 * Math.Max(1, Math.Abs(expected[i])), $"{what} [{i}]");
        }
    }

    /// <summary>A layer, and what its paper says.</summary>
    /// <param name="Cell">The cell's name, which is the attribute's.</param>
    /// <param name="Arguments">The attribute's arguments; <c>Size</c> is the size of all.</param>
    /// <param name="Input">Floats that a time step reads.</param>
    /// <param name="Paper">The paper's cell with parameters.</param>
    /// <param name="Given">What the arguments settle.</param>
    private sealed record Case(
        string Cell, string Arguments, int Input, Func<IReadOnlyDictionary<string, double[]>, PaperCell> Paper, params (string Name, object Value)[] Given)
    {
        public Dictionary<string, object> Settings { get; } = Given.ToDictionary(setting => setting.Name, setting => setting.Value);

        /// <summary>Parameters that the settings leave out.</summary>
        public string[] Without { get; init; } = [];

        /// <summary>A second state is the last inputs of a window.</summary>
        public int StateSize(int state) => state == 0 ? Size : Math.Max(1, ((int)Settings["window"] - 1) * Input);
    }
}
