using System;
using System.Collections.Generic;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Graph;

/// <summary>
/// One value of a graph. Operands are positions of earlier values, so the order of the list is a topological order.
/// </summary>
/// <param name="Kind">What is computed.</param>
/// <param name="A">The first operand, or the number of a leaf; -1 where there is none.</param>
/// <param name="B">The second operand; -1 where there is none.</param>
/// <param name="Shape">The shape of the value.</param>
/// <param name="Constant">
/// The number of a <see cref="OpKind.Constant"/>, the first position of a <see cref="OpKind.Slice"/> or <see cref="OpKind.Pad"/>, the rows that an
/// <see cref="OpKind.Swap"/> transposes; in kernels, the factor of a <see cref="OpKind.Parameter"/> that is packed with one; else 0.
/// </param>
public readonly record struct Op(OpKind Kind, int A, int B, Shape Shape, double Constant = 0)
{
    public Op(OpKind kind, int a, Shape shape)
        : this(kind, a, -1, shape)
    {
    }

    public static Op Number(double value) => new(OpKind.Constant, -1, -1, Shape.Scalar, value);

    /// <summary>A leaf computes nothing from other values.</summary>
    public bool IsLeaf => Kind <= OpKind.Cotangent;

    /// <summary>Element by element: a lane of the result needs the same lane of the operands only.</summary>
    public bool IsElementwise => Kind is >= OpKind.Add and <= OpKind.Detach;

    /// <summary>Whether A is the position of an operand.</summary>
    public bool HasA => !IsLeaf;

    /// <summary>Whether B is the position of an operand.</summary>
    public bool HasB => Kind is >= OpKind.Add and < OpKind.Negate or >= OpKind.Concat;

    /// <summary>The positions of the operands.</summary>
    public IEnumerable<int> Operands => !HasA ? [] : HasB ? [A, B] : [A];

    /// <summary>The operation with its operands where the values of another list have come to stand; a leaf as it is.</summary>
    public Op Reading(IReadOnlyList<int> positions) => this with { A = HasA ? positions[A] : A, B = HasB ? positions[B] : B };

    /// <summary>A function of A, element by element.</summary>
    public bool IsUnary => Kind is >= OpKind.Negate and <= OpKind.Detach;

    /// <summary>Compares constants by their bits: 0 and -0 are two constants, and a cache must tell them apart.</summary>
    public bool Equals(Op other) =>
        Kind == other.Kind
        && A == other.A
        && B == other.B
        && Shape == other.Shape
        && BitConverter.DoubleToInt64Bits(Constant) == BitConverter.DoubleToInt64Bits(other.Constant);

    public override int GetHashCode() => (Kind, A, B, Shape, BitConverter.DoubleToInt64Bits(Constant)).GetHashCode();
}

/// <summary>What becomes of a value that a graph gives.</summary>
public enum OutputKind
{
    /// <summary>The layer's output.</summary>
    Output,

    /// <summary>State number Index after the time step.</summary>
    NextState,

    /// <summary>Plane number Index of the tape.</summary>
    Saved,

    /// <summary>The gradient by the input.</summary>
    InputGradient,

    /// <summary>The gradient by state number Index before the time step.</summary>
    StateGradient,

    /// <summary>What this time step adds to the gradient by parameter number Index.</summary>
    ParameterGradient,

    /// <summary>Derived parameter number Index: a value of parameters alone, computed when they are set.</summary>
    Derived,
}

/// <summary>A value that a graph gives.</summary>
public readonly record struct GraphOutput(OutputKind Kind, int Index, int Value);

/// <summary>
/// A straight-line program over one time step: a flat list of values, each with the name that the equations give it ("" where they give none),
/// and what it gives. It is its own cache key.
/// </summary>
public sealed record OpGraph(EquatableArray<Op> Ops, EquatableArray<string> Names, EquatableArray<GraphOutput> Outputs);
