using System;
using ScottPlot;

/// <summary>Draws what came beside what was forecast.</summary>
public static class ForecastPlot
{
    public static void Save(string path, DateTime[] months, float[] actual, float[] model, float[] persistence)
    {
        using Plot plot = new();
        plot.Title("Monthly sunspot numbers, forecast 12 months ahead");
        plot.Axes.DateTimeTicksBottom(); // A new axis: its label comes after it.
        plot.XLabel("Month that was forecast");
        plot.YLabel("Mean sunspot number of the month");

        Add(plot, months, persistence, "Persistence: the number of 12 months before", Colors.Orange, width: 1);
        Add(plot, months, actual, "Observed", Colors.Gray, width: 1.5f);
        Add(plot, months, model, "The GRU's forecast", Colors.Blue, width: 2.5f);

        plot.ShowLegend(Alignment.UpperRight);
        PlotFont.Set(plot);
        plot.Axes.SetLimitsY(0, 240); // Room for the legend above the highest peak.
        plot.SavePng(path, 1400, 700);
    }

    private static void Add(Plot plot, DateTime[] months, float[] numbers, string name, Color color, float width)
    {
        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(months, numbers, color);
        line.LegendText = name;
        line.LineWidth = width;
    }
}
