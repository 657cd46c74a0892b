using System.Collections.Generic;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Lower;

/// <summary>A statement of a kernel.</summary>
public abstract record Statement
{
    /// <summary>The statements inside it.</summary>
    public virtual EquatableArray<Statement> Inner => EquatableArray<Statement>.Empty;

    /// <summary>The name that it declares, or null.</summary>
    public virtual string? Declared => null;

    /// <summary>The expressions that it evaluates.</summary>
    public virtual IEnumerable<Expression> Values => [];

    /// <summary>The places that it names itself, beside those in its expressions.</summary>
    public virtual IEnumerable<Address> Addresses => [];

    /// <summary>The statement with others inside it.</summary>
    public virtual Statement With(EquatableArray<Statement> inner) => this;
}

/// <summary>What the next statements compute, for people.</summary>
public sealed record Comment(string Text) : Statement;

/// <summary>A new local that holds a vector.</summary>
public sealed record Declare(string Name, Expression Value) : Statement
{
    public override string? Declared => Name;

    public override IEnumerable<Expression> Values => [Value];
}

/// <summary>A new local that holds words of 32 bits, one for each lane.</summary>
public sealed record DeclareWords(string Name, Expression Value) : Statement
{
    public override string? Declared => Name;

    public override IEnumerable<Expression> Values => [Value];
}

/// <summary>A new value for a local.</summary>
public sealed record Assign(string Name, Expression Value) : Statement
{
    public override IEnumerable<Expression> Values => [Value];
}

/// <summary>Writes a vector.</summary>
/// <param name="Address">Where it begins.</param>
/// <param name="Value">The vector.</param>
/// <param name="Lanes">How many lanes are written; 0 means all.</param>
public sealed record Store(Address Address, Expression Value, int Lanes = 0) : Statement
{
    public override IEnumerable<Expression> Values => [Value];

    public override IEnumerable<Address> Addresses => [Address];
}

/// <summary>Writes a vector to memory of the call, from where other statements read it: a local that is in no register.</summary>
/// <param name="Name">What the local would be called, for people.</param>
/// <param name="Address">Where it begins.</param>
/// <param name="Value">The vector.</param>
/// <param name="Lanes">Its floats.</param>
public sealed record Keep(string Name, Address Address, Expression Value, int Lanes) : Statement
{
    public override IEnumerable<Expression> Values => [Value];

    public override IEnumerable<Address> Addresses => [Address];
}

/// <summary>Writes whole numbers of 16 bits.</summary>
/// <param name="Address">Where the first is written, counted in such numbers behind the pointer.</param>
/// <param name="Value">What they are rounded from.</param>
public sealed record StoreWhole(Address Address, Expression Value) : Statement
{
    public override IEnumerable<Expression> Values => [Value];

    public override IEnumerable<Address> Addresses => [Address];
}

/// <summary>A new pointer into memory.</summary>
public sealed record DeclarePointer(string Name, Address Address) : Statement
{
    public override string? Declared => Name;

    public override IEnumerable<Address> Addresses => [Address];
}

/// <summary>Points to another place.</summary>
public sealed record Point(string Pointer, Address Address) : Statement
{
    public override IEnumerable<Address> Addresses => [Address];
}

/// <summary>Moves a pointer by a number of floats: a number, or an expression over names known when the kernel is called.</summary>
public sealed record Advance(string Pointer, string Amount) : Statement;

/// <summary>A new whole number, read from a float in memory.</summary>
public sealed record DeclareIndex(string Name, Address Address) : Statement
{
    public override string? Declared => Name;

    public override IEnumerable<Address> Addresses => [Address];
}

/// <summary>
/// A loop over an index from <paramref name="Start"/> while <paramref name="Step"/> more fit below <paramref name="End"/>.
/// </summary>
public sealed record Loop(string Index, string Start, string End, int Step, EquatableArray<Statement> Body) : Statement
{
    public override string? Declared => Index;

    public override EquatableArray<Statement> Inner => Body;

    public override Statement With(EquatableArray<Statement> inner) => this with { Body = inner };
}

/// <summary>A new whole number: an index that goes up in every other time step, and down in those between.</summary>
/// <param name="Name">The name.</param>
/// <param name="Up">What it is where it goes up.</param>
/// <param name="Down">What it is where it goes down.</param>
/// <param name="Time">The number of the time step.</param>
public sealed record DeclareTurned(string Name, string Up, string Down, string Time) : Statement
{
    public override string? Declared => Name;
}

/// <summary>Statements with names of their own.</summary>
public sealed record Scope(EquatableArray<Statement> Body) : Statement
{
    public override EquatableArray<Statement> Inner => Body;

    public override Statement With(EquatableArray<Statement> inner) => this with { Body = inner };
}

/// <summary>Statements that are a method of their own: what stands beside them keeps in registers what they have no use for.</summary>
public sealed record Apart(EquatableArray<Statement> Body) : Statement
{
    public override EquatableArray<Statement> Inner => Body;

    public override Statement With(EquatableArray<Statement> inner) => this with { Body = inner };
}

/// <summary>Statements that run only where a pointer is given.</summary>
public sealed record IfGiven(string Pointer, EquatableArray<Statement> Body) : Statement
{
    public override EquatableArray<Statement> Inner => Body;

    public override Statement With(EquatableArray<Statement> inner) => this with { Body = inner };
}

/// <summary>A new pointer to memory of this call alone, which begins on a cache line.</summary>
/// <param name="Name">The name.</param>
/// <param name="Floats">Floats of the memory.</param>
public sealed record DeclareOwn(string Name, int Floats) : Statement
{
    public override string? Declared => Name;
}

/// <summary>A new whole number: where the tiles of a thread begin, or where they end, among those that threads share.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsEnd">Whether they end there.</param>
/// <param name="Tiles">All tiles.</param>
/// <param name="Rows">Rows of a tile, in which the number counts.</param>
public sealed record DeclareShare(string Name, bool IsEnd, int Tiles, int Rows) : Statement
{
    public override string? Declared => Name;
}

/// <summary>Of the threads that share a kernel, the first runs these statements.</summary>
public sealed record FirstAlone(EquatableArray<Statement> Body) : Statement
{
    public FirstAlone(IEnumerable<Statement> body)
        : this(body.ToEquatableArray())
    {
    }

    public override EquatableArray<Statement> Inner => Body;

    public override Statement With(EquatableArray<Statement> inner) => this with { Body = inner };
}

/// <summary>The threads that share a kernel wait for each other.</summary>
public sealed record Meet : Statement;

/// <summary>A call of another kernel.</summary>
public sealed record Invoke(string Kernel, EquatableArray<string> Arguments) : Statement;

/// <summary>Gives the value of a function.</summary>
public sealed record Return(Expression Value) : Statement
{
    public override IEnumerable<Expression> Values => [Value];
}
