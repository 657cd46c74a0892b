using System;
using System.Collections.Generic;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>A cell as its paper writes it, in loops over arrays of doubles: nothing of the language of equations takes part.</summary>
/// <param name="layer">The attribute of its layer.</param>
/// <param name="input">Floats that a time step reads.</param>
/// <param name="states">Floats of each of its states.</param>
public abstract class PublishedCell(string layer, int input, params IReadOnlyList<int> states)
{
    public string Layer => layer;

    public int Input => input;

    public IReadOnlyList<int> States => states;

    /// <summary>Tensors that have no gradient.</summary>
    public virtual IReadOnlyList<string> Constants => [];

    /// <summary>Computes a time step by the paper's formulas.</summary>
    /// <returns>The output and the next states.</returns>
    public abstract (double[] Output, double[][] States) Step(double[] x, double[][] states, Weights weights);

    /// <summary>Calls the cell of the runtime.</summary>
    /// <returns>The output and the next states.</returns>
    public abstract (double[] Output, double[][] States) Call(Vec x, double[][] states, Weights weights);

    /// <summary>A row of a matrix times a vector.</summary>
    protected static double Row(double[] matrix, int row, double[] vector)
    {
        double sum = 0;
        for (int k = 0; k < vector.Length; k++)
        {
            sum += matrix[(row * vector.Length) + k] * vector[k];
        }

        return sum;
    }

    protected static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    protected static double Softplus(double x) => x > 30 ? x : Math.Log(1 + Math.Exp(x));

    protected static double[] ToArray(Vec vector) => vector.AsSpan().ToArray();
}
