using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Recurrent.Bench.Measuring;
using Recurrent.Bench.Roofline;

namespace Recurrent.Bench.Places;

/// <summary>A step of each layer with its state in three places: from a cache line on, with its first vector across two lines, and across two pages of memory. Measured in turns on one core.</summary>
public static class PlaceTable
{
    private const int PageBytes = 4096;

    /// <summary>Floats of a state that lie in front of the boundary: less than any vector has of a state.</summary>
    private const int InFront = 4;

    private const int LineFloats = 64 / sizeof(float);
    private const int PageFloats = PageBytes / sizeof(float);

    private static readonly int[] Places = [0, LineFloats - InFront, PageFloats - InFront];

    public static void Print(TextWriter table, TextWriter log)
    {
        Core.Pin(log);
        table.WriteLine("cell,input,hidden,line_ns,across_lines_ns,across_pages_ns");
        foreach (Subject subject in Subject.All())
        {
            double[] medians = Turns.Standard.Medians([.. Places.Select(place => Steps(subject, place))]);
            table.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{subject.Cell},{subject.Input},{subject.Hidden},{medians[0]:F1},{medians[1]:F1},{medians[2]:F1}"));
        }
    }

    /// <summary>Steps with a state that begins so many floats behind the beginning of a page.</summary>
    private static Action<int> Steps(Subject subject, int place)
    {
        AlignedFloats input = new(subject.Input);
        AlignedFloats output = new(subject.Hidden);
        AlignedFloats states = new(place + subject.StateSize, PageBytes);
        input.Span.Fill(0.3f);
        return count =>
        {
            Span<float> state = states.Span[place..];
            for (int i = 0; i < count; i++)
            {
                subject.Step(input.Span, state, output.Span);
            }
        };
    }
}
