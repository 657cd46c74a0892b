using System.Collections.Generic;
using System.Linq;
using ScottPlot;

/// <summary>Draws how many bits a character costs, epoch by epoch, beside what counting comes to.</summary>
public static class BitsPlot
{
    public static void Save(string path, IReadOnlyList<Lesson> lessons, IReadOnlyList<double> nGrams)
    {
        using Plot plot = new();
        ScottPlot.Colormaps.Grayscale greys = new();
        plot.Title("How well the next character is known");
        plot.XLabel("Epoch");
        plot.YLabel("Bits per character");
        double[] epochs = [.. lessons.Select(lesson => (double)lesson.Epoch)];
        Add(plot, epochs, [.. lessons.Select(lesson => lesson.TrainingBits)], "LSTM, on what it reads to learn", Colors.LightBlue);
        Add(plot, epochs, [.. lessons.Select(lesson => lesson.HeldOutBits)], "LSTM, on chapters held out", Colors.Blue);
        for (int order = 1; order < nGrams.Count; order++)
        {
            plot.Add.HorizontalLine(nGrams[order], 1.5f, greys.GetColor(0.9 - 0.15 * order), LinePattern.Dashed).LegendText = $"Counting what follows the last {order}";
        }

        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericFixedInterval(1);
        plot.ShowLegend(Edge.Right);
        PlotFont.Set(plot);
        plot.Axes.SetLimits(epochs[0], epochs[^1], 1.2, 3.6);
        plot.SavePng(path, 1400, 700);
    }

    private static void Add(Plot plot, double[] epochs, double[] bits, string name, Color color)
    {
        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(epochs, bits, color);
        line.LegendText = name;
        line.LineWidth = 2.5f;
    }
}
