using System;
using System.IO;
using ScottPlot;

/// <summary>The letters of a plot, for a machine without a desktop may have no fonts at all.</summary>
public static class PlotFont
{
    private const string Name = "Open Sans";

    static PlotFont() => Fonts.AddFontFile(Name, Path.Combine(AppContext.BaseDirectory, "OpenSans-Regular.ttf"), bold: false, italic: false);

    /// <summary>Sets all text that the plot has by now; call it behind everything that adds some.</summary>
    public static void Set(Plot plot)
    {
        plot.Font.Set(Name);
        foreach (ScottPlot.Plottables.Text text in plot.GetPlottables<ScottPlot.Plottables.Text>())
        {
            text.LabelFontName = Name;
        }

        plot.Axes.Title.Label.Bold = plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false; // The file has no bold letters.
    }
}
