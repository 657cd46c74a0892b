using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Schedule;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>Primitives whose spelling is more than one instruction.</summary>
public class PrimitiveTests
{
    private static readonly float[] Special =
    [
        0f, -0f, 1f, -1f, 1.5f, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    public static TheoryData<InstructionSet> InstructionSetNames => new(InstructionSets.Supported.ToArray());

    [Theory]
    [MemberData(nameof(InstructionSetNames))]
    public void A_fold_adds_halves_to_halves(InstructionSet instructionSet)
    {
        Random random = new(1);
        float[] values = [.. Enumerable.Range(0, 100 * CompiledFunctions.Lanes).Select(_ => (float)Math.ScaleB((2 * random.NextDouble()) - 1, random.Next(-20, 20)))];

        ShouldFold("FoldAdd", instructionSet, values, static (a, b) => a + b);
    }

    [Theory]
    [MemberData(nameof(InstructionSetNames))]
    public void A_fold_finds_the_greatest_lane(InstructionSet instructionSet)
    {
        Random random = new(2);
        float[] few = [0f, -0f, float.NegativeInfinity, -1f];
        IEnumerable<float> negative = Enumerable.Range(0, 100 * CompiledFunctions.Lanes).Select(_ => few[random.Next(few.Length)]);
        IEnumerable<float> any = Enumerable.Range(0, 100 * CompiledFunctions.Lanes).Select(_ => (2 * random.NextSingle()) - 1);
        IEnumerable<float> one = Special.SelectMany(x => Enumerable.Range(0, CompiledFunctions.Lanes)
            .SelectMany(at => Enumerable.Range(0, CompiledFunctions.Lanes).Select(lane => lane == at ? x : 0f)));

        ShouldFold("FoldMax", instructionSet, [.. negative, .. any, .. one], Greater);
    }

    [Theory]
    [MemberData(nameof(InstructionSetNames))]
    public void Extremes_are_NaN_where_a_number_is_and_the_negative_zero_in_any_order(InstructionSet instructionSet)
    {
        foreach (float a in Special)
        {
            foreach (float b in Special)
            {
                Bits.ShouldBeSame([CompiledFunctions.At("Max", instructionSet, a, b)], [Greater(a, b)], $"Max({a}, {b})");
                Bits.ShouldBeSame([CompiledFunctions.At("Min", instructionSet, a, b)], [a == 0 && b == 0 ? Greater(a, b) : MathF.Min(a, b)], $"Min({a}, {b})");
            }
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSetNames))]
    public void A_float_is_its_significand_times_a_power_of_two(InstructionSet instructionSet)
    {
        Random random = new(3);
        float least = MathF.ScaleB(1, -126);
        float[] edges = [least, float.MaxValue, 1f, MathF.Sqrt(0.5f), MathF.BitDecrement(MathF.Sqrt(0.5f)), MathF.Sqrt(2), MathF.BitDecrement(MathF.Sqrt(2)), 2f];
        float[] values =
        [
            .. edges, .. edges, .. Enumerable.Range(0, 1000 * CompiledFunctions.Lanes).Select(_ => BitConverter.Int32BitsToSingle(random.Next(0x800000, 0x7F800000))),
        ];

        float[] exponents = CompiledFunctions.Apply("Exponent", instructionSet, values);
        float[] significands = CompiledFunctions.Apply("Significand", instructionSet, values);

        for (int i = 0; i < values.Length; i++)
        {
            MathF.ScaleB(significands[i], (int)exponents[i]).ShouldBe(values[i]);
            exponents[i].ShouldBe(MathF.Round(exponents[i]));
            significands[i].ShouldBeInRange(BitConverter.Int32BitsToSingle(0x3F3504F3), BitConverter.Int32BitsToSingle(0x3FB504F2));
        }
    }

    private static float Greater(float a, float b) => a == 0 && b == 0 && (float.IsNegative(a) || float.IsNegative(b)) ? -0f : MathF.Max(a, b);

    /// <summary>Every lane of each vector has what folding its halves gives.</summary>
    private static void ShouldFold(string name, InstructionSet instructionSet, float[] values, Func<float, float, float> add)
    {
        int lanes = Targets.All.Single(target => target.Name == instructionSet.ToString()).Lanes;
        float[] expected = [.. values.Chunk(lanes).SelectMany(vector =>
        {
            for (int half = lanes / 2; half > 0; half /= 2)
            {
                vector = [.. vector.Take(half).Zip(vector.Skip(half), add)];
            }

            return Enumerable.Repeat(vector[0], lanes);
        })];

        Bits.ShouldBeSame(CompiledFunctions.Apply(name, instructionSet, values), expected, $"{instructionSet}: {name}");
    }
}
