using System;
using System.Globalization;

namespace Recurrent.Gen.Graph;

/// <summary>A dimension: a name that a layer settles, such as <c>hidden</c>, or a size.</summary>
public readonly record struct Dim(string? Name, int Size)
{
    public static readonly Dim Input = new("input");
    public static readonly Dim Hidden = new("hidden");

    public Dim(string name)
        : this(name, 0)
    {
    }

    public Dim(int size)
        : this(null, size)
    {
    }

    public bool IsBound => Name is null;

    public override string ToString() => Name ?? Size.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The shape of a value: a scalar, a vector or a matrix.</summary>
public readonly record struct Shape(int Rank, Dim Rows, Dim Columns)
{
    public static readonly Shape Scalar = new(0, new Dim(1), new Dim(1));

    public static Shape Vector(Dim length) => new(1, length, new Dim(1));

    public static Shape Vector(int length) => Vector(new Dim(length));

    public static Shape Matrix(Dim rows, Dim columns) => new(2, rows, columns);

    public static Shape Matrix(int rows, int columns) => Matrix(new Dim(rows), new Dim(columns));

    /// <summary>Elements of a value of this shape, whose dimensions must be bound.</summary>
    public int Length => Rows.IsBound && Columns.IsBound
        ? checked(Rows.Size * Columns.Size)
        : throw new InvalidOperationException($"The shape {this} is not bound to sizes.");

    /// <summary>The shape with every name replaced.</summary>
    public Shape Map(Func<Dim, Dim> map) => new(Rank, map(Rows), map(Columns));

    public override string ToString() => Rank switch
    {
        0 => "[]",
        1 => $"[{Rows}]",
        _ => $"[{Rows}, {Columns}]",
    };
}
