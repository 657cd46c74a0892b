using System;

namespace Recurrent;

/// <summary>
/// The words of the language in which cells are written. Bring them in with <c>using static Recurrent.Equations;</c>.
/// </summary>
public static class Equations
{
    /// <summary>1 / (1 + exp(-x)), element by element; in (0, 1).</summary>
    public static Vec Sigmoid(Vec x) => x.Map(static v => v < 0 ? Math.Exp(v) / (1 + Math.Exp(v)) : 1 / (1 + Math.Exp(-v)));

    /// <summary>The hyperbolic tangent, element by element; in (-1, 1).</summary>
    public static Vec Tanh(Vec x) => x.Map(Math.Tanh);

    /// <summary>max(x, 0), element by element; its derivative at 0 is 0.</summary>
    public static Vec Relu(Vec x) => x.Map(static v => v < 0 ? 0 : v);

    /// <summary>The activation that the layer's attribute chooses.</summary>
    /// <param name="activation">A setting of the cell: a parameter of <c>Step</c>.</param>
    /// <param name="x">What it is applied to.</param>
    public static Vec Activate(Activation activation, Vec x) => activation switch
    {
        Activation.Linear => x,
        Activation.Relu => Relu(x),
        Activation.Sigmoid => Sigmoid(x),
        Activation.Tanh => Tanh(x),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Not an activation."),
    };

    /// <summary>The row of a table whose position, from 0, is the one element of <paramref name="index"/>.</summary>
    /// <param name="table">One row for each index.</param>
    /// <param name="index">A vector of one element, a whole number.</param>
    /// <exception cref="ArgumentException">The index is no row of the table.</exception>
    public static Vec Row(Mat table, Vec index)
    {
        if (index.Length != 1 || !(index[0] >= 0 && index[0] < table.Rows) || index[0] != Math.Floor(index[0]))
        {
            throw new ArgumentException($"An index is one whole number from 0 to {table.Rows - 1}.", nameof(index));
        }

        return table.Row((int)index[0]);
    }
}
