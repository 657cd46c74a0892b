using System;
using System.Collections.Generic;
using System.Reflection;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>Single time steps, which small layers, and those that a second cache nearly holds, take in a kernel of their own.</summary>
public class SingleStepTests
{
    private const string Cells = """
        using Recurrent;
        using static Recurrent.Equations;

        [Cell]
        struct Mixed
        {
            // What reads the input alone is more than sums of products: a product of two of them, which a sum of a longer step would fuse.
            public static Vec Step(Vec x, Vec h, Mat A, Mat B, Mat C, Mat D, Mat U, Mat V)
            {
                Vec a = A * x;
                Vec b = B * x;
                return Tanh(C * x + U * h + a * b) + Sigmoid(D * x + V * h) * h;
            }
        }
        """;

    private static readonly Lazy<Dictionary<string, CompiledNetwork>> Compiled = new(() => CompiledNetwork.Compile(
        [
            new("Lstm24To32", 24, "Recurrent.Lstm(32)"),
            new("Gru40To60", 40, "Recurrent.Gru(60)"),
            new("Stack", 24, "Recurrent.Lstm(36)", "Recurrent.Gru(37)", "Recurrent.Gru(8)", "Recurrent.Dense(3)"),
            new("MiddleLstm", 160, "Recurrent.Lstm(120)"),
            new("LargeLstm", 260, "Recurrent.Lstm(256)"),
            new("Mixed24To96", 24, "Recurrent.Layer<Mixed>(96)"),
        ],
        Cells));

    public static TheoryData<string, InstructionSet> All
    {
        get
        {
            TheoryData<string, InstructionSet> all = [];
            foreach (string name in (string[])["Lstm24To32", "Gru40To60", "Stack", "MiddleLstm", "LargeLstm", "Mixed24To96"])
            {
                foreach (InstructionSet instructionSet in InstructionSets.Supported)
                {
                    all.Add(name, instructionSet);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Single_steps_give_the_bits_of_a_sequence(string name, InstructionSet instructionSet)
    {
        // An odd number: behind the sequence, single steps begin where weights are read from their end.
        const int Steps = 21;
        CompiledNetwork compiled = Compiled.Value[name];
        using Network network = compiled.Class.Create(compiled.Parameters(), instructionSet);
        float[] inputs = compiled.Inputs(Steps);
        float[] ofSteps = compiled.State();
        float[] ofSequence = compiled.State();
        float[] steps = new float[Steps * compiled.Class.OutputSize];
        float[] sequence = new float[steps.Length];

        network.Run(inputs, ofSequence, sequence);
        for (int step = 0; step < Steps; step++)
        {
            network.Step(
                inputs.AsSpan(step * compiled.Class.InputSize, compiled.Class.InputSize), ofSteps, steps.AsSpan(step * compiled.Class.OutputSize, compiled.Class.OutputSize));
        }

        Bits.ShouldBeSame(steps, sequence, "outputs");
        Bits.ShouldBeSame(ofSteps, ofSequence, "states");
    }

    [Theory]
    [InlineData("Lstm24To32", true)]
    [InlineData("Gru40To60", true)]
    [InlineData("Stack", true)]
    [InlineData("MiddleLstm", false)]
    [InlineData("LargeLstm", true)]
    public void Layers_of_a_size_for_it_whose_products_are_not_split_have_a_kernel_for_them(string name, bool hasOne)
    {
        Type kernels = Compiled.Value[name].Class.Type.GetNestedType("Compiled", BindingFlags.NonPublic)!;

        Array.Exists(kernels.GetNestedTypes(BindingFlags.NonPublic), type => type.Name.EndsWith("Step", StringComparison.Ordinal)).ShouldBe(hasOne);
    }
}
