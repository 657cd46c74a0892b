using System;
using System.Collections.Generic;
using System.Linq;
using ScottPlot;
using ScottPlot.TickGenerators;

/// <summary>Draws gradient norms against distance: dotted for new networks, solid for trained ones.</summary>
public static class ReachPlot
{
    private const int Decades = 12;

    public static void Save(string path, IReadOnlyList<GradientReach> untrained, IReadOnlyList<GradientReach> trained, string caption)
    {
        using Plot plot = new();
        plot.Title("How far back the gradient of the last output reaches");
        plot.XLabel($"Time steps back from the last output\n\n{caption}");
        plot.YLabel("Norm of the gradient by the state; 1: one step back");
        foreach (GradientReach reach in untrained)
        {
            Add(plot, reach, "new", LinePattern.Dotted, width: 2);
        }

        foreach (GradientReach reach in trained)
        {
            Add(plot, reach, "trained", LinePattern.Solid, width: 2.5f);
        }

        double[] exponents = [.. Enumerable.Range(0, Decades / 2 + 2).Select(i => 2.0 - (2 * i))];
        plot.Axes.Left.TickGenerator = new NumericManual(exponents, Array.ConvertAll(exponents, exponent => exponent == 0 ? "1" : FormattableString.Invariant($"1e{exponent}")));
        plot.ShowLegend(Alignment.MiddleRight);
        PlotFont.Set(plot);
        plot.Axes.SetLimits(0, trained[0].Left.Length, -Decades, 3);
        plot.SavePng(path, 1400, 800);
    }

    /// <summary>A line down to the end of the picture.</summary>
    private static void Add(Plot plot, GradientReach reach, string condition, LinePattern pattern, float width)
    {
        double[] logarithms = [.. reach.Left.Select(Math.Log10).TakeWhile(logarithm => logarithm > -Decades - 1)];
        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine([.. Enumerable.Range(1, logarithms.Length).Select(distance => (double)distance)], logarithms, CellColors.Of(reach.Cell));
        line.LegendText = $"{reach.Cell}, {condition}";
        line.LinePattern = pattern;
        line.LineWidth = width;
    }
}
