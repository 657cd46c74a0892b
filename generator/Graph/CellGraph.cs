using System;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Graph;

/// <summary>A parameter of a bound cell: weights.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Initializer">The name of a member of the runtime's enumeration <c>Initializer</c>.</param>
/// <param name="Fan">The dimension that a uniform distribution's bounds follow from.</param>
/// <param name="Value">The number of an initializer that has one; else 1.</param>
/// <param name="Low">The lower bound of an initializer that has one; else 0.</param>
/// <param name="IsFrozen">Whether it has no gradient.</param>
public readonly record struct CellParameter(string Name, Shape Shape, string Initializer, Dim Fan, double Value = 1, double Low = 0, bool IsFrozen = false)
{
    public bool Equals(CellParameter other) =>
        Name == other.Name
        && Shape == other.Shape
        && Initializer == other.Initializer
        && Fan == other.Fan
        && BitConverter.DoubleToInt64Bits(Value) == BitConverter.DoubleToInt64Bits(other.Value)
        && BitConverter.DoubleToInt64Bits(Low) == BitConverter.DoubleToInt64Bits(other.Low)
        && IsFrozen == other.IsFrozen;

    public override int GetHashCode() =>
        (Name, Shape, Initializer, Fan, BitConverter.DoubleToInt64Bits(Value), BitConverter.DoubleToInt64Bits(Low), IsFrozen).GetHashCode();
}

/// <summary>A tensor of the weight file: parameters (by number) stacked row after row.</summary>
/// <param name="Name">The name behind the layer's prefix.</param>
/// <param name="Parts">Numbers of the stacked parameters; vectors and numbers lie behind one another.</param>
/// <param name="Depth">The last of three dimensions, as a <see cref="DimensionExpression">expression</see>, of which the columns are a multiple; "" for a vector or a matrix.</param>
public readonly record struct CellTensor(string Name, EquatableArray<int> Parts, string Depth = "");

/// <summary>
/// A cell whose settings and choices are settled and whose shapes are known: what <see cref="CellBinding"/> makes of
/// <see cref="CellEquations"/>, and what everything behind it reads.
/// </summary>
/// <param name="Name">The name of the cell's struct.</param>
/// <param name="Input">The name of the input.</param>
/// <param name="States">The names of the states; their shapes stand in the graph.</param>
/// <param name="Parameters">The parameters: those that an equation reads, and learned initial states.</param>
/// <param name="Tensors">Every parameter once, in the order of the weight file.</param>
/// <param name="Body">The equations: one <see cref="OutputKind.Output"/> and one <see cref="OutputKind.NextState"/> for each state.</param>
public sealed record CellGraph(
    string Name,
    string Input,
    EquatableArray<string> States,
    EquatableArray<CellParameter> Parameters,
    EquatableArray<CellTensor> Tensors,
    OpGraph Body)
{
    /// <summary>For each state the number of the parameter that it starts from, or -1 where it starts from zeros; empty where all do.</summary>
    public EquatableArray<int> Initial { get; init; }
}
