using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>The tensors of a network of one layer, by their names behind its prefix.</summary>
public sealed class Weights
{
    private readonly Dictionary<string, TensorInfo> _tensors;
    private readonly Dictionary<string, double[]> _values;

    /// <param name="network">The network.</param>
    /// <param name="values">Its parameters.</param>
    public Weights(NetworkClass network, double[] values)
    {
        _tensors = network.Parameters.ToArray().ToDictionary(tensor => tensor.Name[(tensor.Name.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        _values = _tensors.ToDictionary(tensor => tensor.Key, tensor => values.AsSpan(tensor.Value.Offset, tensor.Value.Length).ToArray());
    }

    /// <summary>The numbers of a tensor, row after row.</summary>
    public double[] this[string name] => _values[name];

    /// <summary>The numbers of some rows of a tensor.</summary>
    public double[] Rows(string name, int first, int count)
    {
        int columns = _tensors[name].Shape.Columns;
        return this[name][(first * columns)..((first + count) * columns)];
    }

    /// <summary>A tensor as a vector of the language.</summary>
    public Vec Vec(string name) => new(this[name]);

    /// <summary>A tensor as a matrix of the language.</summary>
    public Mat Mat(string name) => new(_tensors[name].Shape.Rows, _tensors[name].Shape.Columns, this[name]);

    /// <summary>Some rows of a tensor as a matrix of the language.</summary>
    public Mat Mat(string name, int first, int count) => new(count, _tensors[name].Shape.Columns, Rows(name, first, count));

    /// <summary>Whether a position of the parameters belongs to one of the tensors.</summary>
    public bool IsIn(int position, IEnumerable<string> names) =>
        names.Any(name => position >= _tensors[name].Offset && position < _tensors[name].Offset + _tensors[name].Length);
}
