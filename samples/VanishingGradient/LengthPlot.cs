using System;
using System.Collections.Generic;
using System.Linq;
using ScottPlot;
using ScottPlot.TickGenerators;

/// <summary>Draws how long a task each cell solves: a bar for the seed in the middle, under the lengths of all.</summary>
public static class LengthPlot
{
    private const double Group = 4; // From one task's bars to the next task's.

    public static void Save(string path, IReadOnlyList<SolvedLengths> results, int[] lengths, string caption)
    {
        using Plot plot = new();
        plot.Title("The longest task that each cell solves");
        plot.XLabel($"The number is that of each seed\n\n{caption}");
        plot.YLabel("Time steps of the adding problem, blanks of copy memory");
        for (int cell = 0; cell < results.Count; cell++)
        {
            SolvedLengths result = results[cell];
            ScottPlot.Plottables.BarPlot bars = plot.Add.Bars(new[] { Bar(cell, result.Adding), Bar(Group + cell, result.Copying) });
            bars.LegendText = result.Cell;

            Bar Bar(double place, int[] solved)
            {
                double height = Array.IndexOf(lengths, SolvedLengths.Median(solved)) + 1;
                ScottPlot.Plottables.Text text = plot.Add.Text(SolvedLengths.Text(solved), place, height + 0.15);
                text.LabelAlignment = Alignment.LowerCenter;
                text.LabelFontSize = 16;
                return new Bar { Position = place, Value = height, FillColor = CellColors.Of(result.Cell), LineWidth = 0 };
            }
        }

        double middle = (results.Count - 1) / 2.0;
        plot.Axes.Bottom.TickGenerator = new NumericManual([middle, Group + middle], ["Adding problem", "Copy memory"]);
        plot.Axes.Left.TickGenerator = new NumericManual(
            [.. Enumerable.Range(0, lengths.Length + 1).Select(rung => (double)rung)], ["none", .. lengths.Select(length => FormattableString.Invariant($"{length}"))]);
        plot.ShowLegend(Alignment.UpperLeft);
        PlotFont.Set(plot);
        plot.Axes.SetLimits(-1.2, Group + results.Count, 0, lengths.Length + 1);
        plot.SavePng(path, 1100, 800);
    }
}
