using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>A cell with one output and a state, written from its paper as loops over arrays: neither the language of equations nor the generator takes part.</summary>
/// <param name="parameters">The parameters, matrices row after row, by the names that the cell's <c>Step</c> has for them.</param>
public abstract class PaperCell(IReadOnlyDictionary<string, double[]> parameters)
{
    /// <summary>The state as the paper has it.</summary>
    public abstract double[] State { get; }

    /// <summary>One time step, which changes the state.</summary>
    public abstract double[] Step(double[] x);

    /// <summary>The paper's state of one that the cell keeps.</summary>
    /// <param name="kept">All states of the cell, one behind the other.</param>
    public virtual double[] StateOf(double[] kept) => kept;

    protected static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    protected static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    protected double[] Of(string name) => parameters[name];

    protected double Number(string name) => parameters[name].Single();

    /// <summary>The product of a parameter and a vector, plus a vector.</summary>
    protected double[] Affine(string matrix, double[] vector, string? bias = null) => Product(parameters[matrix], vector, bias is null ? null : parameters[bias]);

    /// <summary>The product of a matrix, row after row, and a vector, plus a vector.</summary>
    protected static double[] Product(double[] matrix, double[] vector, double[]? bias = null)
    {
        double[] result = new double[matrix.Length / vector.Length];
        for (int row = 0; row < result.Length; row++)
        {
            result[row] = bias?[row] ?? 0;
            for (int column = 0; column < vector.Length; column++)
            {
                result[row] += matrix[(row * vector.Length) + column] * vector[column];
            }
        }

        return result;
    }

    /// <summary>A function of each element and its position.</summary>
    protected static double[] Each(double[] values, Func<double, int, double> function) => [.. values.Select(function)];
}
