using System;
using System.Globalization;
using System.Linq;
using System.Reflection;
using Recurrent.Tests.Pipeline;
using Shouldly;

namespace Recurrent.Tests.Package;

/// <summary>What the consumer prints: the instruction set that it ran, and the bits of its numbers.</summary>
public sealed record ConsumerOutputs(string InstructionSet, string[] Bits)
{
    /// <summary>What is printed by the same program when it is compiled in memory and run by this machine's best instruction set.</summary>
    private static readonly Lazy<ConsumerOutputs> InMemory = new(() => Of((string)Consumer.Build(ConsumerSource.Text).Assembly
        .GetType("Program", throwOnError: true)!
        .GetMethod("Outputs", BindingFlags.Static | BindingFlags.Public, [])!
        .Invoke(null, null)!));

    public static ConsumerOutputs Of(string printed)
    {
        string[] words = printed.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return new ConsumerOutputs(words[0], words[1..]);
    }

    public void ShouldHaveTheBits(InstructionSet instructionSet)
    {
        InstructionSet.ShouldBe(instructionSet.ToString());
        Bits.ShouldBe(InMemory.Value.Bits);
    }

    /// <summary>The numbers are those of this machine but for rounding, which must have left its mark.</summary>
    public void ShouldBeClose(InstructionSet instructionSet)
    {
        InstructionSet.ShouldBe(instructionSet.ToString());
        Bits.ShouldNotBe(InMemory.Value.Bits);
        Bits.Length.ShouldBe(InMemory.Value.Bits.Length);
        foreach ((float actual, float expected) in Bits.Select(Float).Zip(InMemory.Value.Bits.Select(Float)))
        {
            actual.ShouldBe(expected, 1e-5f * Math.Max(1, Math.Abs(expected)));
        }
    }

    private static float Float(string bits) => BitConverter.Int32BitsToSingle(int.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
