using System.Collections.Generic;
using System.Linq;
using ScottPlot;

/// <summary>Draws how the loss on held-out sequences goes down.</summary>
public static class LossPlot
{
    public static void Save(string path, IReadOnlyList<Result> results)
    {
        using Plot plot = new();
        plot.Title($"{SelectiveCopy.Tokens} tokens among {SelectiveCopy.Listening} steps: the loss on sequences that no network was trained on");
        plot.XLabel("Epoch");
        plot.YLabel("Mean cross-entropy of a step, nats");
        Color[] colors = [Colors.Blue, Colors.Orange, Colors.Gray];
        foreach ((Result result, Color color) in results.Zip(colors))
        {
            ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(
                Enumerable.Range(0, result.Losses.Length).Select(epoch => (double)epoch).ToArray(), result.Losses, color);
            line.LegendText = $"{result.Name}, {result.Parameters} parameters";
            line.LineWidth = 2.5f;
        }

        plot.Add.HorizontalLine(SelectiveCopy.GuessingLoss, 1.5f, Colors.Black, LinePattern.Dotted).LegendText = "Guessing the tokens";
        plot.ShowLegend(Alignment.UpperRight);
        PlotFont.Set(plot);
        plot.Axes.SetLimits(0, results[0].Losses.Length - 1, 0, SelectiveCopy.GuessingLoss * 1.4);
        plot.SavePng(path, 1400, 700);
    }
}
