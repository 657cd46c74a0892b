using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Recurrent.Gen.Schedule;

/// <summary>An instruction set: what the schedule must know of it, and how C# spells it.</summary>
/// <param name="Name">A member of the runtime's enumeration <c>InstructionSet</c>, or a class of platform intrinsics that says whether a processor has them.</param>
/// <param name="Lanes">Floats in a vector.</param>
/// <param name="Registers">Vectors that the processor can hold.</param>
/// <param name="IsFused">Whether its multiply-add rounds once wherever its kernels run; else that depends on the processor.</param>
/// <param name="VectorType">The C# type of a vector.</param>
/// <param name="WordsType">The C# type of as many words of 32 bits.</param>
/// <param name="TailMask">The C# expression of a mask whose first n lanes, of all, are set; not used where a vector has one lane.</param>
/// <param name="Spelling">
/// A format string for each primitive. A partial vector has its mask as argument 1, and the number of its lanes as the last one.
/// </param>
/// <param name="Support">C# members of <see cref="Functions"/> that the spelling of a primitive calls, for those that call one.</param>
public sealed record Target(
    string Name,
    int Lanes,
    int Registers,
    bool IsFused,
    string VectorType,
    string WordsType,
    Func<int, string> TailMask,
    IReadOnlyDictionary<Primitive, string> Spelling,
    IReadOnlyDictionary<Primitive, string> Support)
{
    private const int ManyRegisters = 32;

    /// <summary>Whether registers hold the sums of a tile and of the tile before, and what activations need beside them.</summary>
    public bool HasManyRegisters => Registers >= ManyRegisters;

    /// <summary>The emitted class of what kernels share.</summary>
    public string Functions => Name + "Math";

    /// <summary>The emitted method that is a kernel for it; the name alone may be that of a type that the kernel calls.</summary>
    public string Kernel => "On" + Name;

    /// <summary>Whether the spelling of a primitive reads a mask of lanes.</summary>
    public bool HasMask(Primitive primitive) => Spelling[primitive].Contains("{1}");

    /// <summary>Whether a name is that of a class whose members the spelling calls: a local of that name would hide it.</summary>
    public bool Mentions(string name) => name == Functions
        || Spelling.Values.Append(TailMask(1)).Any(text => Regex.IsMatch(text, $@"\b{Regex.Escape(name)}\."));
}
