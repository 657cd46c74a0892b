using System;
using System.Linq;

namespace Edge.Training;

/// <summary>
/// Sees the whole state, velocities and all, and pushes in proportion to it: the linear-quadratic regulator of the plant near upright, whose
/// cost is x'Qx + ru² a time step.
/// </summary>
public static class Expert
{
    private const int Size = 4;
    private const double ForceCost = 0.01;

    private static readonly double[] Costs = [1, 0, 10, 0]; // The diagonal of Q: position, velocity, angle, angular velocity.

    private static readonly double[] Gains = Solve();

    /// <summary>The force in newtons, bound to the greatest one.</summary>
    public static double Act(CartPoleState state) =>
        Math.Clamp(-Gains.Zip(Numbers(state), (gain, number) => gain * number).Sum(), -CartPole.GreatestForce, CartPole.GreatestForce);

    /// <summary>Iterates Riccati's equation: K = b'PA / (r + b'Pb), and P = Q + rK'K + (A - bK)'P(A - bK) is what it costs to go on with these gains.</summary>
    private static double[] Solve()
    {
        const double Little = 1e-6;
        double[] b = [.. Numbers(default(CartPoleState).Next(Little)).Select(number => number / Little)];
        double[,] a = new double[Size, Size];
        for (int column = 0; column < Size; column++)
        {
            double[] unit = new double[Size];
            unit[column] = Little;
            double[] next = Numbers(new CartPoleState(unit[0], unit[1], unit[2], unit[3]).Next(0));
            for (int row = 0; row < Size; row++)
            {
                a[row, column] = next[row] / Little;
            }
        }

        double[,] p = new double[Size, Size];
        double[] gains = new double[Size];
        for (int iteration = 0; iteration < 2000; iteration++)
        {
            double[] pb = Each(i => Sum(j => p[i, j] * b[j]));
            double scale = ForceCost + Sum(i => b[i] * pb[i]);
            gains = Each(column => Sum(i => pb[i] * a[i, column]) / scale);
            double[,] closed = new double[Size, Size];
            Fill(closed, (row, column) => a[row, column] - (b[row] * gains[column]));
            double[,] product = new double[Size, Size];
            Fill(product, (row, column) => Sum(i => p[row, i] * closed[i, column]));
            double[,] following = new double[Size, Size];
            Fill(following, (row, column) =>
                (row == column ? Costs[row] : 0) + (ForceCost * gains[row] * gains[column]) + Sum(i => closed[i, row] * product[i, column]));
            p = following;
        }

        return gains;
    }

    private static double[] Numbers(CartPoleState state) => [state.Position, state.Velocity, state.Angle, state.AngularVelocity];

    private static double[] Each(Func<int, double> number) => [.. Enumerable.Range(0, Size).Select(number)];

    private static double Sum(Func<int, double> number) => Enumerable.Range(0, Size).Sum(number);

    private static void Fill(double[,] matrix, Func<int, int, double> number)
    {
        for (int row = 0; row < Size; row++)
        {
            for (int column = 0; column < Size; column++)
            {
                matrix[row, column] = number(row, column);
            }
        }
    }
}
