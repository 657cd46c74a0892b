using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Model;

/// <summary>What a declaration says: the class that the generator completes, and its layers.</summary>
/// <param name="Class">The class.</param>
/// <param name="InputSize">Floats that a time step reads.</param>
/// <param name="Layers">The layers, in the order in which they run; at least one.</param>
public sealed record NetworkSpec(ClassSpec Class, int InputSize, EquatableArray<LayerSpec> Layers);

/// <summary>The class that a declaration stands on, as it must be spelled to be completed.</summary>
/// <param name="Namespace">Its namespace, "" for the global one.</param>
/// <param name="ContainingTypes">Headers of the types around it, from the outside in, such as <c>partial struct Outer</c>.</param>
/// <param name="Name">Its name, escaped where it is a keyword.</param>
public sealed record ClassSpec(string Namespace, EquatableArray<string> ContainingTypes, string Name)
{
    /// <summary>What the names of its generated files begin with: unique among all networks, also where case does not count.</summary>
    public string FileName { get; init; } = Namespace.Length == 0 ? Name : Namespace + "." + Name;
}

/// <summary>A layer: a cell bound to sizes and settings.</summary>
/// <param name="Name">The prefix of its tensors.</param>
/// <param name="Kind">The word the user wrote, such as <c>Gru</c>.</param>
/// <param name="InputSize">Floats it reads.</param>
/// <param name="OutputSize">Floats it gives.</param>
/// <param name="Cell">Its cell; every dimension is a size and every setting is settled.</param>
public sealed record LayerSpec(string Name, string Kind, int InputSize, int OutputSize, CellGraph Cell);
