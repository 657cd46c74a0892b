using ScottPlot;

/// <summary>One color for each cell, in all plots.</summary>
public static class CellColors
{
    public static Color Of(string cell) => cell switch
    {
        "RNN" => Colors.Orange,
        "LSTM" => Colors.Blue,
        _ => Colors.Green,
    };
}
