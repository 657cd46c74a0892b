using System;
using System.Linq;
using Recurrent.Gen.Schedule;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>Weights that are whole numbers of 8 bits, and the vectors that they multiply.</summary>
public class WholeWeightTests
{
    private const int Steps = 70;

    public static TheoryData<string> Plain => new(Precisions.Plain.Select(network => network.Name));

    public static TheoryData<InstructionSet> InstructionSetNames => new(InstructionSets.Supported.ToArray());

    /// <summary>What remains is the rounding of vectors: half of 1/32767 of the greatest element for each of 67 terms at most, carried on by states.</summary>
    [Theory]
    [MemberData(nameof(Plain))]
    public void Outputs_are_near_those_of_a_network_whose_weights_were_rounded(string name)
    {
        CompiledNetwork network = Precisions.Get(name, Precision.Int8);
        CompiledNetwork floats = Precisions.Get(name, Precision.Float32);
        float[] rounded = network.Parameters();
        foreach (TensorInfo tensor in network.Class.Parameters.ToArray().Where(tensor => tensor.Shape.Rank == 2))
        {
            for (int row = 0; row < tensor.Shape.Rows; row++)
            {
                Round(rounded.AsSpan(tensor.Offset + (row * tensor.Shape.Columns), tensor.Shape.Columns));
            }
        }

        float[] outputs = Run(network, network.Parameters());
        double[] expected = Bits.ToDouble(Run(floats, rounded));
        Bits.ShouldBeNear(outputs, expected, 1e-4, "outputs");

        // The weights themselves move the outputs much further.
        double[] exact = Bits.ToDouble(Run(floats, network.Parameters()));
        outputs.Zip(exact, (output, of) => Math.Abs(output - of)).Max().ShouldBeInRange(1e-3, 0.2);
    }

    [Theory]
    [MemberData(nameof(InstructionSetNames))]
    public void The_greatest_sum_of_the_longest_rows_fits(InstructionSet instructionSet)
    {
        CompiledNetwork network = Precisions.Get("Long", Precision.Int8);
        int terms = network.Class.InputSize;
        int most = WeightFormat.MostOfVector(terms);
        most.ShouldBeLessThan(short.MaxValue);
        ((long)most * 127 * terms).ShouldBeLessThanOrEqualTo(int.MaxValue);
        ((most + 1L) * 127 * terms).ShouldBeGreaterThan(int.MaxValue);

        float[] parameters = new float[network.Class.ParameterCount];
        parameters.AsSpan(0, terms * network.Class.OutputSize).Fill(127);
        foreach (float element in (float[])[most, -most])
        {
            float[] output = new float[network.Class.OutputSize];
            using Network compiled = network.Class.Create(parameters, instructionSet);
            compiled.Step(Enumerable.Repeat(element, terms).ToArray(), [], output);
            Bits.ShouldBeNear(output, Enumerable.Repeat(127.0 * element * terms, output.Length).ToArray(), 3e-7, "outputs");
        }
    }

    [Fact]
    public void A_short_vector_becomes_numbers_of_16_bits() => WeightFormat.MostOfVector(3).ShouldBe(short.MaxValue);

    [Theory]
    [MemberData(nameof(InstructionSetNames))]
    public void What_is_not_finite_in_a_vector_makes_its_products_NaN_in_that_stream_alone(InstructionSet instructionSet)
    {
        CompiledNetwork network = Precisions.Get("Long", Precision.Int8);
        int terms = network.Class.InputSize;
        int size = network.Class.OutputSize;
        using Network compiled = network.Class.Create(network.Parameters(), instructionSet);
        foreach (float value in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            foreach (int place in (int[])[0, 17, terms - 1])
            {
                float[] inputs = network.Inputs(3);
                float[] expected = new float[3 * size];
                compiled.StepMany(3, inputs, [], expected);
                inputs[terms + place] = value;
                expected.AsSpan(size, size).Fill(float.NaN);
                float[] outputs = new float[3 * size];
                compiled.StepMany(3, inputs, [], outputs);
                Bits.ShouldBeSame(outputs, expected, $"{value} at {place}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSetNames))]
    public void Vectors_of_zeros_and_of_the_least_floats_give_the_bias(InstructionSet instructionSet)
    {
        CompiledNetwork network = Precisions.Get("Long", Precision.Int8);
        float[] bias = network.Parameters()[^network.Class.OutputSize..];
        using Network compiled = network.Class.Create(network.Parameters(), instructionSet);
        foreach (float value in (float[])[0f, -0f, float.Epsilon, -1e-37f])
        {
            float[] output = new float[network.Class.OutputSize];
            compiled.Step(Enumerable.Repeat(value, network.Class.InputSize).ToArray(), [], output);
            Bits.ShouldBeSame(output, bias, $"outputs of {value}");
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSetNames))]
    public void A_row_of_zeros_gives_its_bias_and_one_with_a_weight_that_is_not_finite_gives_NaN(InstructionSet instructionSet)
    {
        CompiledNetwork network = Precisions.Get("Long", Precision.Int8);
        int terms = network.Class.InputSize;
        float[] parameters = network.Parameters();
        float[] input = network.Inputs(1);
        float[] expected = new float[network.Class.OutputSize];
        using (Network compiled = network.Class.Create(parameters, instructionSet))
        {
            compiled.Step(input, [], expected);
        }

        parameters.AsSpan(4 * terms, terms).Clear();
        expected[4] = parameters[^(network.Class.OutputSize - 4)];
        parameters[(9 * terms) + 5] = float.NaN;
        parameters[16 * terms] = float.NegativeInfinity;
        expected[9] = expected[16] = float.NaN;
        float[] output = new float[network.Class.OutputSize];
        using Network changed = network.Class.Create(parameters, instructionSet);
        changed.Step(input, [], output);
        Bits.ShouldBeSame(output, expected, "outputs");
    }

    [Theory]
    [InlineData(127f, 1f, 127)]
    [InlineData(0.5f, 1f, 0)]
    [InlineData(1.5f, 1f, 2)]
    [InlineData(-2.5f, 1f, -2)]
    [InlineData(-1f, 0.0078740157f, -127)]
    [InlineData(0f, 0f, 0)]
    [InlineData(1f, float.NaN, 0)]
    public void A_whole_weight_is_the_nearest_and_of_two_the_even_one(float weight, float scale, int whole) =>
        ((int)WeightWords.Whole(weight, scale)).ShouldBe(whole);

    /// <summary>Rounds a row to 255 values: multiples of the 127th part of its greatest magnitude.</summary>
    private static void Round(Span<float> row)
    {
        float greatest = 0;
        foreach (float weight in row)
        {
            greatest = Math.Max(greatest, Math.Abs(weight));
        }

        float part = greatest / 127;
        foreach (ref float weight in row)
        {
            weight = (float)Math.Round((double)weight / part, MidpointRounding.ToEven) * part;
        }
    }

    private static float[] Run(CompiledNetwork network, float[] parameters)
    {
        using Network compiled = network.Class.Create(parameters);
        float[] outputs = new float[Steps * network.Class.OutputSize];
        compiled.Run(network.Inputs(Steps), network.State(), outputs);
        return outputs;
    }
}
