using System;

namespace Recurrent;

/// <summary>
/// Marks a struct whose static method <c>Step</c> holds the equations of a cell: one time step, written with <see cref="Vec"/>,
/// <see cref="Mat"/> and the functions of <see cref="Equations"/>.
/// </summary>
/// <remarks>
/// The parameters of <c>Step</c>, in this order:
/// <list type="bullet">
/// <item>The input, a <see cref="Vec"/>.</item>
/// <item>The states: each a <see cref="Vec"/>, a <see cref="Mat"/> or a <see cref="double"/>. Where <c>Step</c> gives a tuple whose elements have the names of
/// parameters, those elements are the next states, and its first element is the layer's output, a state or not. Else all results are the next states, in the
/// order of the parameters behind the input, and the first is the output. A parameter with <see cref="InitAttribute"/> is no state and ends them.</item>
/// <item>The learned parameters, <see cref="Vec"/>, <see cref="Mat"/> or <see cref="double"/>, whose shapes follow from their use or from
/// <see cref="ShapeAttribute"/>; and between them the settings, constants that the layer's attribute chooses: every <see cref="int"/>, <see cref="bool"/> or
/// enumeration, and a <see cref="double"/> with <see cref="SettingAttribute"/>.</item>
/// </list>
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

    /// <summary>The dimension n of <see cref="Initializer.Uniform"/>, an expression as in <see cref="ShapeAttribute"/>: <c>hidden</c> by default.</summary>
    public string Fan { get; set; } = "hidden";

    /// <summary>
    /// The last dimension of a tensor of three, an expression as in <see cref="ShapeAttribute"/>: a matrix [rows, columns] is [rows, columns / depth, depth] in files.
    /// "" (the default) leaves it a matrix.
    /// </summary>
    public string Depth { get; set; } = "";

    /// <summary>Whether training leaves the tensor as it is: see <see cref="InitAttribute.Frozen"/>.</summary>
    public bool Frozen { get; set; }
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
