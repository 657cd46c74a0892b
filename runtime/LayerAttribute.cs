using System;

namespace Recurrent;

/// <summary>What all layer attributes share. Derive from <see cref="LayerAttribute{TCell}"/>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    private protected LayerAttribute(int size) => Size = size;

    /// <summary>Floats per time step that the layer gives, at least 1; or 0 where that follows from the cell's equations.</summary>
    public int Size { get; }

    /// <summary>
    /// The prefix of the layer's tensors in files: letters, digits and underscores, unique in the network.
    /// By default the kind of the layer and its position counted from 0, such as <c>gru1</c>.
    /// </summary>
    public string? Name { get; set; }
}

/// <summary>
/// A layer that runs the equations of <typeparamref name="TCell"/> once per time step.
/// </summary>
/// <remarks>
/// An attribute of its own for a cell is one line: <c>class GruAttribute(int hiddenSize) : LayerAttribute&lt;Gru&gt;(hiddenSize)</c>.
/// The generator takes the layer's size from the constructor's parameter named <c>size</c>, or from its first one where none has
/// that name; every other argument, positional or named, settles the dimension or the setting of the cell that has its name, in whatever case. An attribute
/// that leaves the size to the equations derives from the constructor without one, and none of its arguments is a size.
/// </remarks>
/// <typeparam name="TCell">A struct marked with <see cref="CellAttribute"/>.</typeparam>
/// <param name="size">Floats per time step that the layer gives (the hidden size of a recurrent layer); at least 1.</param>
public class LayerAttribute<TCell>(int size) : LayerAttribute(size)
    where TCell : struct
{
    /// <summary>
    /// For a layer without a size of its own: how many floats it gives follows from the cell's equations, such as as many as it reads. <see cref="LayerAttribute.Size"/> is 0.
    /// </summary>
    public LayerAttribute()
        : this(0)
    {
    }
}
