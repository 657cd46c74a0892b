using System;
using System.Globalization;
using System.IO;
using Recurrent.Bench.Measuring;

namespace Recurrent.Bench.Roofline;

/// <summary>A step of each network beside the streaming of its packed weights, measured in turns on one core.</summary>
public static class RooflineTable
{
    public static void Print(TextWriter table, TextWriter log)
    {
        Core.Pin(log);
        int lanes = Lanes(InstructionSets.Best);
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"networks run {InstructionSets.Best}: {lanes} floats at a time"));
        table.WriteLine("cell,input,hidden,ours_ns,stream_ns,fraction");
        bool isFirst = true;
        foreach (Subject subject in Subject.All())
        {
            // A layer of no more rows than a narrower vector has lanes is packed for that one.
            using WeightStream stream = WeightStream.Of(subject.PackedFloats(subject.Hidden <= 8 ? Math.Min(lanes, 8) : lanes));
            if (isFirst)
            {
                log.WriteLine($"weights are streamed with {stream.Name}");
                isFirst = false;
            }

            (double ours, double streamed) = Measure(subject, stream);
            table.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{subject.Cell},{subject.Input},{subject.Hidden},{ours:F1},{streamed:F1},{streamed / ours:F3}"));
        }
    }

    /// <summary>Nanoseconds of a step and of a pass over the weights.</summary>
    private static (double Ours, double Streamed) Measure(Subject subject, WeightStream stream)
    {
        float[] input = new float[subject.Input];
        AlignedFloats state = new(subject.StateSize);
        AlignedFloats output = new(subject.Hidden);
        Random random = new(1);
        foreach (ref float value in input.AsSpan())
        {
            value = (2 * random.NextSingle()) - 1;
        }

        Action<int> steps = count =>
        {
            StepOfNetwork step = subject.Step;
            for (int i = 0; i < count; i++)
            {
                step(input, state.Span, output.Span);
            }
        };
        float sum = 0;
        Action<int> passes = count => sum += stream.Run(count);

        double[] medians = Turns.Standard.Medians([steps, passes]);
        if (!float.IsFinite(sum) || !float.IsFinite(output.Span[0]))
        {
            throw new InvalidOperationException("What was measured is not what was meant: a result is not finite.");
        }

        return (medians[0], medians[1]);
    }

    private static int Lanes(InstructionSet instructionSet) => instructionSet switch
    {
        InstructionSet.Avx512 => 16,
        InstructionSet.Avx2 => 8,
        InstructionSet.Vector128 => 4,
        _ => 1,
    };
}
