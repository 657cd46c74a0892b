using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Model;

/// <summary>What a declaration says: the class that the generator completes, and its layers.</summary>
/// <param name="Class">The class.</param>
/// <param name="InputSize">Floats that a time step reads.</param>
/// <param name="Layers">The layers, level after level, in the order in which their parameters and states lie; at least one.</param>
public sealed record NetworkSpec(ClassSpec Class, int InputSize, EquatableArray<LayerSpec> Layers)
{
    /// <summary>What inference keeps of the weights that multiply vectors: a member of the runtime's enumeration <c>Precision</c>.</summary>
    public string Weights { get; init; } = Floats;

    /// <summary>The member that keeps them as they are.</summary>
    public const string Floats = "Float32";
}

/// <summary>The class that a declaration stands on, as it must be spelled to be completed.</summary>
/// <param name="Namespace">Its namespace, "" for the global one.</param>
/// <param name="ContainingTypes">Headers of the types around it, from the outside in, such as <c>partial struct Outer</c>.</param>
/// <param name="Name">Its name, escaped where it is a keyword.</param>
public sealed record ClassSpec(string Namespace, EquatableArray<string> ContainingTypes, string Name)
{
    /// <summary>What the names of its generated files begin with: unique among all networks, also where case does not count.</summary>
    public string FileName { get; init; } = Namespace.Length == 0 ? Name : Namespace + "." + Name;
}

/// <summary>
/// A layer: a cell bound to sizes and settings. Layers of one level read the same sequence and write side by side into one; the next level reads that.
/// </summary>
/// <param name="Name">The prefix of its tensors.</param>
/// <param name="Kind">The word the user wrote, such as <c>Gru</c>.</param>
/// <param name="InputSize">Floats it reads.</param>
/// <param name="OutputSize">Floats it gives.</param>
/// <param name="Cell">Its cell; every dimension is a size and every setting is settled.</param>
public sealed record LayerSpec(string Name, string Kind, int InputSize, int OutputSize, CellGraph Cell)
{
    /// <summary>What its emitted code is named after: its name, and which copy it is where the name stands for several.</summary>
    public string Id { get; init; } = Name;

    /// <summary>Whether it runs from the last time step to the first.</summary>
    public bool IsReverse { get; init; }

    /// <summary>Whether its input is added to what its cell gives.</summary>
    public bool IsResidual { get; init; }

    /// <summary>The probability with which training drops an element of what it gives to the level above; 0 where none is dropped.</summary>
    public double Dropout { get; init; }

    /// <summary>The probability with which training keeps an element of a state as it was before a time step; 0 where none is kept.</summary>
    public double Zoneout { get; init; }

    /// <summary>The probability with which training drops an element of a state, for a whole sequence, from what recurrent products read; 0 where none is dropped.</summary>
    public double RecurrentDropout { get; init; }

    /// <summary>Floats in front of its output in a time step of its level; 0 for the first layer of a level, and for no other.</summary>
    public int OutputOffset { get; init; }

    /// <summary>Floats of each of its states.</summary>
    public IReadOnlyList<int> StateSizes =>
    [
        .. Cell.States.Select((_, state) => Cell.Body.Ops[Cell.Body.Outputs.First(output => output.Kind == OutputKind.NextState && output.Index == state).Value].Shape.Length),
    ];

    /// <summary>Floats that its level gives in a time step.</summary>
    public int LevelSize { get; init; } = OutputSize;
}
