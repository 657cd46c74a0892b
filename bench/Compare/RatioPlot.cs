using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ScottPlot;

namespace Recurrent.Bench.Compare;

/// <summary>Draws the ratios of one mode to one peer over the shapes, by hidden size.</summary>
public static class RatioPlot
{
    public static void Save(string path, string title, IReadOnlyList<Row> rows)
    {
        (int Hidden, int Input)[] shapes = [.. rows.Select(row => (row.Hidden, row.Input)).Distinct().Order()];
        using Plot plot = new();
        plot.Title(title);
        plot.XLabel("Hidden size (input size below)");
        plot.YLabel("Time of the peer / our time");
        Line(plot, "LSTM", "lstm", Colors.Blue);
        Line(plot, "GRU", "gru", Colors.Orange);
        plot.Add.HorizontalLine(0, width: 1, Colors.Gray);

        plot.Axes.Bottom.SetTicks(
            [.. Enumerable.Range(0, shapes.Length).Select(i => (double)i)],
            [.. shapes.Select(shape => string.Create(CultureInfo.InvariantCulture, $"{shape.Hidden}\n({shape.Input})"))]);
        Scale(plot, rows);
        plot.ShowLegend(Alignment.UpperRight);
        PlotFont.Set(plot);
        plot.SavePng(path, 1000, 600);

        void Line(Plot target, string name, string cell, Color color)
        {
            Row[] ofCell = [.. rows.Where(row => row.Cell == cell)];
            Add(target, name, color, LinePattern.Solid, ofCell, row => row.Ratio);
            Add(target, name + ", wanted", color, LinePattern.Dashed, [.. ofCell.Where(row => Goals.Of(row) is not null)], row => Goals.Of(row)!.Value);
        }

        void Add(Plot target, string name, Color color, LinePattern pattern, Row[] ofLine, Func<Row, double> ratio)
        {
            if (ofLine.Length == 0)
            {
                return;
            }

            Row[] sorted = [.. ofLine.OrderBy(row => (row.Hidden, row.Input))];
            ScottPlot.Plottables.Scatter line = target.Add.Scatter(
                sorted.Select(row => (double)Array.IndexOf(shapes, (row.Hidden, row.Input))).ToArray(),
                sorted.Select(row => Math.Log10(ratio(row))).ToArray(),
                color);
            line.LegendText = name;
            line.LinePattern = pattern;
            line.LineWidth = 2;
            line.MarkerSize = pattern.Equals(LinePattern.Solid) ? 8 : 0;
        }
    }

    /// <summary>Logarithmic, with some ticks for each power of ten.</summary>
    private static void Scale(Plot plot, IReadOnlyList<Row> rows)
    {
        double[] ratios = [1, .. rows.Select(row => row.Ratio), .. rows.Select(Goals.Of).OfType<double>()];
        double lowest = Math.Log10(ratios.Min());
        double highest = Math.Log10(ratios.Max());
        double[] ticks =
        [
            .. Enumerable.Range(-3, 8).SelectMany(power => (double[])[1, 1.5, 2, 3, 5, 7], (power, digit) => digit * Math.Pow(10, power)),
        ];
        plot.Axes.Left.SetTicks(
            [.. ticks.Select(Math.Log10)],
            [.. ticks.Select(tick => tick.ToString("0.###", CultureInfo.InvariantCulture))]);
        plot.Axes.SetLimitsY(lowest - 0.1, highest + 0.1 + (0.2 * (highest - lowest))); // Room for the legend.
    }
}
