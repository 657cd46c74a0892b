using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Training;

namespace Recurrent.Tests.Training.Shapes;

/// <summary>A loss, targets for it where a network has six outputs, and its definition in double precision.</summary>
internal sealed record LossCase(string Name, Loss Loss, Func<int, TrainingSequence> Targets, Func<double[], TrainingSequence, double> Definition)
{
    private const int Size = 6;

    public static IReadOnlyList<LossCase> All { get; } =
    [
        OfElements("mean squared error", new MeanSquaredErrorLoss(), (y, t) => (y - t) * (y - t)),
        OfElements("mean absolute error", new MeanAbsoluteErrorLoss(), (y, t) => Math.Abs(y - t)),
        OfElements("Huber", new HuberLoss(0.7), (y, t) => Math.Abs(y - t) <= 0.7 ? 0.5 * (y - t) * (y - t) : 0.7 * (Math.Abs(y - t) - 0.35)),
        new(
            "cross-entropy",
            new CrossEntropyLoss { LabelSmoothing = 0.1 },
            Classes,
            (y, sequence) => Rows(y).Select((row, i) =>
            {
                double logSum = Math.Log(row.Sum(Math.Exp));
                return logSum - (0.9 * row[sequence.Classes.Span[i]]) - (0.1 * row.Average());
            }).Average()),
        OfElements("binary cross-entropy", new BinaryCrossEntropyLoss { PositiveWeight = 2 }, (x, t) =>
        {
            double p = 1 / (1 + Math.Exp(-x));
            return (-2 * t * Math.Log(p)) - ((1 - t) * Math.Log(1 - p));
        }),
        new("CTC", new CtcLoss(), Labels, Ctc),
        new("pinball", new PinballLoss(0.25, 0.75), steps => Numbers(steps * 3), (y, sequence) => y.Select((output, i) =>
        {
            double d = sequence.Targets.Span[i / 2] - output;
            return Math.Max((i % 2 == 0 ? 0.25 : 0.75) * d, (i % 2 == 0 ? -0.75 : -0.25) * d);
        }).Average()),
        new("Gaussian", new GaussianNllLoss(), steps => Numbers(steps * 3), (y, sequence) => Rows(y).SelectMany((row, step) =>
            Enumerable.Range(0, 3).Select(i => 0.5 * (row[3 + i] + (Math.Pow(row[i] - sequence.Targets.Span[(3 * step) + i], 2) / Math.Exp(row[3 + i]))))).Average()),
    ];

    public override string ToString() => Name;

    private static LossCase OfElements(string name, Loss loss, Func<double, double, double> cost) =>
        new(name, loss, steps => Numbers(steps * Size), (y, sequence) => y.Select((output, i) => cost(output, sequence.Targets.Span[i])).Average());

    private static IEnumerable<double[]> Rows(double[] outputs) => outputs.Chunk(Size);

    private static TrainingSequence Numbers(int count) => new(default, Training.Numbers.Random(count, seed: 20));

    private static TrainingSequence Classes(int steps) => new(default, Enumerable.Range(0, steps).Select(i => (4 * i + 1) % Size).ToArray());

    private static TrainingSequence Labels(int steps) => new(default, steps >= 3 ? new[] { 2, 2 } : [2]);

    /// <summary>The sum over all alignments, which are few: blanks and the label 2 alone.</summary>
    private static double Ctc(double[] outputs, TrainingSequence sequence)
    {
        double[][] rows = [.. Rows(outputs)];
        double likelihood = 0;
        for (int path = 0; path < 1 << rows.Length; path++)
        {
            int at = path;
            int runs = Enumerable.Range(0, rows.Length).Count(step => (at >> step & 1) == 1 && (step == 0 || (at >> (step - 1) & 1) == 0));
            if (runs == sequence.Classes.Length)
            {
                likelihood += rows.Select((row, step) => Math.Exp(row[(at >> step & 1) == 1 ? 2 : 0]) / row.Sum(Math.Exp)).Aggregate((a, b) => a * b);
            }
        }

        return -Math.Log(likelihood) / sequence.Classes.Length;
    }
}
