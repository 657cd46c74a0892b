using System;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Recurrent;

/// <summary>A tensor of a network's parameters.</summary>
/// <param name="Name">Its name in files: the layer's prefix, a dot, and the name that PyTorch's module gives it, such as <c>gru1.weight_ih_l0</c>.</param>
/// <param name="Shape">Its shape; the values are stored row after row.</param>
/// <param name="Offset">Where it begins in the flat parameters.</param>
/// <param name="Initialization">The distribution that <c>Create(seed)</c> draws it from; of its first part, where it has <see cref="Parts"/>.</param>
public readonly record struct TensorInfo(string Name, TensorShape Shape, int Offset, Initialization Initialization)
{
    private readonly TensorPart[]? _parts;

    /// <summary>A tensor that is stacked from parts, row after row, each drawn from a distribution of its own.</summary>
    /// <param name="name">Its name in files.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="offset">Where it begins in the flat parameters.</param>
    /// <param name="parts">Its parts, in the order of its rows; copied.</param>
    /// <exception cref="ArgumentException">The parts together do not have the rows of the tensor.</exception>
    [OverloadResolutionPriority(-1)] // so that a literal default is an Initialization
    public TensorInfo(string name, TensorShape shape, int offset, params ReadOnlySpan<TensorPart> parts)
        : this(name, shape, offset, parts.IsEmpty ? default : parts[0].Initialization)
    {
        long rows = 0;
        foreach (TensorPart part in parts)
        {
            if (part.Rows < 0)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A part of {name} has {part.Rows} rows; at least 0 are wanted."), nameof(parts));
            }

            rows += part.Rows;
        }

        if (rows != shape.Rows)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The parts of {name} have {rows} rows together; {shape.Rows} are wanted for {shape}."), nameof(parts));
        }

        _parts = parts.ToArray();
    }

    /// <summary>Whether training leaves it as it is: <c>Backward</c> adds nothing to its place among the parameters' gradients.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>How many floats it has.</summary>
    public int Length => Shape.Length;

    /// <summary>The parts that it is stacked from, where they start from distributions of their own; empty where <see cref="Initialization"/> is that of the whole.</summary>
    public ReadOnlySpan<TensorPart> Parts => _parts;

    /// <summary>Whether all of it is the same, part by part.</summary>
    /// <param name="other">Another tensor.</param>
    public bool Equals(TensorInfo other) =>
        Name == other.Name && Shape == other.Shape && Offset == other.Offset && Initialization == other.Initialization && IsFrozen == other.IsFrozen && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Shape, Offset, Initialization, IsFrozen, Parts.Length);
}
