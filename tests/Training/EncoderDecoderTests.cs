using System;
using System.IO;
using System.Linq;
using Recurrent.Sampling;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training;

using Translator = EncoderDecoder<Hearer, Speaker>;

public class EncoderDecoderTests
{
    private const int StartToken = 0;
    private const int EndToken = 1;

    [Fact]
    public void A_pair_learns_to_turn_sequences_around_and_then_does_so_on_its_own()
    {
        Random random = new(1);
        int[][] sources = [.. Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(4)).ToArray())];
        using Translator translator = Translator.Create(seed: 1);
        TrainingSequence[] pairs = [.. sources.Select(source => Translator.Pair(source, Reversed(source), StartToken, EndToken))];
        Trainer<Translator> trainer = new(translator, new CrossEntropyLoss(), new TrainingOptions { Epochs = 120, BatchSize = 10, LearningRate = 0.02 });

        trainer.Train(pairs).ShouldBeLessThan(0.05);

        SequenceSampler<Speaker> speaker = new(translator.Decoder);
        float[] state = new float[Translator.StateSize];
        foreach (int[] source in sources)
        {
            translator.EncodeTokens(source, state);
            speaker.Start(state);
            speaker.ReadTokens(StartToken);
            int[] written = new int[10];
            int count = speaker.WriteTokens(written, new TokenSampler { Temperature = 0 }, EndToken);
            written[..count].ShouldBe(Reversed(source));
        }
    }

    [Fact]
    public void The_decoder_goes_on_from_the_state_in_which_the_encoder_ends()
    {
        using Translator translator = Translator.Create(seed: 2);
        int[] source = [3, 0, 2];
        TrainingSequence pair = Translator.Pair(source, [4, 2], StartToken, EndToken);
        float[] state = new float[Translator.StateSize];
        float[] outputs = new float[6 * Translator.OutputSize];
        translator.Run(pair.Inputs.Span, state, outputs);

        float[] handed = new float[Translator.StateSize];
        translator.EncodeTokens(source, handed);
        float[] expected = new float[3 * Translator.OutputSize];
        translator.Decoder.Run([StartToken, 4, 2], handed, expected);

        outputs.ShouldBe([.. new float[3 * Translator.OutputSize], .. expected]);
        state.ShouldBe(handed);
        pair.Classes.ToArray().ShouldBe([4, 2, EndToken]);
        pair.ScoredSteps.ShouldBe(3);
    }

    [Fact]
    public void Rows_of_numbers_are_padded_to_the_longer_input()
    {
        TrainingSequence pair = EncoderDecoder<Hearer, WideSpeaker>.Pair([1, 2, 3, 4], [5, 6, 7, 8, 9, 10], new float[] { 1, 2 });

        pair.Inputs.ToArray().ShouldBe([0, 1, 2, 3, 4, 0, 0, 1, 5, 6, 7, 8, 9, 10]);
        pair.Targets.ToArray().ShouldBe([1, 2]);
        pair.ScoredSteps.ShouldBe(1);
    }

    [Fact]
    public void Forward_gives_the_bits_of_Run_and_a_cut_sequence_those_of_the_whole()
    {
        using Translator translator = Translator.Create(seed: 2);
        ReadOnlySpan<float> inputs = Translator.Pair([3, 0, 2], [4, 2, 2, 5], StartToken, EndToken).Inputs.Span;
        int size = Translator.InputSize;
        float[] state = new float[Translator.StateSize];
        float[] outputs = new float[8 * Translator.OutputSize];
        translator.Run(inputs, state, outputs);
        float[] other = new float[Translator.StateSize];
        float[] otherOutputs = new float[outputs.Length];

        translator.Forward(inputs[..(4 * size)], other, otherOutputs.AsSpan(0, 4 * Translator.OutputSize), new float[Translator.TapeSize(4)]);
        translator.Forward(inputs[(4 * size)..], other, otherOutputs.AsSpan(4 * Translator.OutputSize), new float[Translator.TapeSize(4)]);

        otherOutputs.ShouldBe(outputs);
        other.ShouldBe(state);
    }

    [Fact]
    public void Parameters_and_files_hold_both_networks()
    {
        using Translator translator = Translator.Create(seed: 2);
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "pair.safetensors");

        translator.Save(path);

        using Translator loaded = Translator.Load(path);
        using Translator fromBytes = Translator.Load(File.ReadAllBytes(path));
        float[] parameters = Parameters(translator);
        Parameters(loaded).ShouldBe(parameters);
        Parameters(fromBytes).ShouldBe(parameters);
        Translator.Parameters.ToArray().Select(tensor => tensor.Name).ShouldBe(
            [.. Hearer.Parameters.ToArray().Select(tensor => "encoder." + tensor.Name), .. Speaker.Parameters.ToArray().Select(tensor => "decoder." + tensor.Name)]);
        Translator.Parameters[^1].Offset.ShouldBe(Translator.ParameterCount - Translator.Parameters[^1].Length);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void The_degree_of_parallelism_is_that_of_both_networks()
    {
        using Translator translator = Translator.Create(seed: 5);
        translator.DegreeOfParallelism.ShouldBe(1);
        translator.DegreeOfParallelism = 3;

        Should.Throw<ArgumentOutOfRangeException>(() => translator.DegreeOfParallelism = 0);

        new[] { translator.DegreeOfParallelism, translator.Encoder.DegreeOfParallelism, translator.Decoder.DegreeOfParallelism }.ShouldAllBe(degree => degree == 3);
    }

    [Fact]
    public void A_training_step_allocates_nothing()
    {
        using Translator translator = Translator.Create(seed: 2);
        TrainingSequence[] batch = [Translator.Pair([3, 0, 2], [4, 2], StartToken, EndToken), Translator.Pair([1], [2, 2, 3], StartToken, EndToken)];
        Trainer<Translator> trainer = new(translator, new CrossEntropyLoss());
        trainer.TrainBatch(batch);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 20; i++)
        {
            trainer.TrainBatch(batch);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [InlineData(2f, 0, "inputs[0] is 2; 0, the encoder's, or 1, the decoder's, is wanted.")]
    [InlineData(0f, 3, "inputs[15] is 0; 1, the decoder's, is wanted.")]
    public void Rows_that_are_nobodys_or_come_too_late_are_refused_before_anything_is_written(float whose, int row, string message)
    {
        using Translator translator = Translator.Create(seed: 2);
        float[] inputs = Translator.Pair([3, 0], [4, 2], StartToken, EndToken).Inputs.ToArray();
        inputs[row * Translator.InputSize] = whose;
        float[] state = new float[Translator.StateSize];
        float[] outputs = new float[5 * Translator.OutputSize];

        Should.Throw<ArgumentException>(() => translator.Run(inputs, state, outputs)).Message.ShouldStartWith(message);

        state.ShouldAllBe(value => value == 0);
        outputs.ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void A_token_that_the_decoder_does_not_know_leaves_the_state()
    {
        using Translator translator = Translator.Create(seed: 2);
        ReadOnlyMemory<float> inputs = Translator.Pair([3, 0], [9], StartToken, EndToken).Inputs;
        float[] state = new float[Translator.StateSize];

        Should.Throw<ArgumentException>(() => translator.Run(inputs.Span, state, new float[4 * Translator.OutputSize]))
            .Message.ShouldContain("is 9; a whole number from 0 to 5 is wanted.");

        state.ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void Networks_whose_states_differ_and_sequences_without_steps_are_refused()
    {
        using Hearer listener = Hearer.Create(seed: 1);
        using WideSpeaker speaker = WideSpeaker.Create(seed: 1);
        Should.Throw<ArgumentException>(() => new EncoderDecoder<Hearer, WideSpeaker>(listener, speaker))
            .Message.ShouldStartWith("The state of Hearer has 8 floats, that of WideSpeaker 2; as many are wanted, for one is handed to the other.");
        Should.Throw<ArgumentException>(() => Translator.Pair([], [1], StartToken, EndToken))
            .Message.ShouldStartWith("There are 0 steps of the encoder and 2 of the decoder; at least 1 of each is wanted.");
        Should.Throw<ArgumentNullException>(() => new Translator(null!, null!)).ParamName.ShouldBe("encoder");
    }

    private static int[] Reversed(int[] source) => [.. source.Reverse().Select(token => token + 2)];

    private static float[] Parameters(Translator translator)
    {
        float[] parameters = new float[Translator.ParameterCount];
        translator.CopyParametersTo(parameters);
        return parameters;
    }
}

/// <summary>An encoder that reads in both directions.</summary>
[Network(Input = 4)]
[Gru(4, Bidirectional = true)]
internal sealed partial class Hearer;

/// <summary>A decoder of tokens.</summary>
[Network(Input = 1)]
[Embedding(6, 4)]
[Gru(8)]
[Dense(6)]
internal sealed partial class Speaker;

/// <summary>A decoder that reads more than the encoder, and whose state is shorter.</summary>
[Network(Input = 6)]
[Rnn(2)]
internal sealed partial class WideSpeaker;
