using System;

namespace Recurrent;

/// <summary>What all layer attributes share. Derive from <see cref="LayerAttribute{TCell}"/>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    private protected LayerAttribute(int size) => Size = size;

    /// <summary>
    /// Floats per time step that the layer gives, at least 1; or 0 where that follows from the cell's equations. In each direction, where it is <see cref="Bidirectional"/>.
    /// </summary>
    public int Size { get; }

    /// <summary>
    /// The prefix of the layer's tensors in files: letters, digits and underscores, unique in the network.
    /// By default the kind of the layer and its position counted from 0, such as <c>gru1</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// Adds the layer's input to its output, element by element; its states stay as they are. Both must have one size: with
    /// <see cref="Layers"/>, those of every level; with <see cref="Bidirectional"/>, the output is both directions together.
    /// </summary>
    public bool Residual { get; set; }

    /// <summary>
    /// Makes the value of every state before a stream's first time step a learned tensor, named after the state (<c>h0</c>; with <see cref="Layers"/> and
    /// <see cref="Bidirectional"/> also <c>h0_l1</c>, <c>h0_reverse</c>) and of its shape, zeros before training. PyTorch's modules have no such
    /// tensors. A stream takes them up by <see cref="INetwork{TSelf}.StartState"/>. Without it, states are learned that the cell marks
    /// <see cref="LearnedAttribute"/>.
    /// </summary>
    public bool LearnInitialState { get; set; }

    /// <summary>
    /// The probability, at least 0 and less than 1, with which training drops an element of what the layer gives, anew in every time step: it becomes 0, and the others
    /// are divided by 1 less the probability (Srivastava et al., Dropout, 2014). It applies to what every level of the layer gives to a level or a layer
    /// above, the input that <see cref="Residual"/> adds included; so with <see cref="Layers"/> as in PyTorch between the levels, and also between the
    /// last level and the next layer. What the network itself gives is never dropped, nor is a state. Inference drops nothing.
    /// </summary>
    public double Dropout { get; set; }

    /// <summary>
    /// The probability, at least 0 and less than 1, with which training leaves an element of a state as it was before a time step, anew in every one. Inference has the
    /// expectation: as much of what the element was, and the rest of what it becomes (Krueger et al., Zoneout: Regularizing RNNs by Randomly Preserving
    /// Hidden Activations, 2017). An output that is one of the states is what that state becomes.
    /// </summary>
    public double Zoneout { get; set; }

    /// <summary>
    /// The probability, at least 0 and less than 1, with which training drops an element of a state from what recurrent products read, the same elements in all time
    /// steps (Gal and Ghahramani, A Theoretically Grounded Application of Dropout in Recurrent Neural Networks, 2016): the products, such as those of all
    /// gates, read the state times a mask, in which these elements are 0 and the others 1 divided by 1 less the probability. Inference drops nothing.
    /// </summary>
    /// <remarks>
    /// Recurrent products are those of a matrix of weights, or of its transpose, and a vector that is a state or a state times something: in <c>U * h</c> and
    /// <c>U * (r * h)</c> the product reads what is left of <c>h</c>; in <c>z * h</c> and <c>f * c</c> the state is read as it is. Every state that such products
    /// read has a mask of its own, in every level and direction another one. It lasts for one call of <c>Forward</c>, and depends on the seed alone: where a sequence is
    /// continued by another call, the same seed gives the same mask, and repeats what <see cref="Dropout"/> and <see cref="Zoneout"/> draw.
    /// </remarks>
    public double RecurrentDropout { get; set; }

    /// <summary>
    /// How many levels of the layer are stacked, from 1 to 256; each but the first reads what the one below gives. Tensors are named as PyTorch
    /// names them: where a name ends in <c>_l0</c>, that is the level's number; to other names it is appended for levels above the first.
    /// </summary>
    public int Layers { get; set; } = 1;

    /// <summary>
    /// Runs the layer from the last time step of a sequence to the first; its initial state is the one behind the last time step. A network with such
    /// a layer runs whole sequences only: it is no <see cref="IStreamingNetwork{TSelf}"/>.
    /// </summary>
    public bool Reverse { get; set; }

    /// <summary>
    /// Runs a copy of the layer forward and another, with parameters and states of its own, in reverse. Both read the layer's input; the output has
    /// twice the size: that of the forward copy, then that of the reverse one, at the same time step. The reverse copy's tensors end in
    /// <c>_reverse</c>; its states follow those of the forward copy. With <see cref="Layers"/>, every level is bidirectional, as in PyTorch.
    /// A network with such a layer runs whole sequences only: it is no <see cref="IStreamingNetwork{TSelf}"/>.
    /// </summary>
    public bool Bidirectional { get; set; }
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
