using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>The tensors of a network of one layer, by their names behind its prefix.</summary>
public sealed class PaperTensors(NetworkClass network, double[] parameters)
{
    private readonly Dictionary<string, TensorInfo> _tensors =
        network.Parameters.ToArray().ToDictionary(tensor => tensor.Name[(tensor.Name.IndexOf('.', StringComparison.Ordinal) + 1)..]);

    public IEnumerable<string> Names => _tensors.Keys;

    /// <summary>An element of a tensor of one dimension.</summary>
    public double At(string tensor, int element) => parameters[_tensors[tensor].Offset + element];

    /// <summary>The product of a row of a tensor and a vector.</summary>
    public double Product(string tensor, int row, double[] vector)
    {
        double sum = 0;
        for (int k = 0; k < vector.Length; k++)
        {
            sum += parameters[_tensors[tensor].Offset + (row * vector.Length) + k] * vector[k];
        }

        return sum;
    }
}

/// <summary>A layer as its papers describe it: loops over arrays, in double precision, which share nothing with the cells of the runtime.</summary>
public interface IPaper
{
    /// <summary>The tensors that the layer has, in the order of files.</summary>
    IReadOnlyList<string> Tensors { get; }

    /// <summary>Runs one time step, replaces the state, and gives the output.</summary>
    double[] Step(PaperTensors tensors, double[] x, double[] state);
}
