using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Recurrent.Bench.Measuring;
using Recurrent.Bench.Roofline;

namespace Recurrent.Bench.Precisions;

/// <summary>What weights in fewer bytes cost in accuracy, and what they gain: each model in every precision, beside itself in floats.</summary>
public static class PrecisionTable
{
    private static readonly string[] Columns = ["model", "precision", "matrices_bytes", "greatest_error", "rms_error", "step_ns", "times_as_fast"];

    /// <param name="cases">The folder of the models.</param>
    /// <param name="isMarkdown">Whether the table is Markdown, and not CSV.</param>
    /// <param name="table">Receives the table.</param>
    /// <param name="log">Receives what else there is to say.</param>
    public static void Print(string cases, bool isMarkdown, TextWriter table, TextWriter log)
    {
        Core.Pin(log);
        log.WriteLine($"networks run {InstructionSets.Best}");
        table.WriteLine(Line(Columns, isMarkdown));
        if (isMarkdown)
        {
            table.WriteLine(Line(Columns.Select((_, i) => i < 2 ? "---" : "---:"), isMarkdown));
        }

        foreach (PrecisionSubject subject in RealModels.Read(cases, log))
        {
            double[] nanoseconds = Turns.Standard.Medians([.. subject.Networks.Select(network => Steps(subject, network.Step))]);
            foreach ((PrecisionNetwork network, double step) in subject.Networks.Zip(nanoseconds))
            {
                double[] errors = [.. network.Outputs.Zip(subject.Networks[0].Outputs, (output, of) => Math.Abs((double)output - of))];
                table.WriteLine(Line(
                    [
                        isMarkdown ? subject.Name : subject.Name.Replace(',', ';'),
                        network.Precision.ToString(),
                        subject.BytesOfMatrices(network.Precision).ToString(CultureInfo.InvariantCulture),
                        errors.Max().ToString("0.0e+0", CultureInfo.InvariantCulture),
                        Math.Sqrt(errors.Average(error => error * error)).ToString("0.0e+0", CultureInfo.InvariantCulture),
                        step.ToString(step < 1000 ? "F1" : "F0", CultureInfo.InvariantCulture),
                        (nanoseconds[0] / step).ToString("F2", CultureInfo.InvariantCulture),
                    ],
                    isMarkdown));
            }
        }
    }

    private static string Line(IEnumerable<string> cells, bool isMarkdown) => isMarkdown ? $"| {string.Join(" | ", cells)} |" : string.Join(',', cells);

    /// <summary>One step after another through the inputs, again and again.</summary>
    private static Action<int> Steps(PrecisionSubject subject, StepOfNetwork step)
    {
        AlignedFloats state = new(subject.StateSize);
        AlignedFloats output = new(subject.OutputSize);
        int next = 0;
        return count =>
        {
            for (int i = 0; i < count; i++)
            {
                step(subject.Inputs.AsSpan(next, subject.InputSize), state.Span, output.Span);
                next = next + subject.InputSize == subject.Inputs.Length ? 0 : next + subject.InputSize;
            }
        };
    }
}
