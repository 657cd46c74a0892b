using System.Collections.Generic;
using System.Linq;
using ScottPlot;

/// <summary>Draws, epoch by epoch, how many of the numbers held out come out right, and the loss that is made small.</summary>
public static class AccuracyPlot
{
    public static void Save(string path, IReadOnlyList<Lesson> lessons, double memory)
    {
        using Plot plot = new();
        plot.Title("From number words to digits");
        plot.XLabel("Epoch");
        plot.YLabel("Numbers right to the last digit, %");
        plot.Axes.Right.Label.Text = "Loss of an epoch, nats";
        double[] epochs = [.. lessons.Select(lesson => (double)lesson.Epoch)];
        ScottPlot.Palettes.Category20 palette = new();
        foreach (string language in lessons[0].HeldOut.Languages.Keys)
        {
            Add(plot, epochs, [.. lessons.Select(lesson => 100 * lesson.HeldOut.Languages[language])], Languages.Names[language], palette.GetColor(plot.PlottableList.Count), width: 1);
        }

        Add(plot, epochs, [.. lessons.Select(lesson => 100 * lesson.HeldOut.All)], "All languages", Colors.Black, width: 3);
        plot.Add.HorizontalLine(100 * memory, 2, Colors.Gray, LinePattern.Dashed).LegendText = "Remembering, not learning";
        ScottPlot.Plottables.Scatter loss = Add(plot, epochs, [.. lessons.Select(lesson => lesson.Loss)], "Loss (right axis)", Colors.Black, width: 1.5f);
        loss.LinePattern = LinePattern.Dotted;
        loss.Axes.YAxis = plot.Axes.Right;

        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericFixedInterval(1);
        plot.ShowLegend(Edge.Right);
        PlotFont.Set(plot);
        plot.Axes.Right.Label.Bold = false;
        plot.Axes.SetLimits(epochs[0], epochs[^1], 0, 101);
        plot.Axes.SetLimitsY(0, lessons[0].Loss, plot.Axes.Right);
        plot.SavePng(path, 1400, 700);
    }

    private static ScottPlot.Plottables.Scatter Add(Plot plot, double[] epochs, double[] values, string name, Color color, float width)
    {
        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(epochs, values, color);
        line.LegendText = name;
        line.LineWidth = width;
        return line;
    }
}
