using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Tests.Numerics.Reference;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>What the settings of the LSTM, the GRU and the Elman network choose, against their papers in double precision.</summary>
public class VariantTests
{
    private const int Input = 3;
    private const int Steps = 6;

    /// <summary>As in <see cref="ForwardTests"/>; a normalisation divides by a deviation that may be small.</summary>
    private const double Tolerance = 1e-5;

    private static readonly (string Attribute, IPaper Paper)[] Variants =
    [
        ("Lstm(5)", new PaperLstm(5)),
        ("Lstm(5, Peepholes = true)", new PaperLstm(5) { Peepholes = true }),
        ("Lstm(17, CoupledInputForget = true)", new PaperLstm(17) { Coupled = true }),
        ("Lstm(5, CoupledInputForget = true, Peepholes = true)", new PaperLstm(5) { Coupled = true, Peepholes = true }),
        ("Lstm(9, Projection = 4)", new PaperLstm(9) { Projection = 4 }),
        ("Lstm(4, Projection = 18)", new PaperLstm(4) { Projection = 18 }),
        ("Lstm(17, LayerNorm = true)", new PaperLstm(17) { Normalised = true }),
        ("Lstm(5, Clip = 0.4)", new PaperLstm(5) { Clip = 0.4 }),
        ("Lstm(5, CellClip = 0.3)", new PaperLstm(5) { CellClip = 0.3 }),
        (
            "Lstm(5, Activation = Activation.Softsign, RecurrentActivation = Activation.HardSigmoid, RecurrentAlpha = 0.2, "
                + "OutputActivation = Activation.ScaledTanh, OutputAlpha = 1.7159, OutputBeta = 2.0 / 3)",
            new PaperLstm(5) { Candidate = x => x / (1 + Math.Abs(x)), Gate = x => Math.Clamp((0.2 * x) + 0.5, 0, 1), Output = x => 1.7159 * Math.Tanh(2 * x / 3) }),
        (
            "Lstm(7, Peepholes = true, CoupledInputForget = true, Projection = 3, LayerNorm = true, Clip = 1.5, CellClip = 0.5, ActivationAlpha = 0.3, "
                + "Activation = Activation.LeakyRelu)",
            new PaperLstm(7) { Peepholes = true, Coupled = true, Projection = 3, Normalised = true, Clip = 1.5, CellClip = 0.5, Candidate = x => x < 0 ? 0.3 * x : x }),
        ("Gru(5)", new PaperGru(5)),
        ("Gru(17, ResetAfter = false)", new PaperGru(17) { ResetAfter = false }),
        ("Gru(5, SingleBias = true)", new PaperGru(5) { SingleBias = true }),
        ("Gru(9, ResetAfter = false, SingleBias = true)", new PaperGru(9) { ResetAfter = false, SingleBias = true }),
        ("Gru(5, Clip = 0.3)", new PaperGru(5) { Clip = 0.3 }),
        (
            "Gru(5, ResetAfter = false, Clip = 0.6, Activation = Activation.Elu, ActivationAlpha = 0.7, RecurrentActivation = Activation.Affine, RecurrentAlpha = 0.2)",
            new PaperGru(5) { ResetAfter = false, Clip = 0.6, Candidate = x => x < 0 ? 0.7 * (Math.Exp(x) - 1) : x, Gate = x => 0.2 * x }),
        (
            "Gru(5, RecurrentActivation = Activation.HardSigmoid, RecurrentBeta = 0.4, Activation = Activation.ScaledTanh, ActivationBeta = 0.5)",
            new PaperGru(5) { Gate = x => Math.Clamp((x / 6) + 0.4, 0, 1), Candidate = x => Math.Tanh(0.5 * x) }),
        ("Rnn(5)", new PaperRnn(5, Math.Tanh)),
        ("Rnn(17, Activation.Tanh, Clip = 0.5)", new PaperRnn(17, Math.Tanh) { Clip = 0.5 }),
        ("Rnn(5, Activation.LeakyRelu, ActivationAlpha = 0.4)", new PaperRnn(5, x => x < 0 ? 0.4 * x : x)),
        ("Rnn(5, Activation.Affine, ActivationAlpha = 0.5, ActivationBeta = 0.1)", new PaperRnn(5, x => (0.5 * x) + 0.1)),
    ];

    private static readonly Lazy<IReadOnlyDictionary<string, (CompiledNetwork Network, IPaper Paper)>> Compiled = new(Compile);

    public static TheoryData<string> All => new(Variants.Select(variant => variant.Attribute));

    [Theory]
    [MemberData(nameof(All))]
    public void A_variant_gives_what_its_paper_says_with_the_same_bits_in_every_mode(string attribute)
    {
        (CompiledNetwork network, IPaper paper) = Compiled.Value[attribute];
        float[] inputs = network.Inputs(Steps);
        double[] expectedState = Bits.ToDouble(network.State());
        double[] expected = Run(paper, new PaperTensors(network.Class, Bits.ToDouble(network.Parameters())), Bits.ToDouble(inputs), expectedState);
        float[]? first = null;
        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            using Network compiled = network.Class.Create(network.Parameters(), instructionSet);
            float[] state = network.State();
            float[] outputs = new float[expected.Length];
            compiled.Run(inputs, state, outputs);

            Bits.ShouldBeNear(outputs, expected, Tolerance, $"{instructionSet}: outputs");
            Bits.ShouldBeNear(state, expectedState, Tolerance, $"{instructionSet}: state");
            Bits.ShouldBeSame(outputs, first ??= outputs, $"{instructionSet}: outputs");
            ForwardTests.CheckSequence(network, Steps, instructionSet);
            ForwardTests.CheckStreams(network, 5, instructionSet);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_variant_has_the_tensors_that_it_reads(string attribute)
    {
        (CompiledNetwork network, IPaper paper) = Compiled.Value[attribute];

        new PaperTensors(network.Class, []).Names.ShouldBe(paper.Tensors);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Gradients_of_a_variant_are_the_differences_of_its_paper(string attribute)
    {
        (CompiledNetwork network, IPaper paper) = Compiled.Value[attribute];
        Gradients actual = Gradients.Of(network, Steps, InstructionSets.Best);
        double[] parameters = Bits.ToDouble(network.Parameters());
        double[] state = Bits.ToDouble(network.State());
        double[] inputs = Bits.ToDouble(network.Inputs(Steps));
        float[] outputWeights = Gradients.OutputWeights(network, Steps);
        float[] stateWeights = Gradients.StateWeights(network);

        Compare("parameter", actual.Parameters, parameters);
        Compare("initial state", actual.State, state);
        Compare("input", actual.Inputs, inputs);
        RandomCellChecks.BackwardBits(network, Steps);

        double Loss()
        {
            double[] after = [.. state];
            double[] outputs = Run(paper, new PaperTensors(network.Class, parameters), inputs, after);
            return outputs.Zip(outputWeights, (y, weight) => y * weight).Sum() + after.Zip(stateWeights, (s, weight) => s * weight).Sum();
        }

        void Compare(string kind, float[] gradients, double[] values)
        {
            double[] expected = [.. Enumerable.Range(0, values.Length).Select(i => Differences.At(values, i, Loss))];
            double largest = expected.Max(Math.Abs);
            for (int i = 0; i < expected.Length; i++)
            {
                Differences.ShouldBeNear(gradients[i], expected[i], largest, $"The gradient by {kind} {i}.");
            }
        }
    }

    [Fact]
    public void Only_the_projection_changes_the_size_of_an_output()
    {
        NetworkClass network = Compiled.Value["Lstm(9, Projection = 4)"].Network.Class;

        (network.OutputSize, network.StateSize).ShouldBe((4, 13));
        network.Parameters.ToArray().Select(tensor => tensor.Shape.ToString()).ShouldBe(["[36, 3]", "[36, 4]", "[36]", "[36]", "[4, 9]"]);
    }

    private static double[] Run(IPaper paper, PaperTensors tensors, double[] inputs, double[] state) =>
        [.. inputs.Chunk(Input).SelectMany(x => paper.Step(tensors, x, state))];

    private static IReadOnlyDictionary<string, (CompiledNetwork, IPaper)> Compile()
    {
        NetworkDeclaration[] declarations = [.. Variants.Select((variant, i) => new NetworkDeclaration($"Variant{i}", Input, variant.Attribute))];
        Dictionary<string, CompiledNetwork> compiled = CompiledNetwork.Compile(declarations, "using Recurrent;\n");
        return Variants.Zip(declarations).ToDictionary(
            pair => pair.First.Attribute,
            pair => (compiled[pair.Second.Name], pair.First.Paper));
    }
}
