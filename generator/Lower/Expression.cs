using System.Collections.Generic;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>A vector-valued expression of a kernel.</summary>
public abstract record Expression
{
    /// <summary>The expressions that it is computed from.</summary>
    public virtual IReadOnlyList<Expression> Operands => [];
}

/// <summary>A local that holds a vector.</summary>
public sealed record Local(string Name) : Expression;

/// <summary>A number in every lane.</summary>
public sealed record Number(float Value) : Expression;

/// <summary>A number for each of eight segments (<see cref="Primitive.Lookup"/>), that of the segment 0 first.</summary>
public sealed record Table(EquatableArray<float> Values) : Expression;

/// <summary>A vector in memory.</summary>
/// <param name="Address">Where it begins.</param>
/// <param name="Lanes">How many lanes are read, the others being 0; 0 means all.</param>
public sealed record Load(Address Address, int Lanes = 0) : Expression;

/// <summary>Words of 32 bits in memory, one for each lane.</summary>
/// <param name="Address">Where they begin.</param>
public sealed record LoadWords(Address Address) : Expression;

/// <summary>A whole number in the words of all lanes.</summary>
public sealed record WholeNumber(int Value) : Expression;

/// <summary>One float of memory in every lane.</summary>
public sealed record Splat(Address Address) : Expression;

/// <summary>Four floats of memory in every four lanes.</summary>
/// <param name="Address">Where they begin.</param>
public sealed record LoadFour(Address Address) : Expression;

/// <summary>One of the floats of a <see cref="LoadFour"/> in every lane.</summary>
public sealed record SplatOfFour(Expression Four, int Number) : Expression
{
    public override IReadOnlyList<Expression> Operands => [Four];
}

/// <summary>Where a vector in memory begins, as an argument of a function that reads it.</summary>
public sealed record Start(Address Address) : Expression;

/// <summary>The first lanes of a vector; the others are 0.</summary>
public sealed record FirstLanes(Expression Value, int Lanes) : Expression
{
    public override IReadOnlyList<Expression> Operands => [Value];
}

/// <summary>A primitive of the instruction set.</summary>
public sealed record Apply(Primitive Primitive, EquatableArray<Expression> Arguments) : Expression
{
    public Apply(Primitive primitive, params Expression[] arguments)
        : this(primitive, arguments.ToEquatableArray())
    {
    }

    public override IReadOnlyList<Expression> Operands => Arguments;
}

/// <summary>A call of a function over vectors.</summary>
public sealed record Call(string Function, EquatableArray<Expression> Arguments) : Expression
{
    public Call(string function, params Expression[] arguments)
        : this(function, arguments.ToEquatableArray())
    {
    }

    public override IReadOnlyList<Expression> Operands => Arguments;
}

/// <summary>
/// A place in memory: a pointer, loop indices with their factors, and a number of floats. A factor is a number, or a name whose value is known
/// when the kernel is called.
/// </summary>
public sealed record Address(string Pointer, EquatableArray<IndexTerm> Terms, int Offset)
{
    public Address(string pointer, int offset = 0)
        : this(pointer, EquatableArray<IndexTerm>.Empty, offset)
    {
    }

    public static Address At(string pointer, int offset, params IndexTerm[] terms) =>
        new(pointer, terms.ToEquatableArray(), offset);
}

/// <summary>An index times a factor.</summary>
public readonly record struct IndexTerm(string Index, string Factor = "1");
