using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Lower;

/// <summary>Where a layer's parameters lie among its flat parameters: tensor after tensor, each with its parts stacked.</summary>
public sealed class ParameterLayout
{
    private readonly int[] _offsets;

    public ParameterLayout(CellGraph cell)
    {
        _offsets = new int[cell.Parameters.Count];
        List<int> tensors = [];
        int offset = 0;
        foreach (CellTensor tensor in cell.Tensors)
        {
            tensors.Add(offset);
            foreach (int part in tensor.Parts)
            {
                _offsets[part] = offset;
                offset = checked(offset + cell.Parameters[part].Shape.Length);
            }
        }

        TensorOffsets = tensors;
        Size = offset;
    }

    /// <summary>Floats of all parameters.</summary>
    public int Size { get; }

    /// <summary>Where each tensor begins.</summary>
    public IReadOnlyList<int> TensorOffsets { get; }

    /// <summary>Where a parameter begins.</summary>
    public int this[int parameter] => _offsets[parameter];

    /// <summary>The shape of a tensor: its parts' rows together.</summary>
    public static Shape ShapeOf(CellGraph cell, CellTensor tensor)
    {
        Shape first = cell.Parameters[tensor.Parts[0]].Shape;
        int rows = tensor.Parts.Sum(part => cell.Parameters[part].Shape.Rows.Size);
        return first.Rank < 2 ? Shape.Vector(rows) : Shape.Matrix(rows, first.Columns.Size);
    }
}
