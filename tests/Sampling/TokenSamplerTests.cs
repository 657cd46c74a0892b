using System;
using System.Linq;
using Recurrent.Sampling;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Sampling;

public class TokenSamplerTests
{
    private const int Draws = 20_000;

    private static readonly float[] Logits = [1, 3, float.NegativeInfinity, 2, 3, 0];

    [Theory]
    [InlineData(1, int.MaxValue)]
    [InlineData(0.5, 6)]
    [InlineData(2, 4)]
    [InlineData(1, 3)]
    [InlineData(1, 2)]
    [InlineData(1, 1)]
    public void Tokens_come_as_often_as_the_softmax_of_the_likeliest_says(double temperature, int topK)
    {
        TokenSampler sampler = new(seed: 3) { Temperature = temperature, TopK = topK };
        int[] counts = new int[Logits.Length];
        for (int i = 0; i < Draws; i++)
        {
            counts[sampler.Choose(Logits)]++;
        }

        int[] kept = [.. Enumerable.Range(0, 6).OrderByDescending(token => Logits[token]).ThenBy(token => token).Take(topK)];
        double sum = kept.Sum(token => Math.Exp(Logits[token] / temperature));
        for (int token = 0; token < 6; token++)
        {
            double probability = kept.Contains(token) ? Math.Exp(Logits[token] / temperature) / sum : 0;
            double deviation = Math.Sqrt(probability * (1 - probability) / Draws);
            ((double)counts[token] / Draws).ShouldBe(probability, (5 * deviation) + 1e-9, $"token {token}");
        }
    }

    [Fact]
    public void Of_equals_at_the_edge_the_first_are_kept()
    {
        TokenSampler sampler = new() { TopK = 3 };

        Enumerable.Range(0, 500).Select(_ => sampler.Choose([0, 1, 0, 0, 1])).Distinct().Order().ShouldBe([0, 1, 4]);
    }

    [Fact]
    public void A_temperature_of_0_takes_the_first_of_the_likeliest()
    {
        TokenSampler sampler = new(seed: 3) { Temperature = 0 };

        Enumerable.Range(0, 20).ShouldAllBe(_ => sampler.Choose(Logits) == 1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_tokens()
    {
        static int[] Tokens(int seed)
        {
            TokenSampler sampler = new(seed);
            return [.. Enumerable.Range(0, 50).Select(_ => sampler.Choose(Logits))];
        }

        Tokens(1).ShouldBe(Tokens(1));
        Tokens(1).ShouldNotBe(Tokens(2));
    }

    [Fact]
    public void Choosing_allocates_nothing()
    {
        TokenSampler sampler = new() { TopK = 3, Temperature = 0.7 };
        sampler.Choose(Logits);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 100; i++)
        {
            sampler.Choose(Logits);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [InlineData(new float[0], "There are 0 logits; at least 1 is wanted.")]
    [InlineData(new[] { 1, float.NaN }, "The largest of 2 logits is NaN; a finite number is wanted.")]
    [InlineData(new[] { 1, float.PositiveInfinity }, "The largest of 2 logits is Infinity; a finite number is wanted.")]
    [InlineData(new[] { float.NegativeInfinity }, "The largest of 1 logits is -Infinity; a finite number is wanted.")]
    public void Logits_without_a_finite_largest_are_refused(float[] logits, string message) =>
        Should.Throw<ArgumentException>(() => new TokenSampler().Choose(logits)).Message.ShouldStartWith(message);

    [Fact]
    public void A_setting_outside_its_range_is_refused()
    {
        TokenSampler sampler = new();
        Should.Throw<ArgumentOutOfRangeException>(() => sampler.Temperature = -1).Message.ShouldStartWith("Temperature is -1; a finite number of at least 0 is wanted.");
        Should.Throw<ArgumentOutOfRangeException>(() => sampler.TopK = 0).Message.ShouldStartWith("TopK is 0; at least 1 is wanted.");
    }
}
