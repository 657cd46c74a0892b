using System;
using System.Linq;
using Recurrent.Sampling;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Sampling;

public class SequenceSamplerTests
{
    [Fact]
    public void Each_token_is_chosen_from_the_output_and_is_the_next_input()
    {
        using IndexReader network = IndexReader.Create(seed: 1);
        TokenSampler greedy = new() { Temperature = 0 };
        SequenceSampler<IndexReader> sampler = new(network);
        sampler.ReadTokens(2, 0);
        int[] tokens = new int[12];

        sampler.WriteTokens(tokens, greedy).ShouldBe(12);

        float[] state = new float[IndexReader.StateSize];
        float[] output = new float[5];
        network.Step([2], state, output);
        network.Step([0], state, output);
        foreach (int token in tokens)
        {
            token.ShouldBe(output.AsSpan().IndexOf(output.Max()));
            network.Step([token], state, output);
        }

        sampler.State.ToArray().ShouldBe(state);
        sampler.Output.ToArray().ShouldBe(output);
    }

    [Fact]
    public void A_network_that_does_not_read_an_index_reads_zeros_and_a_1()
    {
        using OneHotReader network = OneHotReader.Create(seed: 1);
        SequenceSampler<OneHotReader> tokens = new(network);
        SequenceSampler<OneHotReader> rows = new(network);

        tokens.ReadTokens(1, 3);
        rows.Read([0, 1, 0, 0, 0, 0, 0, 1]);

        tokens.Output.ToArray().ShouldBe(rows.Output.ToArray());
        Should.Throw<ArgumentException>(() => tokens.ReadTokens(4)).Message.ShouldStartWith("There is token 4; 0 to 3 is wanted.");
        Should.Throw<ArgumentException>(() => tokens.ReadTokens(-1)).Message.ShouldStartWith("There is token -1; 0 to 3 is wanted.");
    }

    [Fact]
    public void Numbers_are_fed_back_as_they_are()
    {
        using OneHotReader network = OneHotReader.Create(seed: 1);
        SequenceSampler<OneHotReader> sampler = new(network);
        sampler.Read([0.5f, -1, 0, 2]);
        float[] written = new float[12];

        sampler.Write(written);

        float[] state = new float[OneHotReader.StateSize];
        float[] outputs = new float[16];
        network.Run([0.5f, -1, 0, 2, .. written], state, outputs);
        written.ShouldBe(outputs[..12]);
        sampler.Output.ToArray().ShouldBe(outputs[12..]);
    }

    [Fact]
    public void Writing_twice_goes_on_and_a_copied_state_starts_where_the_first_stood()
    {
        using IndexReader network = IndexReader.Create(seed: 1);
        int[] once = new int[20];
        int[] twice = new int[20];
        SequenceSampler<IndexReader> sampler = new(network);
        sampler.ReadTokens(1);
        sampler.WriteTokens(once, new TokenSampler(seed: 4));
        sampler.Start();
        sampler.ReadTokens(1);
        TokenSampler tokens = new(seed: 4);
        sampler.WriteTokens(twice.AsSpan(0, 7), tokens);
        SequenceSampler<IndexReader> other = new(network);
        other.Start(sampler.State);
        other.ReadTokens(3);
        sampler.WriteTokens(twice.AsSpan(7), tokens);

        twice.ShouldBe(once);
        float[] state = new float[IndexReader.StateSize];
        network.Run([1, .. once[..7].Select(token => (float)token), 3], state, new float[45]);
        other.State.ToArray().ShouldBe(state);
    }

    [Fact]
    public void The_end_token_ends_the_sequence_and_is_not_written()
    {
        using IndexReader network = IndexReader.Create(seed: 1);
        SequenceSampler<IndexReader> sampler = new(network);
        sampler.ReadTokens(1);
        int[] all = new int[50];
        sampler.WriteTokens(all, new TokenSampler(seed: 5));
        int end = all[10];
        int first = Array.IndexOf(all, end);
        int[] tokens = new int[50];
        sampler.Start();
        sampler.ReadTokens(1);

        sampler.WriteTokens(tokens, new TokenSampler(seed: 5), end).ShouldBe(first);

        tokens[..first].ShouldBe(all[..first]);
        tokens[first..].ShouldAllBe(token => token == 0);
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        using IndexReader network = IndexReader.Create(seed: 1);
        SequenceSampler<IndexReader> sampler = new(network);
        TokenSampler tokens = new() { TopK = 3 };
        int[] written = new int[50];
        sampler.ReadTokens(1);
        sampler.WriteTokens(written, tokens);
        long before = GC.GetAllocatedBytesForCurrentThread();

        sampler.Start();
        sampler.ReadTokens(1);
        sampler.WriteTokens(written, tokens);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using IndexReader network = IndexReader.Create(seed: 1);
        SequenceSampler<IndexReader> sampler = new(network);

        Should.Throw<InvalidOperationException>(() => sampler.WriteTokens(new int[1], new TokenSampler()))
            .Message.ShouldBe("The network has read nothing since the start; Read and ReadTokens give it the beginning of a sequence.");
        Should.Throw<ArgumentException>(() => sampler.Write(new float[5]))
            .Message.ShouldStartWith("IndexReader gives 5 numbers and reads 1; as many are wanted where outputs are the next inputs.");
        Should.Throw<ArgumentException>(() => sampler.Start(new float[1])).Message.ShouldStartWith("state has 1 float; 6 are wanted.");
        Should.Throw<ArgumentException>(() => sampler.ReadTokens(9)).Message.ShouldContain("is 9; a whole number from 0 to 4 is wanted.");
        Should.Throw<ArgumentNullException>(() => new SequenceSampler<IndexReader>(null!)).ParamName.ShouldBe("network");
        Should.Throw<ArgumentNullException>(() => sampler.WriteTokens(new int[1], null!)).ParamName.ShouldBe("sampler");
    }
}

/// <summary>Reads a token as its index.</summary>
[Network(Input = 1)]
[Embedding(5, 3)]
[Gru(6)]
[Dense(5)]
internal sealed partial class IndexReader;

/// <summary>Reads a token as zeros and a 1, or a row of numbers.</summary>
[Network(Input = 4)]
[Lstm(5)]
[Dense(4)]
internal sealed partial class OneHotReader;
