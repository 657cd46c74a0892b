using System;

namespace Recurrent;

/// <summary>
/// Marks a struct whose static method <c>Step</c> holds the equations of a cell: one time step, written with <see cref="Vec"/>,
/// <see cref="Mat"/> and the functions of <see cref="Equations"/>.
/// </summary>
/// <remarks>
/// The first <see cref="Vec"/> is the input. The <see cref="Vec"/>s right after it that come back as results, in the same order,
/// are the state; the first result is the layer's output. All others are parameters, whose shapes follow from their use.
/// </remarks>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class CellAttribute : Attribute;

/// <summary>
/// On a cell's <c>Step</c>: a tensor of the weight file, made of the named parameters stacked row after row.
/// A parameter that no such attribute names is a tensor of its own, under its own name.
/// </summary>
/// <param name="name">The tensor's name behind the layer's prefix, such as <c>weight_ih_l0</c>.</param>
/// <param name="parts">The parameters, in the order in which the file stacks them.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class TensorAttribute(string name, params string[] parts) : Attribute
{
    /// <summary>The tensor's name behind the layer's prefix.</summary>
    public string Name { get; } = name;

    /// <summary>The parameters, in the order in which the file stacks them.</summary>
    public string[] Parts { get; } = parts;

    /// <summary>The distribution that <c>Create(seed)</c> draws the tensor from.</summary>
    public Initializer Initializer { get; set; } = Initializer.Uniform;

    /// <summary>The dimension n of <see cref="Initializer.Uniform"/>: <c>hidden</c> (the default) or <c>input</c>.</summary>
    public string Fan { get; set; } = "hidden";
}

/// <summary>On a parameter of a cell's <c>Step</c>: its dimensions, by name or as numbers, where its use leaves them open.</summary>
/// <param name="dimensions">One dimension for a <see cref="Vec"/>, rows and columns for a <see cref="Mat"/>: <c>input</c>, <c>hidden</c>,
/// the name of an argument of the layer's attribute, or a number.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ShapeAttribute(params object[] dimensions) : Attribute
{
    /// <summary>Names (<see cref="string"/>) or sizes (<see cref="int"/>).</summary>
    public object[] Dimensions { get; } = dimensions;
}

/// <summary>
/// The compiled equations of a cell, as text, written by the generator into the assembly that holds the cell, so that networks in
/// other assemblies can use it.
/// </summary>
/// <param name="cell">The cell.</param>
/// <param name="graph">Its graph, in the form that the generator prints and reads.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class CellGraphAttribute(Type cell, string graph) : Attribute
{
    /// <summary>The cell.</summary>
    public Type Cell { get; } = cell;

    /// <summary>Its graph.</summary>
    public string Graph { get; } = graph;
}
