using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

/// <summary>The mean sunspot number of every month since January 1749, and the dates to show them by.</summary>
public sealed record Sunspots(float[] Numbers, DateTime[] Months)
{
    /// <summary>Reads lines of year,month,sunspots under a line of titles.</summary>
    public static Sunspots Read(string path)
    {
        List<float> numbers = [];
        List<DateTime> months = [];
        foreach (string line in File.ReadAllLines(path)[1..])
        {
            string[] cells = line.Split(',');
            months.Add(new DateTime(int.Parse(cells[0], CultureInfo.InvariantCulture), int.Parse(cells[1], CultureInfo.InvariantCulture), 1));
            numbers.Add(float.Parse(cells[2], CultureInfo.InvariantCulture));
        }

        return new Sunspots([.. numbers], [.. months]);
    }
}
