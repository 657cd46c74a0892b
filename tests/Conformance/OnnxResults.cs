using System;
using System.Collections.Generic;
using System.Linq;
using Shouldly;

namespace Recurrent.Tests.Conformance;

/// <summary>
/// What an implementation of a run gives, gathered from one direction and one element of the batch after the other. Behind the end of a
/// sequence ONNX has zeros, and so has the state behind a sequence without steps.
/// </summary>
public sealed class OnnxResults(OnnxRun run)
{
    private readonly Dictionary<string, double[]> _results = new()
    {
        ["Y"] = new double[run.Steps * run.Directions * run.Batch * run.Hidden],
        ["Y_h"] = new double[run.Directions * run.Batch * run.Hidden],
        ["Y_c"] = new double[run.Directions * run.Batch * run.Hidden],
    };

    /// <summary>Adds what one direction gives for one element of the batch.</summary>
    /// <param name="direction">0, or 1 for the second direction.</param>
    /// <param name="element">The element of the batch.</param>
    /// <param name="outputs">[length, hidden], in the order of time.</param>
    /// <param name="h">The state behind the last step that the direction takes.</param>
    /// <param name="c">The cell state behind it; empty but for LSTM.</param>
    public void Add(int direction, int element, IReadOnlyList<double> outputs, IReadOnlyList<double> h, IReadOnlyList<double> c)
    {
        int length = run.Length(element);
        outputs.Count.ShouldBe(length * run.Hidden);
        for (int step = 0; step < length; step++)
        {
            Put("Y", (((step * run.Directions) + direction) * run.Batch) + element, outputs.Skip(step * run.Hidden).Take(run.Hidden));
        }

        if (length > 0)
        {
            Put("Y_h", (direction * run.Batch) + element, h);
            Put("Y_c", (direction * run.Batch) + element, c);
        }
    }

    /// <summary>Every output of the run must lie near what its authors wrote down.</summary>
    /// <param name="tolerance">The absolute distance of numbers up to 1, and the relative distance of those beyond.</param>
    /// <param name="what">Who gave the results.</param>
    public void ShouldBeWithin(double tolerance, string what)
    {
        run.Outputs.ShouldNotBeEmpty();
        foreach ((string name, OnnxTensor expected) in run.Outputs)
        {
            double[] given = _results[name];
            given.Length.ShouldBe(expected.Values.Length, name);
            double worst = given.Zip(expected.Values, (ours, theirs) => Distance(ours, theirs)).Max();
            worst.ShouldBeLessThanOrEqualTo(tolerance, $"{name} by {what}");
        }
    }

    private static double Distance(double ours, double theirs) =>
        double.IsFinite(ours) ? Math.Abs(ours - theirs) / Math.Max(1, Math.Abs(theirs)) : double.PositiveInfinity;

    private void Put(string name, int row, IEnumerable<double> values) => values.ToArray().CopyTo(_results[name], row * run.Hidden);
}
