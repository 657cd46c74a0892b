using System;
using System.Collections.Generic;
using System.Linq;
using ScottPlot;
using ScottPlot.TickGenerators;

/// <summary>Draws scores against how much there was to learn from: means, and standard deviations over seeds.</summary>
public static class LittlePlot
{
    private const double Apart = 0.012; // Bars of different cells side by side, in decades.

    public static void Save(string path, IReadOnlyList<LittleScores> results, int[] sizes, string title, string score, string caption)
    {
        using Plot plot = new();
        plot.Title(title);
        plot.XLabel($"Sequences to learn from\n\n{caption}");
        plot.YLabel(score);
        double[] places = Array.ConvertAll(sizes, size => Math.Log10(size));
        for (int cell = 0; cell < results.Count; cell++)
        {
            LittleScores result = results[cell];
            double[] xs = Array.ConvertAll(places, place => place + ((cell - 1) * Apart));
            double[] means = [.. sizes.Select((_, size) => result.Mean(size))];
            ScottPlot.Plottables.Scatter line = plot.Add.Scatter(xs, means, CellColors.Of(result.Cell));
            line.LegendText = result.Cell;
            line.LineWidth = 2.5f;
            line.MarkerSize = 8;
            ScottPlot.Plottables.ErrorBar bars = plot.Add.ErrorBar(xs, means, [.. sizes.Select((_, size) => result.Deviation(size))]);
            bars.Color = CellColors.Of(result.Cell);
            bars.LineWidth = 1.5f;
        }

        plot.Axes.Bottom.TickGenerator = new NumericManual(places, Array.ConvertAll(sizes, size => FormattableString.Invariant($"{size}")));
        plot.ShowLegend(Alignment.UpperLeft);
        PlotFont.Set(plot);
        plot.SavePng(path, 1100, 800);
    }
}
