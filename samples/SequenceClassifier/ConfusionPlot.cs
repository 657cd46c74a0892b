using System;
using System.Linq;
using ScottPlot;
using ScottPlot.TickGenerators;

/// <summary>Draws a confusion matrix: a row for each language, a column for each answer.</summary>
public static class ConfusionPlot
{
    public static void Save(string path, ConfusionMatrix confusion, string[] languages, string title)
    {
        int count = languages.Length;
        double[,] shares = new double[count, count];
        using Plot plot = new();
        ScottPlot.Plottables.Heatmap heatmap = plot.Add.Heatmap(shares);
        for (int language = 0; language < count; language++)
        {
            for (int answer = 0; answer < count; answer++)
            {
                shares[language, answer] = 100 * confusion.Share(language, answer);

                // The first row is at the top, and the middles of cells are at whole numbers.
                ScottPlot.Plottables.Text text = plot.Add.Text(FormattableString.Invariant($"{shares[language, answer]:F1}"), answer, count - 1 - language);
                text.LabelAlignment = Alignment.MiddleCenter;
                text.LabelFontSize = 16;
                text.LabelFontColor = shares[language, answer] > 50 ? Colors.White : Colors.Black;
            }
        }

        heatmap.Colormap = new ScottPlot.Colormaps.Blues().Reversed();
        heatmap.ManualRange = new ScottPlot.Range(0, 100);
        heatmap.Update();

        plot.Title(title);
        plot.XLabel("The network's answer");
        plot.YLabel("The word's language");
        double[] places = [.. Enumerable.Range(0, count).Select(place => (double)place)];
        plot.Axes.Bottom.TickGenerator = new NumericManual(places, languages);
        plot.Axes.Left.TickGenerator = new NumericManual(places, [.. languages.Reverse()]);
        plot.HideGrid();
        PlotFont.Set(plot);
        plot.Axes.SetLimits(-0.5, count - 0.5, -0.5, count - 0.5);
        plot.SavePng(path, 1100, 900);
    }
}
