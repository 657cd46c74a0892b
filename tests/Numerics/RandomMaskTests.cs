using System;
using System.Linq;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>What training leaves to chance, against the equations with the same masks.</summary>
[Collection(nameof(AllocationTests))]
public class RandomMaskTests
{
    private const ulong Seed = 0xFEDCBA9876543210;

    /// <summary>More than one chunk of the backward pass, and fewer than two.</summary>
    private const int Steps = 36;

    private const int MostMoved = 40;

    public static TheoryData<string> All => new(RandomMasks.All.Select(declaration => declaration.Name));

    public static TheoryData<string, InstructionSet> OnEveryInstructionSet => Networks.Cross(RandomMasks.All.Concat(RandomMasks.Odd));

    [Theory]
    [MemberData(nameof(OnEveryInstructionSet))]
    public void Without_a_seed_Forward_gives_the_bits_of_Run(string name, InstructionSet instructionSet)
    {
        CompiledNetwork network = RandomMasks.Get(name);
        float[] inputs = Inputs(network);
        using Network compiled = network.Class.Create(network.Parameters(), instructionSet);
        using Network scalar = network.Class.Create(network.Parameters(), InstructionSet.Scalar);
        foreach (int steps in (int[])[0, 1, Steps])
        {
            ReadOnlySpan<float> given = inputs.AsSpan(0, steps * network.Class.InputSize);
            float[] state = network.State();
            float[] outputs = new float[steps * network.Class.OutputSize];
            compiled.Run(given, state, outputs);
            float[] recordedState = network.State();
            float[] recorded = new float[outputs.Length];
            compiled.Forward(given, recordedState, recorded, CompiledNetwork.Numbers(network.Class.TapeSize(steps), 20));
            float[] scalarState = network.State();
            float[] scalarOutputs = new float[outputs.Length];
            scalar.Run(given, scalarState, scalarOutputs);

            Bits.ShouldBeSame(recorded, outputs, $"{steps} steps: outputs");
            Bits.ShouldBeSame(recordedState, state, $"{steps} steps: state");
            Bits.ShouldBeSame(outputs, scalarOutputs, $"{steps} steps: scalar: outputs");
            Bits.ShouldBeSame(state, scalarState, $"{steps} steps: scalar: state");
        }
    }

    [Theory]
    [MemberData(nameof(OnEveryInstructionSet))]
    public void A_seed_gives_the_same_bits_of_outputs_and_gradients_everywhere(string name, InstructionSet instructionSet)
    {
        CompiledNetwork network = RandomMasks.Get(name);
        (float[] Outputs, float[] State, Gradients Gradients) here = Train(network, instructionSet, Seed);
        (float[] Outputs, float[] State, Gradients Gradients) scalar = Train(network, InstructionSet.Scalar, Seed);

        Bits.ShouldBeSame(here.Outputs, scalar.Outputs, "outputs");
        Bits.ShouldBeSame(here.State, scalar.State, "state");
        here.Gradients.ShouldHaveTheBitsOf(scalar.Gradients, "gradients");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Inference_gives_what_the_equations_give_without_chance(string name)
    {
        CompiledNetwork network = RandomMasks.Get(name);
        float[] inputs = Inputs(network);
        float[] state = network.State();
        float[] outputs = new float[Steps * network.Class.OutputSize];
        using Network compiled = network.Class.Create(network.Parameters());
        compiled.Run(inputs, state, outputs);
        double[] expectedState = Bits.ToDouble(network.State());
        double[] expected = network.Equations.Bind(Bits.ToDouble(network.Parameters())).Run(network.Class.InputSize, Bits.ToDouble(inputs), expectedState);

        Bits.ShouldBeNear(outputs, expected, 1e-5, "outputs");
        Bits.ShouldBeNear(state, expectedState, 1e-5, "state");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void With_a_seed_outputs_are_those_of_the_equations_with_its_masks_and_others_with_another(string name)
    {
        CompiledNetwork network = RandomMasks.Get(name);
        (float[] outputs, float[] state, Gradients _) = Train(network, InstructionSets.Best, Seed);
        double[] expectedState = Bits.ToDouble(network.State());
        double[] expected = network.Equations.Bind(Bits.ToDouble(network.Parameters()))
            .Run(network.Class.InputSize, Bits.ToDouble(Inputs(network)), expectedState, new DrawnMasks(Seed));

        Bits.ShouldBeNear(outputs, expected, 2e-5, "outputs");
        Bits.ShouldBeNear(state, expectedState, 2e-5, "state");
        Train(network, InstructionSets.Best, Seed + 1).Outputs.ShouldNotBe(outputs);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void With_a_seed_gradients_are_those_of_the_equations_with_its_masks(string name)
    {
        CompiledNetwork network = RandomMasks.Get(name);
        Gradients gradients = Train(network, InstructionSets.Best, Seed).Gradients;
        double[] parameters = Bits.ToDouble(network.Parameters());
        double[] state = Bits.ToDouble(network.State());
        double[] inputs = Bits.ToDouble(Inputs(network));

        Check("parameter", parameters, gradients.Parameters);
        Check("state", state, gradients.State);
        if (network.Equations.IndexCount is null)
        {
            Check("input", inputs, gradients.Inputs);
        }

        void Check(string kind, double[] values, float[] actual)
        {
            int[] positions = Enumerable.Range(0, values.Length).ToArray();
            new Random(9).Shuffle(positions);
            positions = positions[..Math.Min(MostMoved, positions.Length)];
            double[] expected = [.. positions.Select(position => Differences.At(values, position, Loss))];
            double largest = expected.Select(Math.Abs).DefaultIfEmpty(0).Max();
            for (int i = 0; i < positions.Length; i++)
            {
                Differences.ShouldBeNear(actual[positions[i]], expected[i], largest, $"{kind} {positions[i]}");
            }
        }

        double Loss()
        {
            double[] after = [.. state];
            double[] outputs = network.Equations.Bind(parameters).Run(network.Class.InputSize, inputs, after, new DrawnMasks(Seed));
            return outputs.Zip(Gradients.OutputWeights(network, Steps), (y, weight) => y * weight).Sum()
                + after.Zip(Gradients.StateWeights(network), (s, weight) => s * weight).Sum();
        }
    }

    [Fact]
    public void Masks_are_drawn_with_their_probability_and_independently()
    {
        const int Length = 50;
        const int Count = 400;
        foreach (double probability in (double[])[0.1, 0.5, 0.9])
        {
            float[] mask = Draw(probability, 1);
            float[] other = Draw(probability, 2);
            float[] later = [.. mask.Skip(Length), .. mask.Take(Length)];
            float[] beside = [.. mask.Skip(1), mask[0]];

            // Five standard deviations of the mean of 20,000 draws.
            double allowed = 5 * Math.Sqrt(probability * (1 - probability) / mask.Length);
            mask.ShouldAllBe(value => value == 1 || value == 0);
            mask.Average(value => (double)value).ShouldBe(probability, allowed);
            foreach (float[] independent in (float[][])[other, later, beside])
            {
                mask.Zip(independent, (a, b) => (double)(a * b)).Average().ShouldBe(probability * probability, 5 * probability / Math.Sqrt(mask.Length));
            }
        }

        static float[] Draw(double probability, int number)
        {
            float[] mask = new float[Length * Count];
            Masks.Draw(mask, 0, Count, Length, Length, probability, 1, 0, Seed, number);
            return mask;
        }
    }

    [Fact]
    public void A_network_without_chance_does_not_heed_the_seed()
    {
        CompiledNetwork network = LearnedStarts.Get("Plain");
        float[] inputs = network.Inputs(4);
        float[] outputs = new float[4 * network.Class.OutputSize];
        float[] seeded = new float[outputs.Length];
        float[] tape = new float[network.Class.TapeSize(4)];
        using Network compiled = network.Class.Create(network.Parameters());

        compiled.Forward(inputs, network.State(), outputs, tape);
        compiled.Forward(inputs, network.State(), seeded, tape, Seed);

        Bits.ShouldBeSame(seeded, outputs, "outputs");
    }

    [Fact]
    public void The_outputs_of_a_network_are_never_dropped()
    {
        CompiledNetwork network = RandomMasks.Get("DroppedLevels");
        Train(network, InstructionSets.Best, Seed).Outputs.ShouldAllBe(output => output != 0);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Drawing_masks_allocates_nothing(string name)
    {
        CompiledNetwork network = RandomMasks.Get(name);
        float[] inputs = Inputs(network);
        float[] state = network.State();
        float[] outputs = new float[Steps * network.Class.OutputSize];
        float[] tape = new float[network.Class.TapeSize(Steps)];
        using Network compiled = network.Class.Create(network.Parameters());
        compiled.Forward(inputs, state, outputs, tape, 1);
        compiled.Forward(inputs, state, outputs, tape, 2);

        long before = GC.GetAllocatedBytesForCurrentThread();
        compiled.Forward(inputs, state, outputs, tape, 3);
        compiled.Forward(inputs, state, outputs, tape);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void A_trainer_draws_other_masks_for_every_sequence_and_the_same_for_the_same_seed()
    {
        CompiledNetwork network = RandomMasks.Get("DroppedGru");
        TrainingSequence sequence = new(network.Inputs(5), CompiledNetwork.Numbers(10, 21));
        double[] Losses(int seed)
        {
            using NetworkTrainer trainer = network.Class.Train(seed: 1, new TrainingOptions { LearningRate = 0, Seed = seed });
            return [.. Enumerable.Range(0, 4).Select(_ => trainer.TrainBatch([sequence]))];
        }

        Losses(3).ShouldBe(Losses(3));
        Losses(3).Distinct().Count().ShouldBe(4);
        Losses(4).ShouldNotBe(Losses(3));
    }

    private static float[] Inputs(CompiledNetwork network) =>
        RandomMasks.All.Contains(network.Declaration) ? network.Inputs(Steps) : CompiledNetwork.Numbers(Steps * network.Class.InputSize, 2);

    private static (float[] Outputs, float[] State, Gradients Gradients) Train(CompiledNetwork network, InstructionSet instructionSet, ulong seed)
    {
        float[] inputs = Inputs(network);
        float[] state = network.State();
        float[] outputs = new float[Steps * network.Class.OutputSize];
        float[] tape = new float[network.Class.TapeSize(Steps)];
        float[] parameterGradients = new float[network.Class.ParameterCount];
        float[] stateGradients = Gradients.StateWeights(network);
        float[] inputGradients = new float[inputs.Length];
        using Network compiled = network.Class.Create(network.Parameters(), instructionSet);
        compiled.Forward(inputs, state, outputs, tape, seed);
        compiled.Backward(Gradients.OutputWeights(network, Steps), stateGradients, tape, parameterGradients, inputGradients);
        return (outputs, state, new Gradients(parameterGradients, stateGradients, inputGradients));
    }
}
