using Recurrent.Gen.Model;

namespace Recurrent.Gen.Graph;

/// <summary>Which dimension of a value is meant.</summary>
public enum Axis
{
    Length,
    Rows,
    Columns,
}

/// <summary>Two uses want different sizes of one dimension.</summary>
/// <param name="Leaf">The input, state or parameter (its kind and number in the equations), or else a value that has no such leaf: the operation itself.</param>
/// <param name="Axis">Its dimension.</param>
/// <param name="Has">What it is by the first use.</param>
/// <param name="By">The value of the equations that is the first use; -1 where it is what it is by its declaration.</param>
/// <param name="Wanted">What the second use wants.</param>
/// <param name="At">The value of the equations that is the second use; -1 where its declaration is.</param>
/// <param name="IsResult">Whether the second use is being a result of the cell.</param>
public readonly record struct ShapeMismatch(Op Leaf, Axis Axis, Dim Has, int By, Dim Wanted, int At, bool IsResult);

/// <summary>A dimension of a parameter that no use settles.</summary>
/// <param name="Parameter">The number of the parameter in the equations.</param>
/// <param name="Axis">Its dimension.</param>
public readonly record struct OpenDimension(int Parameter, Axis Axis);

/// <summary>Anything else that keeps a cell from being bound.</summary>
/// <param name="At">The value of the equations that is at fault; -1 where a declaration is.</param>
/// <param name="Leaf">The state or parameter whose declaration is at fault, where <paramref name="At"/> is -1 and there is one; else null.</param>
/// <param name="What">What is wrong, as a clause that names the user's names, without a full stop: "the slice from 3 to 9 is beyond the 8 elements of 'x'".</param>
public readonly record struct BindingFault(int At, Op? Leaf, string What);

/// <summary>What <see cref="CellBinding.Bind"/> gives.</summary>
/// <param name="Cell">The cell, or null where there is a mismatch, an open dimension or a fault.</param>
/// <param name="Mismatches">Dimensions that contradict one another.</param>
/// <param name="Open">Dimensions that stayed open.</param>
/// <param name="Faults">What else is wrong.</param>
public sealed record BoundCell(
    CellGraph? Cell,
    EquatableArray<ShapeMismatch> Mismatches,
    EquatableArray<OpenDimension> Open,
    EquatableArray<BindingFault> Faults);
