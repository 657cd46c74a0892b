using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Schedule;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>Networks that keep their weights in fewer bytes than floats have.</summary>
public class PrecisionTests
{
    private const int Steps = 70;

    public static TheoryData<string, InstructionSet> OnEveryInstructionSet => Precisions.OnEveryInstructionSet;

    public static TheoryData<string, Precision> Plain => Precisions.PlainNames;

    [Fact]
    public void Every_precision_has_a_format() =>
        WeightFormat.All.Select(format => format.Name).ShouldBe(Enum.GetNames<Precision>());

    [Theory]
    [MemberData(nameof(OnEveryInstructionSet))]
    public void Every_mode_gives_the_same_bits_on_every_instruction_set(string name, InstructionSet instructionSet)
    {
        CompiledNetwork network = Precisions.Get(name);
        (float[] outputs, float[] state) = Run(network, InstructionSet.Scalar, network.Parameters());
        outputs.ShouldAllBe(output => float.IsFinite(output));

        (float[] here, float[] stateHere) = Run(network, instructionSet, network.Parameters());
        Bits.ShouldBeSame(here, outputs, "Run: outputs");
        Bits.ShouldBeSame(stateHere, state, "Run: state");
        if (!network.Class.IsStreaming)
        {
            return;
        }

        foreach (int streams in (int[])[1, 5, 6])
        {
            ForwardTests.CheckStreams(network, streams, instructionSet);
        }

        List<(int Step, float[] Output, float[] State)> last = ForwardTests.Trajectory(network, instructionSet, Steps);
        Bits.ShouldBeSame(last.SelectMany(step => step.Output).ToArray(), outputs, "Step: outputs");
        Bits.ShouldBeSame(last[^1].State, state, "Step: state");
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void Halves_give_what_a_network_gives_whose_weights_were_rounded(string name, Precision precision)
    {
        if (precision is not (Precision.BFloat16 or Precision.Float16))
        {
            return;
        }

        CompiledNetwork network = Precisions.Get(name, precision);
        float[] rounded = Rounded(network, precision == Precision.BFloat16 ? RoundPairs : RoundHalves);
        rounded.ShouldNotBe(network.Parameters());

        (float[] outputs, float[] state) = Run(network, InstructionSets.Best, network.Parameters());
        (float[] again, float[] stateAgain) = Run(network, InstructionSets.Best, rounded);
        Bits.ShouldBeSame(again, outputs, "outputs with weights that were rounded before");
        Bits.ShouldBeSame(stateAgain, state, "state with weights that were rounded before");

        (float[] expected, float[] expectedState) = Run(Precisions.Get(name, Precision.Float32), InstructionSets.Best, rounded);
        if (name == "Straight")
        {
            Bits.ShouldBeSame(outputs, expected, "outputs");
            Bits.ShouldBeSame(state, expectedState, "state");
            return;
        }

        // Floats that exponentials read are packed with a factor, halves are not: each sum has roundings of its own.
        ShouldBeWithinRounding(outputs, expected, "outputs");
        ShouldBeWithinRounding(state, expectedState, "state");

        static void ShouldBeWithinRounding(float[] actual, float[] expected, string what)
        {
            for (int i = 0; i < expected.Length; i++)
            {
                actual[i].ShouldBe(expected[i], 2e-6f * Math.Max(1, Math.Abs(expected[i])), $"{what}[{i}]");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void Training_and_files_are_those_of_floats(string name, Precision precision)
    {
        CompiledNetwork network = Precisions.Get(name, precision);
        CompiledNetwork floats = Precisions.Get(name, Precision.Float32);
        using Network compiled = network.Class.Create(network.Parameters());
        using Network expected = floats.Class.Create(network.Parameters());
        float[] copy = new float[network.Class.ParameterCount];
        compiled.CopyParametersTo(copy);
        Bits.ShouldBeSame(copy, network.Parameters(), "parameters");

        Bits.ShouldBeSame(Train(network, compiled), Train(network, expected), "outputs, and gradients by inputs, states and parameters");
    }

    [Theory]
    [InlineData(1f, 0x3F80)]
    [InlineData(1.00390625f, 0x3F80)] // 1 + 2^-8: a tie, to the even 1
    [InlineData(1.01171875f, 0x3F82)] // 1 + 3 2^-8: a tie, to the even 1 + 2^-6
    [InlineData(1.00390637f, 0x3F81)]
    [InlineData(-1.00390637f, 0xBF81)]
    [InlineData(3.4e38f, 0x7F80)]
    [InlineData(1e-40f, 0x0001)]
    [InlineData(-0f, 0x8000)]
    [InlineData(float.NegativeInfinity, 0xFF80)]
    public void A_weight_in_BFloat16_is_the_nearest_and_of_two_the_even_one(float weight, int bits) =>
        WeightWords.Word(Precision.BFloat16, [weight]).ShouldBe(bits);

    [Theory]
    [InlineData(0f, 1f, 0x3F800000)]
    [InlineData(1f, 1f, 0x3F803F80)]
    [InlineData(-1f, 1f, 0x3F7FBF80)]
    [InlineData(-1f, -1f, unchecked((int)0xBF7FBF80))]
    [InlineData(1f, 0f, 0x00803F80)] // the least that is not denormal
    [InlineData(1f, -0f, unchecked((int)0x80803F80))]
    [InlineData(0f, 0f, 0)]
    [InlineData(1f, float.MaxValue, 0x7F7F3F80)]
    public void A_second_weight_in_BFloat16_is_the_nearest_float_that_ends_in_the_bits_of_the_first(float first, float second, int word) =>
        WeightWords.Word(Precision.BFloat16, [first, second]).ShouldBe(word);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_second_weight_that_is_not_finite_is_not_in_BFloat16(float weight) =>
        float.IsFinite(BitConverter.Int32BitsToSingle(WeightWords.Word(Precision.BFloat16, [1f, weight]))).ShouldBeFalse();

    [Fact]
    public void A_weight_that_is_NaN_stays_one_in_BFloat16() =>
        float.IsNaN(BitConverter.Int32BitsToSingle(WeightWords.Word(Precision.BFloat16, [BitConverter.Int32BitsToSingle(0x7F800001)]) << 16)).ShouldBeTrue();

    [Theory]
    [InlineData(1f, 0x3C00)]
    [InlineData(1.00048828125f, 0x3C00)] // 1 + 2^-11: a tie, to the even 1
    [InlineData(1.00146484375f, 0x3C02)]
    [InlineData(6e-8f, 0x0000)]
    [InlineData(-3.0517578e-5f, 0x8000)] // -2^-15: a tie, to the even 0
    [InlineData(3.06e-5f, 0x0400)]
    [InlineData(6.1e-5f, 0x0400)]
    [InlineData(70000f, 0x7BFF)]
    [InlineData(float.NegativeInfinity, 0xFBFF)]
    public void A_weight_in_Float16_is_the_nearest_of_the_finite_halves_that_are_not_denormal(float weight, int bits) =>
        WeightWords.Word(Precision.Float16, [0f, weight]).ShouldBe(bits << 16);

    [Fact]
    public void A_weight_that_is_NaN_is_refused_in_Float16() =>
        Should.Throw<ArgumentException>(() => WeightWords.Word(Precision.Float16, [float.NaN])).Message.ShouldContain("NaN");

    [Fact]
    public void Halves_of_every_size_widen_to_what_they_are()
    {
        CompiledNetwork network = Precisions.Get("Straight", Precision.Float16);
        float[] parameters = network.Parameters();
        TensorInfo[] tensors = network.Class.Parameters.ToArray();
        Random random = new(7);
        foreach (TensorInfo tensor in tensors.Where(tensor => tensor.Shape.Rank == 2))
        {
            foreach (ref float weight in parameters.AsSpan(tensor.Offset, tensor.Length))
            {
                weight = (float)BitConverter.UInt16BitsToHalf((ushort)((random.Next(2) << 15) | (random.Next(8) == 0 ? 0 : random.Next(0x400, 0x4400))));
            }
        }

        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            Bits.ShouldBeSame(
                Run(network, instructionSet, parameters).Outputs,
                Run(Precisions.Get("Straight", Precision.Float32), InstructionSet.Scalar, parameters).Outputs,
                $"outputs on {instructionSet}");
        }
    }

    private static (float[] Outputs, float[] State) Run(CompiledNetwork network, InstructionSet instructionSet, float[] parameters)
    {
        using Network compiled = network.Class.Create(parameters, instructionSet);
        float[] state = network.State();
        float[] outputs = new float[Steps * network.Class.OutputSize];
        compiled.Run(network.Inputs(Steps), state, outputs);
        return (outputs, state);
    }

    private static float[] Train(CompiledNetwork shape, Network network)
    {
        float[] state = shape.State();
        float[] outputs = new float[Steps * shape.Class.OutputSize];
        float[] tape = new float[shape.Class.TapeSize(Steps)];
        float[] inputs = shape.Inputs(Steps);
        network.Forward(inputs, state, outputs, tape);
        float[] parameterGradients = new float[shape.Class.ParameterCount];
        float[] inputGradients = new float[inputs.Length];
        network.Backward(Gradients.OutputWeights(shape, Steps), state, tape, parameterGradients, inputGradients);
        return [.. outputs, .. state, .. parameterGradients, .. inputGradients];
    }

    /// <summary>The parameters with every row of every matrix rounded.</summary>
    private static float[] Rounded(CompiledNetwork network, Action<Span<float>> round)
    {
        float[] parameters = network.Parameters();
        foreach (TensorInfo tensor in network.Class.Parameters.ToArray().Where(tensor => tensor.Shape.Rank == 2))
        {
            for (int row = 0; row < tensor.Shape.Rows; row++)
            {
                round(parameters.AsSpan(tensor.Offset + (row * tensor.Shape.Columns), tensor.Shape.Columns));
            }
        }

        return parameters;
    }

    private static void RoundHalves(Span<float> row)
    {
        foreach (ref float weight in row)
        {
            weight = ToNormalHalf(weight);
        }
    }

    /// <summary>The first of two terms as a BFloat16, the second as the nearest float that has these bits as its lower half.</summary>
    private static void RoundPairs(Span<float> row)
    {
        for (int i = 0; i < row.Length; i += 2)
        {
            row[i] = ToBFloat16(row[i]);
            if (i + 1 < row.Length)
            {
                int lower = (int)(BitConverter.SingleToUInt32Bits(row[i]) >> 16);
                int upper = BitConverter.SingleToInt32Bits(row[i + 1]) >> 16;
                float weight = row[i + 1];
                row[i + 1] = Enumerable.Range(-1, 3)
                    .Select(step => BitConverter.Int32BitsToSingle(((upper + step) << 16) | lower))
                    .MinBy(candidate => Math.Abs((double)candidate - weight));
            }
        }
    }

    /// <summary>The nearest half; of numbers below the least that is not denormal, 0 or that one.</summary>
    private static float ToNormalHalf(float weight) => MathF.Abs(weight) < 1 / 16384f
        ? MathF.Round(weight * 16384, MidpointRounding.ToEven) / 16384
        : (float)(Half)weight;

    /// <summary>The nearest float whose lower half is 0; a tie goes to the one whose bit 16 is 0.</summary>
    private static float ToBFloat16(float weight)
    {
        float below = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(weight) & ~0xFFFF);
        float above = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(below) + 0x10000);
        double toBelow = Math.Abs((double)weight - below);
        double toAbove = Math.Abs((double)above - weight);
        bool isEven = (BitConverter.SingleToInt32Bits(below) & 0x10000) == 0;
        return toBelow < toAbove || (toBelow == toAbove && isEven) ? below : above;
    }
}
