using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Xunit;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Cells whose memory is a matrix, or kept on a scale of its own, against their papers: the equations as they are called, and compiled networks.</summary>
public class MemoryCellTests
{
    private const int Steps = 12;

    /// <summary>Relative to the greatest element of the state, or of all outputs.</summary>
    private const double EquationTolerance = 1e-12;

    private const double NetworkTolerance = 1e-5;

    /// <summary>The size at which arguments of the attributes have other values than they have by default.</summary>
    private const int SizeWithOptions = 5;

    private static readonly (int Input, int Hidden)[] Sizes = [(3, 1), (2, 5), (7, 19)];

    private static readonly Case[] Cases = [.. Sizes.SelectMany(size => Of(size.Input, size.Hidden))];

    private static readonly Lazy<IReadOnlyDictionary<string, CompiledNetwork>> Compiled = new(() =>
        CompiledNetwork.Compile([.. Cases.Select(one => new NetworkDeclaration(one.Name, one.Input, one.Layer))]));

    /// <summary>Each with parameters as everywhere, and with ones whose exponentials are out of the range of floats.</summary>
    public static TheoryData<string, float> All
    {
        get
        {
            TheoryData<string, float> rows = [];
            foreach (Case one in Cases)
            {
                rows.Add(one.Name, 1);
                if (one.HasExponentialGates)
                {
                    rows.Add(one.Name, 60);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Equations_from_a_state_of_zeros_are_those_of_the_paper(string name, float gateScale)
    {
        (Case one, Dictionary<string, CellParameter> parameters, double[][] inputs, _) = Start(name, gateScale);
        PaperCell paper = one.Paper(Values(parameters));
        CalledCell called = new(one.Cell, one.States, parameters, one.Settings);
        double greatest = Greatest(one, parameters, inputs);
        for (int step = 0; step < Steps; step++)
        {
            ShouldBeNear(called.Step(inputs[step]), paper.Step(inputs[step]), EquationTolerance * greatest, $"step {step}: output");
            ShouldBeNear(paper.StateOf(called.State), paper.State, EquationTolerance * paper.State.Max(Math.Abs), $"step {step}: state");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Networks_from_a_state_of_zeros_give_what_the_paper_gives(string name, float gateScale)
    {
        (Case one, Dictionary<string, CellParameter> parameters, double[][] inputs, float[] flat) = Start(name, gateScale);
        NetworkClass network = Compiled.Value[name].Class;
        double tolerance = NetworkTolerance * gateScale;
        double greatest = Greatest(one, parameters, inputs);
        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            PaperCell paper = one.Paper(Values(parameters));
            using Network compiled = network.Create(flat, instructionSet);
            float[] state = new float[network.StateSize];
            float[] output = new float[network.OutputSize];
            for (int step = 0; step < Steps; step++)
            {
                compiled.Step([.. inputs[step].Select(value => (float)value)], state, output);
                ShouldBeNear(Bits.ToDouble(output), paper.Step(inputs[step]), tolerance * greatest, $"{instructionSet}, step {step}: output");
                ShouldBeNear(paper.StateOf(Bits.ToDouble(state)), paper.State, tolerance * paper.State.Max(Math.Abs), $"{instructionSet}, step {step}: state");
            }
        }
    }

    private static double Greatest(Case one, Dictionary<string, CellParameter> parameters, double[][] inputs)
    {
        PaperCell paper = one.Paper(Values(parameters));
        return inputs.Max(input => paper.Step(input).Max(Math.Abs));
    }

    private static IEnumerable<Case> Of(int input, int hidden)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"{input}To{hidden}");
        bool hasOptions = hidden == SizeWithOptions;
        Dictionary<string, object> settings = new() { ["exponentialForget"] = hasOptions };
        yield return new Case("SLstm" + size, typeof(SLstm), input, Layer(hasOptions, $"Recurrent.SLstm({hidden}, exponentialForget: true)", $"Recurrent.SLstm({hidden})"))
        {
            States = [[hidden], [hidden], [hidden], [hidden]],
            Settings = settings,
            HasExponentialGates = true,
            Paper = parameters => new PaperSLstm(parameters, hidden, hasOptions),
        };
        int keySize = hasOptions ? hidden + 3 : hidden;
        int valueSize = hasOptions ? hidden + 5 : hidden;
        yield return new Case("MLstm" + size, typeof(MLstm), input, Layer(hasOptions, $"Recurrent.MLstm({hidden}, {keySize}, true)", $"Recurrent.MLstm({hidden})"))
        {
            States = [[hidden, keySize], [keySize], []],
            Settings = settings,
            HasExponentialGates = true,
            Paper = parameters => new PaperMLstm(parameters, hidden, keySize, hasOptions),
        };
        yield return new Case("DeltaNet" + size, typeof(GatedDeltaNet), input, Layer(hasOptions, $"Recurrent.GatedDeltaNet({hidden}, {keySize}, valueSize: {valueSize})", $"Recurrent.GatedDeltaNet({hidden})"))
        {
            States = [[valueSize, keySize]],
            Paper = parameters => new PaperGatedDeltaNet(parameters, keySize, valueSize),
        };
        yield return new Case("Rwkv" + size, typeof(Rwkv7), input, Layer(hasOptions, $"Recurrent.Rwkv7({hidden}, decayRank: 3, gateRank: 5)", $"Recurrent.Rwkv7({hidden}, 2, 4, 3)"))
        {
            States = [[input], [hidden, hidden]],
            Paper = parameters => new PaperRwkv7(parameters, input, hidden),
        };
    }

    private static string Layer(bool hasOptions, FormattableString withOptions, FormattableString without) =>
        FormattableString.Invariant(hasOptions ? withOptions : without);

    private static (Case Case, Dictionary<string, CellParameter> Parameters, double[][] Inputs, float[] Flat) Start(string name, float gateScale)
    {
        Case one = Cases.Single(candidate => candidate.Name == name);
        CompiledNetwork network = Compiled.Value[name];
        float[] flat = network.Parameters();
        foreach (TensorInfo tensor in network.Class.Parameters)
        {
            if (tensor.Name.EndsWith(".bias_l0", StringComparison.Ordinal))
            {
                // Of the gates i and f, the first two of four.
                Scale(flat.AsSpan(tensor.Offset, tensor.Length / 2), gateScale);
            }
            else if (tensor.Name.EndsWith(".wi", StringComparison.Ordinal) || tensor.Name.EndsWith(".wf", StringComparison.Ordinal))
            {
                Scale(flat.AsSpan(tensor.Offset, tensor.Length), gateScale);
            }
        }

        Random random = new(7);
        double[][] inputs = [.. Enumerable.Range(0, Steps).Select(_ => Enumerable.Range(0, one.Input).Select(_ => (double)(float)((4 * random.NextDouble()) - 2)).ToArray())];
        return (one, CellParameter.Of(one.Cell, network.Class.Parameters, flat), inputs, flat);
    }

    private static void Scale(Span<float> values, float factor)
    {
        foreach (ref float value in values)
        {
            value *= factor;
        }
    }

    private static Dictionary<string, double[]> Values(Dictionary<string, CellParameter> parameters) => parameters.ToDictionary(pair => pair.Key, pair => pair.Value.Values);

    private static void ShouldBeNear(double[] actual, double[] expected, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(actual[i] - expected[i]) <= tolerance))
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{what}[{i}] of {actual.Length} is {actual[i]:R}; the paper gives {expected[i]:R}, and {tolerance:E2} is allowed."));
            }
        }
    }

    private sealed record Case(string Name, Type Cell, int Input, string Layer)
    {
        public required int[][] States { get; init; }

        public IReadOnlyDictionary<string, object> Settings { get; init; } = new Dictionary<string, object>();

        public bool HasExponentialGates { get; init; }

        public required Func<IReadOnlyDictionary<string, double[]>, PaperCell> Paper { get; init; }
    }
}
