using System;
using System.Linq;

/// <summary>How a cell did with little data.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Scores">A row for each number of sequences, a column for each seed.</param>
public sealed record LittleScores(string Cell, double[][] Scores)
{
    public double Mean(int size) => Scores[size].Average();

    /// <summary>The standard deviation over the seeds.</summary>
    public double Deviation(int size) => Deviation(Scores[size]);

    /// <summary>
    /// By how much this cell is better than another, and the standard error of that: both learned from the same sequences of each seed, so that their differences say more
    /// than the means.
    /// </summary>
    public (double Difference, double Error, int Ahead) Over(LittleScores other, int size)
    {
        double[] differences = [.. Scores[size].Zip(other.Scores[size], (mine, others) => mine - others)];
        return (differences.Average(), Deviation(differences) / Math.Sqrt(differences.Length), differences.Count(difference => difference > 0));
    }

    private static double Deviation(double[] numbers)
    {
        double mean = numbers.Average();
        return Math.Sqrt(numbers.Sum(number => (number - mean) * (number - mean)) / (numbers.Length - 1));
    }
}
