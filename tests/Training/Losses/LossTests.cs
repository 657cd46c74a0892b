using System;
using System.Linq;
using System.Runtime.InteropServices;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training;

/// <summary>What all losses have from their base: which steps are scored, what they weigh, and what is refused.</summary>
public class LossTests
{
    private const int Steps = 5;
    private const int Size = 6;

    public static TheoryData<Loss, TrainingSequence> Losses => new()
    {
        { new MeanSquaredErrorLoss(), Targets(Size) },
        { new MeanAbsoluteErrorLoss(), Targets(Size) },
        { new HuberLoss(), Targets(Size) },
        { new BinaryCrossEntropyLoss(), new(new float[Steps], Numbers.Random(Steps * Size, seed: 2).Select(number => number > 0 ? 1f : 0f).ToArray()) },
        { new PinballLoss(0.1, 0.5, 0.9), Targets(Size / 3) },
        { new GaussianNllLoss(), Targets(Size / 2) },
        { new LogCosh(), Targets(Size) },
        { new CrossEntropyLoss { LabelSmoothing = 0.1 }, new(new float[Steps], new[] { 2, 0, 5, 1, 2 }) },
    };

    public static TheoryData<Loss, TrainingSequence> AllLosses
    {
        get
        {
            TheoryData<Loss, TrainingSequence> all = Losses;
            all.Add(new CtcLoss(), new(new float[Steps], new[] { 2, 5, 5 }));
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_loss_is_the_mean_of_its_steps_by_their_weights(Loss loss, TrainingSequence sequence)
    {
        float[] weights = [2, 2, 0, 0.5f, 1];
        (double value, float[] gradients) = Of(loss, sequence with { StepWeights = weights });

        double expected = 0;
        for (int step = 0; step < Steps; step++)
        {
            float[] stepGradients = new float[Size];
            expected += weights[step] / 5.5 * loss.Compute(Outputs().AsSpan(step * Size, Size), 1, Row(sequence, step), stepGradients);
            gradients.AsSpan(step * Size, Size).ToArray().ShouldBe(stepGradients.Select(g => g * weights[step] / 5.5f), 1e-6f);
        }

        value.ShouldBe(expected, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_step_of_weight_0_may_be_anything(Loss loss, TrainingSequence sequence)
    {
        TrainingSequence masked = sequence with { StepWeights = new float[] { 1, 0, 1, 1, 0 } };
        float[] outputs = Outputs();
        float[] broken = Outputs();
        broken.AsSpan(Size, Size).Fill(float.NaN);
        float[] expected = new float[outputs.Length];
        double value = loss.Compute(outputs, Steps, masked, expected);
        float[] gradients = new float[outputs.Length];

        loss.Compute(broken, Steps, masked, gradients).ShouldBe(value);

        gradients.ShouldBe(expected);
        gradients.AsSpan(Size, Size).ToArray().ShouldAllBe(gradient => gradient == 0);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Where_nothing_is_scored_the_loss_and_the_gradient_are_0(Loss loss, TrainingSequence sequence)
    {
        TrainingSequence none = sequence.Classes.IsEmpty ? new(default, new float[0]) : new(default, new int[0]);
        foreach (TrainingSequence unscored in (TrainingSequence[])[sequence with { StepWeights = new float[Steps] }, sequence with { Weight = 0 }, none with { ScoredSteps = 0 }])
        {
            (double value, float[] gradients) = Of(loss, unscored);

            value.ShouldBe(0);
            gradients.ShouldAllBe(gradient => gradient == 0);
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Steps_before_the_scored_ones_cost_nothing(Loss loss, TrainingSequence sequence)
    {
        float[] expected = new float[2 * Size];
        double value = loss.Compute(Outputs().AsSpan(3 * Size), 2, Last(sequence, 2), expected);

        (double scored, float[] gradients) = Of(loss, Last(sequence, 2) with { ScoredSteps = 2 });

        scored.ShouldBe(value);
        gradients.ShouldBe([.. new float[3 * Size], .. expected]);
    }

    [Fact]
    public void Many_to_one_scores_the_last_step()
    {
        (double value, float[] gradients) = Of(new MeanSquaredErrorLoss(), TrainingSequence.ManyToOne(default, new float[] { 1, 2, 3, 4, 5, 6 }));
        value.ShouldBe(Outputs()[^Size..].Select((y, i) => Math.Pow(y - (i + 1), 2)).Average(), 1e-6);
        gradients[..^Size].ShouldAllBe(gradient => gradient == 0);

        (double entropy, _) = Of(new CrossEntropyLoss(), TrainingSequence.ManyToOne(default, 5));
        entropy.ShouldBe(-Math.Log(Math.Exp(Outputs()[^1]) / Outputs()[^Size..].Sum(y => Math.Exp(y))), 1e-6);
    }

    [Theory]
    [MemberData(nameof(AllLosses))]
    public void A_NaN_reaches_the_loss_and_its_own_gradient_so_that_training_stops(Loss loss, TrainingSequence sequence)
    {
        float[] outputs = Outputs();
        outputs.AsSpan(2 * Size, Size).Fill(float.NaN);
        float[] gradients = new float[outputs.Length];

        loss.Compute(outputs, Steps, sequence, gradients).ShouldBe(double.NaN);

        gradients.AsSpan(2 * Size, Size).ToArray().ShouldContain(float.NaN);
    }

    [Theory]
    [MemberData(nameof(AllLosses))]
    public void The_weight_of_a_sequence_multiplies_loss_and_gradient(Loss loss, TrainingSequence sequence)
    {
        (double value, float[] gradients) = Of(loss, sequence);

        (double twice, float[] twiceGradients) = Of(loss, sequence with { Weight = -2 });

        twice.ShouldBe(-2 * value);
        twiceGradients.ShouldBe(gradients.Select(gradient => -2 * gradient));
    }

    [Theory]
    [MemberData(nameof(AllLosses))]
    public void Computing_allocates_nothing(Loss loss, TrainingSequence sequence)
    {
        TrainingSequence weighted = loss is CtcLoss ? sequence : sequence with { StepWeights = new float[] { 1, 1, 0, 2, 2 } };
        float[] outputs = Outputs();
        float[] gradients = new float[outputs.Length];
        loss.Compute(outputs, Steps, weighted, gradients);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 100; i++)
        {
            loss.Compute(outputs, Steps, sequence, gradients);
            loss.Compute(outputs, Steps, weighted, gradients);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [InlineData(0, 2, 0, "steps", "steps is 0; at least 1 is wanted.")]
    [InlineData(2, 0, 0, "outputs", "outputs has 0 floats; a multiple of the 2 time steps is wanted, at least 1 for each.")]
    [InlineData(2, 5, 5, "outputs", "outputs has 5 floats; a multiple of the 2 time steps is wanted, at least 1 for each.")]
    [InlineData(2, 6, 5, "gradients", "gradients has 5 floats; 6 are wanted.")]
    [InlineData(2, 6, 6, "sequence", "The sequence has 4 targets; 6 are wanted (2 scored time steps of 3).")]
    public void What_does_not_fit_is_refused_before_anything_is_written(int steps, int outputs, int gradients, string parameter, string message)
    {
        float[] written = new float[gradients];
        Array.Fill(written, 7);

        ArgumentException error = Should.Throw<ArgumentException>(
            () => new MeanSquaredErrorLoss().Compute(new float[outputs], steps, new TrainingSequence(default, new float[4]), written));

        error.ParamName.ShouldBe(parameter);
        error.Message.ShouldStartWith(message);
        written.ShouldAllBe(value => value == 7);
    }

    [Fact]
    public void Gradients_over_what_is_read_are_refused()
    {
        float[] memory = new float[30];
        int[] classes = new int[4];
        TrainingSequence good = new(default, new float[4]);
        void Refused(string name, TrainingSequence sequence) =>
            Should.Throw<ArgumentException>(() => new MeanSquaredErrorLoss().Compute(new float[4], 4, sequence, memory.AsSpan(1, 4)))
                .Message.ShouldStartWith($"gradients overlaps {name}; memory of its own is wanted.");

        Should.Throw<ArgumentException>(() => new MeanSquaredErrorLoss().Compute(memory.AsSpan(0, 4), 4, good, memory.AsSpan(1, 4)))
            .Message.ShouldStartWith("gradients overlaps outputs; memory of its own is wanted.");
        Refused("Targets", new(default, memory.AsMemory(0, 4)));
        Refused("StepWeights", good with { StepWeights = memory.AsMemory(0, 4) });
        Should.Throw<ArgumentException>(() => new CrossEntropyLoss().Compute(
                new float[4], 4, new TrainingSequence(default, classes), MemoryMarshal.Cast<int, float>(classes.AsSpan())))
            .Message.ShouldStartWith("gradients overlaps Classes; memory of its own is wanted.");
    }

    private static float[] Outputs() => Numbers.Random(Steps * Size, seed: 1);

    private static (double Value, float[] Gradients) Of(Loss loss, TrainingSequence sequence)
    {
        float[] gradients = new float[Steps * Size];
        Array.Fill(gradients, float.NaN);
        return (loss.Compute(Outputs(), Steps, sequence, gradients), gradients);
    }

    private static TrainingSequence Targets(int size) => new(new float[Steps], Numbers.Random(Steps * size, seed: 2));

    private static TrainingSequence Row(TrainingSequence sequence, int step) => sequence.Classes.IsEmpty
        ? new(default, sequence.Targets.Slice(step * sequence.Targets.Length / Steps, sequence.Targets.Length / Steps))
        : new(default, sequence.Classes.Slice(step, 1));

    private static TrainingSequence Last(TrainingSequence sequence, int steps) => sequence.Classes.IsEmpty
        ? new(default, sequence.Targets[^(steps * sequence.Targets.Length / Steps)..])
        : new(default, sequence.Classes[^steps..]);

    /// <summary>A loss as a user writes it.</summary>
    private sealed class LogCosh : StepLoss
    {
        protected override double Sum(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int steps, Span<float> gradients)
        {
            double sum = 0;
            for (int i = 0; i < outputs.Length; i++)
            {
                sum += Math.Log(Math.Cosh(outputs[i] - targets[i]));
                gradients[i] = MathF.Tanh(outputs[i] - targets[i]);
            }

            return sum;
        }
    }
}
