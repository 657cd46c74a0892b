using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>A batch of sequences gives each what it gives the sequence alone, and the sum of their gradients.</summary>
public class BatchTests
{
    /// <summary>Gradients of parameters are the same terms, added in another order; relative to the largest.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Longer and shorter ones, the same length twice, one time step and none.</summary>
    private static readonly int[] Mixed = [5, 1, 8, 0, 5];

    public static TheoryData<string, InstructionSet> OnEveryInstructionSet => Networks.OnEveryInstructionSet;

    public static TheoryData<string, InstructionSet> AroundOnEveryInstructionSet => Networks.Cross(AroundLayers.All);

    public static TheoryData<string, InstructionSet> MasksOnEveryInstructionSet => Networks.Cross(RandomMasks.All);

    public static TheoryData<string, int> Sizes
    {
        get
        {
            TheoryData<string, int> rows = [];
            foreach (string name in (string[])["StackedGru", "BidirectionalRnn", "Tagger", "StackedMemory"])
            {
                foreach (int sequences in (int[])[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 32, 33, 70])
                {
                    rows.Add(name, sequences);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(OnEveryInstructionSet))]
    public void Sequences_of_a_batch_have_the_bits_that_they_have_alone(string name, InstructionSet instructionSet) =>
        Check(Networks.Get(name), Mixed, [], instructionSet);

    [Theory]
    [MemberData(nameof(AroundOnEveryInstructionSet))]
    public void Layers_that_run_in_reverse_begin_at_the_last_step_of_each_sequence(string name, InstructionSet instructionSet) =>
        Check(AroundLayers.Get(name), Mixed, [], instructionSet);

    [Theory]
    [MemberData(nameof(MasksOnEveryInstructionSet))]
    public void Each_sequence_has_the_masks_of_its_own_seed(string name, InstructionSet instructionSet)
    {
        Check(RandomMasks.Get(name), Mixed, [3, ulong.MaxValue, 5, 0, 7], instructionSet);
        Check(RandomMasks.Get(name), Mixed, [], instructionSet);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_batch_may_have_any_number_of_sequences(string name, int sequences) =>
        Check(AroundLayers.Get(name), [.. Enumerable.Range(0, sequences).Select(i => 1 + (7 * i % 11))], [], InstructionSets.Best);

    [Fact]
    public void A_sequence_longer_than_a_chunk_of_rows_runs_beside_shorter_ones() =>
        Check(AroundLayers.Get("StackedGru"), [70, 3, 150, 64], [], InstructionSets.Best);

    [Theory]
    [MemberData(nameof(AroundOnEveryInstructionSet))]
    public void Gradients_by_the_inputs_may_be_left_out(string name, InstructionSet instructionSet)
    {
        CompiledNetwork network = AroundLayers.Get(name);
        Batch with = Batch.Together(network, Mixed, [], instructionSet, withInputs: true);
        Batch without = Batch.Together(network, Mixed, [], instructionSet, withInputs: false);
        Bits.ShouldBeSame(without.Parameters, with.Parameters, "gradients of parameters");
        Bits.ShouldBeSame(without.StateGradients, with.StateGradients, "gradients of states");
    }

    [Fact]
    public void Wide_recurrent_layers_take_sequences_together_and_narrow_ones_one_after_another()
    {
        static bool TakesMany(string network) => Networks.Get(network).Class.Type
            .GetNestedType("Compiled", System.Reflection.BindingFlags.NonPublic)!
            .GetMethod("RecordManyPass", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance) is not null;

        TakesMany("WideLstmAttribute").ShouldBeTrue();
        TakesMany("WideGruAttribute").ShouldBeTrue();
        TakesMany("SmallLstm0").ShouldBeFalse();
    }

    private static void Check(CompiledNetwork network, int[] lengths, ulong[] seeds, InstructionSet instructionSet)
    {
        Batch together = Batch.Together(network, lengths, seeds, instructionSet, withInputs: true);
        Batch alone = Batch.Alone(network, lengths, seeds, instructionSet);
        Bits.ShouldBeSame(together.Outputs, alone.Outputs, "outputs");
        Bits.ShouldBeSame(together.States, alone.States, "states");
        Bits.ShouldBeSame(together.StateGradients, alone.StateGradients, "gradients of states");
        Bits.ShouldBeSame(together.InputGradients, alone.InputGradients, "gradients of inputs");
        float largest = alone.Parameters.Select(Math.Abs).Append(float.Epsilon).Max();
        Bits.ShouldBeNear(
            [.. together.Parameters.Select(gradient => gradient / largest)],
            [.. alone.Parameters.Select(gradient => (double)gradient / largest)],
            Tolerance,
            "gradients of parameters");
        Bits.ShouldBeSame(
            together.Parameters, Batch.Together(network, lengths, seeds, InstructionSets.Best, withInputs: true).Parameters, "gradients of parameters on another instruction set");
    }

    /// <summary>What a batch gives.</summary>
    private sealed record Batch(float[] Outputs, float[] States, float[] Parameters, float[] StateGradients, float[] InputGradients)
    {
        public static Batch Together(CompiledNetwork network, int[] lengths, ulong[] seeds, InstructionSet instructionSet, bool withInputs)
        {
            NetworkClass shape = network.Class;
            Batch batch = Begin(network, lengths, out float[] inputs, out float[] outputGradients);
            float[] tape = new float[shape.TapeSize(lengths.Sum())];
            using Network compiled = shape.Create(network.Parameters(), instructionSet);
            compiled.ForwardMany(lengths, inputs, batch.States, batch.Outputs, tape, seeds);
            compiled.BackwardMany(lengths, outputGradients, batch.StateGradients, tape, batch.Parameters, withInputs ? batch.InputGradients : []);
            return batch;
        }

        public static Batch Alone(CompiledNetwork network, int[] lengths, ulong[] seeds, InstructionSet instructionSet)
        {
            NetworkClass shape = network.Class;
            Batch batch = Begin(network, lengths, out float[] inputs, out float[] outputGradients);
            using Network compiled = shape.Create(network.Parameters(), instructionSet);
            for (int i = 0, row = 0; i < lengths.Length; row += lengths[i++])
            {
                Span<float> Rows(float[] all, int size) => all.AsSpan(row * size, lengths[i] * size);
                Span<float> state = batch.States.AsSpan(i * shape.StateSize, shape.StateSize);
                float[] tape = new float[shape.TapeSize(lengths[i])];
                if (seeds.Length > 0)
                {
                    compiled.Forward(Rows(inputs, shape.InputSize), state, Rows(batch.Outputs, shape.OutputSize), tape, seeds[i]);
                }
                else
                {
                    compiled.Forward(Rows(inputs, shape.InputSize), state, Rows(batch.Outputs, shape.OutputSize), tape);
                }

                compiled.Backward(
                    Rows(outputGradients, shape.OutputSize),
                    batch.StateGradients.AsSpan(i * shape.StateSize, shape.StateSize),
                    tape,
                    batch.Parameters,
                    Rows(batch.InputGradients, shape.InputSize));
            }

            return batch;
        }

        private static Batch Begin(CompiledNetwork network, int[] lengths, out float[] inputs, out float[] outputGradients)
        {
            NetworkClass shape = network.Class;
            int steps = lengths.Sum();
            inputs = network.Inputs(steps);
            outputGradients = CompiledNetwork.Numbers(steps * shape.OutputSize, 6);
            return new Batch(
                new float[steps * shape.OutputSize],
                CompiledNetwork.Numbers(lengths.Length * shape.StateSize, 4),
                new float[shape.ParameterCount],
                CompiledNetwork.Numbers(lengths.Length * shape.StateSize, 5),
                new float[steps * shape.InputSize]);
        }
    }
}
