using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Tests.Sampling;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training;

public class CtcLossTests
{
    [Theory]
    [InlineData(1, 2, 0, new[] { 1 })]
    [InlineData(1, 3, 0, new int[0])]
    [InlineData(4, 3, 1, new int[0])]
    [InlineData(5, 3, 0, new[] { 1, 2 })]
    [InlineData(5, 3, 2, new[] { 1, 1 })]
    [InlineData(3, 3, 0, new[] { 1, 1 })] // no time step to spare
    [InlineData(6, 4, 1, new[] { 0, 3, 3, 2 })]
    public void The_loss_and_the_gradient_are_those_of_all_alignments(int steps, int size, int blank, int[] labels)
    {
        float[] logits = Numbers.Random(steps * size, seed: 1);
        float[] gradients = new float[logits.Length];
        int[][] alignments = [.. Paths(steps, size).Where(path => Read(path, blank).SequenceEqual(labels))];

        double Value(double[] x)
        {
            double[] sums = [.. Enumerable.Range(0, steps).Select(step => x.Skip(step * size).Take(size).Sum(Math.Exp))];
            double likelihood = alignments.Sum(path => path.Select((output, step) => Math.Exp(x[step * size + output]) / sums[step]).Aggregate((a, b) => a * b));
            return -Math.Log(likelihood) / Math.Max(1, labels.Length);
        }

        new CtcLoss(blank).Compute(logits, steps, new TrainingSequence(default, labels), gradients)
            .ShouldBe(Value(Array.ConvertAll(logits, value => (double)value)), 1e-6);

        Numbers.ShouldBeGradientOf(gradients, Value, logits);
    }

    [Theory]
    [InlineData(1e4f)]
    [InlineData(1e30f)]
    public void Logits_of_any_finite_size_do_not_overflow(float size)
    {
        // The label is all but impossible at both time steps; it has to come at one of them.
        float[] gradients = new float[4];

        double loss = new CtcLoss().Compute([size, -size, size, -size], 2, new TrainingSequence(default, new[] { 1 }), gradients);

        loss.ShouldBe(2.0 * size - Math.Log(2), 1e-6 * size);
        gradients.ShouldBe([0.5f, -0.5f, 0.5f, -0.5f], 1e-6f);
    }

    [Fact]
    public void A_long_sequence_loses_nothing()
    {
        const int Steps = 600;
        const int Count = 200;
        int[] labels = [.. Enumerable.Range(0, Count).Select(i => 1 + i % 3)];
        float[] gradients = new float[4 * Steps];

        // With equal outputs every alignment has the same probability: their number is that of ways to divide the steps among the places.
        double loss = new CtcLoss().Compute(new float[4 * Steps], Steps, new TrainingSequence(default, labels), gradients);

        double alignments = Enumerable.Range(0, 2 * Count).Sum(i => Math.Log(Steps + Count - i) - Math.Log((2 * Count) - i));
        loss.ShouldBe((Steps * Math.Log(4) - alignments) / Count, 1e-5);
        Enumerable.Range(0, Steps).ShouldAllBe(step => Math.Abs(gradients.AsSpan(4 * step, 4).ToArray().Sum()) < 1e-6);
    }

    [Fact]
    public void Only_the_scored_steps_are_aligned()
    {
        float[] logits = Numbers.Random(12, seed: 1);
        float[] last = new float[9];
        float[] gradients = new float[12];
        double loss = new CtcLoss().Compute(logits.AsSpan(3), 3, new TrainingSequence(default, new[] { 2, 1 }), last);

        new CtcLoss().Compute(logits, 4, new TrainingSequence(default, new[] { 2, 1 }) { ScoredSteps = 3 }, gradients).ShouldBe(loss);

        gradients.ShouldBe([0, 0, 0, .. last]);
    }

    [Fact]
    public void What_an_output_that_is_impossible_would_have_to_spell_costs_infinitely_much()
    {
        float[] logits = [0, float.NegativeInfinity, 0, float.NegativeInfinity];

        new CtcLoss().Compute(logits, 2, new TrainingSequence(default, new[] { 1 }), new float[4]).ShouldBe(double.PositiveInfinity);
    }

    [Theory]
    [InlineData(new[] { 0, 1, 1, 0, 1, 2, 2 }, 0, new[] { 1, 1, 2 })]
    [InlineData(new[] { 0, 0 }, 0, new int[0])]
    [InlineData(new[] { 0, 0, 1 }, 2, new[] { 0, 1 })]
    public void The_best_path_is_read_without_repetitions_and_blanks(int[] path, int blank, int[] wanted)
    {
        float[] outputs = [.. path.SelectMany(best => Enumerable.Range(0, 3).Select(output => output == best ? 1f : 0f))];
        int[] labels = new int[path.Length];

        int count = new CtcLoss(blank).Read(outputs, path.Length, labels);

        labels[..count].ShouldBe(wanted);
    }

    [Fact]
    public void Labels_without_room_are_refused() =>
        Should.Throw<ArgumentException>(() => new CtcLoss().Read([0, 1, 1, 0, 0, 1], 3, new int[1]))
            .Message.ShouldStartWith("labels has room for 1; more are wanted: 3 time steps have at most as many labels.");

    [Theory]
    [InlineData(new[] { 1, 1 }, 0, 2, "has 2 labels with 1 repetitions, which take 3 time steps; 2 are scored")]
    [InlineData(new[] { 1, 3 }, 0, 5, "has label 3 at [1]; 0 to 2 is wanted, but for the blank 0")]
    [InlineData(new[] { 1, 2 }, 2, 5, "has label 2 at [1]; 0 to 2 is wanted, but for the blank 2")]
    [InlineData(new[] { 1, 2 }, 3, 5, "meets 3 outputs; more are wanted, for the blank is 3")]
    public void Labels_that_do_not_fit_are_refused(int[] labels, int blank, int steps, string reason) =>
        Should.Throw<ArgumentException>(() => new CtcLoss(blank).Compute(new float[3 * steps], steps, new TrainingSequence(default, labels), new float[3 * steps]))
            .Message.ShouldStartWith($"The sequence {reason}.");

    [Fact]
    public void A_sequence_is_not_cut_into_windows()
    {
        using IndexReader network = IndexReader.Create(seed: 1);

        Should.Throw<ArgumentException>(() => new Trainer<IndexReader>(network, new CtcLoss(), new TrainingOptions { TruncatedSteps = 4 }))
            .Message.ShouldStartWith("TruncatedSteps is set, and CtcLoss is a loss of whole sequences: its sequences cannot be cut into windows.");
    }

    [Fact]
    public void Targets_and_step_weights_are_refused()
    {
        void Refused(TrainingSequence sequence, string reason) =>
            Should.Throw<ArgumentException>(() => new CtcLoss().Compute(new float[4], 2, sequence, new float[4])).Message.ShouldStartWith($"The sequence {reason}.");

        Refused(new(default, new float[2]), "has targets that are floats; labels are wanted, for CtcLoss");
        Refused(new(default, new[] { 1 }) { StepWeights = new float[2] }, "has step weights; none are wanted, for CtcLoss scores all time steps as one");
    }

    private static IEnumerable<int[]> Paths(int steps, int size) => steps == 0
        ? [[]]
        : Paths(steps - 1, size).SelectMany(path => Enumerable.Range(0, size).Select(output => (int[])[.. path, output]));

    private static IEnumerable<int> Read(int[] path, int blank) =>
        path.Where((output, step) => output != blank && (step == 0 || output != path[step - 1]));
}
