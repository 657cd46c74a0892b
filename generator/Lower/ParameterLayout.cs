using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Lower;

/// <summary>
/// Where a layer's parameters lie: those of the weight file among its flat parameters, tensor after tensor, each with its parts stacked; those that no
/// tensor has, which are derived from the others at load, one behind another in memory of their own.
/// </summary>
public sealed class ParameterLayout
{
    /// <summary>The pointer to a layer's flat parameters.</summary>
    public const string Parameters = "parameters";

    /// <summary>The pointer to a layer's derived parameters.</summary>
    public const string Derived = "derived";

    private readonly Place[] _places;

    public ParameterLayout(CellGraph cell)
    {
        _places = new Place[cell.Parameters.Count];
        List<int> tensors = [];
        foreach (CellTensor tensor in cell.Tensors)
        {
            tensors.Add(Size);
            foreach (int part in tensor.Parts)
            {
                _places[part] = new Place(Parameters, Size, cell.Parameters[part].Shape.Length);
                Size = checked(Size + _places[part].Length);
                OwnCount++;
            }
        }

        for (int derived = OwnCount; derived < _places.Length; derived++)
        {
            _places[derived] = new Place(Derived, DerivedSize, cell.Parameters[derived].Shape.Length);
            DerivedSize = checked(DerivedSize + _places[derived].Length);
        }

        TensorOffsets = tensors;
    }

    /// <summary>Floats of all parameters of the weight file.</summary>
    public int Size { get; }

    /// <summary>Floats of all derived parameters.</summary>
    public int DerivedSize { get; }

    /// <summary>How many parameters the weight file has; derived ones are numbered from here on.</summary>
    public int OwnCount { get; }

    /// <summary>Where each tensor begins.</summary>
    public IReadOnlyList<int> TensorOffsets { get; }

    /// <summary>Where a parameter lies.</summary>
    public Place this[int parameter] => _places[parameter];

    /// <summary>The shape of a tensor: its parts' rows together.</summary>
    public static Shape ShapeOf(CellGraph cell, CellTensor tensor)
    {
        Shape first = cell.Parameters[tensor.Parts[0]].Shape;
        int rows = tensor.Parts.Sum(part => cell.Parameters[part].Shape.Rows.Size);
        return first.Rank < 2 ? Shape.Vector(rows) : Shape.Matrix(rows, first.Columns.Size);
    }
}
