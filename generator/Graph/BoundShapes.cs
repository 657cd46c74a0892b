using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Gen.Graph;

/// <summary>The shapes that were inferred, with the sizes of a layer put in.</summary>
internal sealed class BoundShapes
{
    private readonly CellEquations _cell;
    private readonly Choices _choices;
    private readonly ShapeInference _shapes;
    private readonly Func<string, long?> _size;

    public BoundShapes(CellEquations cell, Choices choices, ShapeInference shapes, Func<string, long?> size)
    {
        _cell = cell;
        _choices = choices;
        _shapes = shapes;
        _size = size;
        CheckDeclarations();
    }

    public List<BindingFault> Faults { get; } = [];

    /// <summary>The shape of a value.</summary>
    public Shape Of(int value) => Bound(_shapes.SizesOf(value), _choices.Origins[value], null);

    /// <summary>The shape of a parameter.</summary>
    public Shape OfParameter(int number) => Bound(_shapes.SizesOf(OpKind.Parameter, number), -1, new Op(OpKind.Parameter, number, Shape.Scalar));

    /// <summary>The number that a value is, up to sizes that are missing; null where it is none.</summary>
    public Quantity? Count(int value) => _shapes.Counts[value] is { } count ? Evaluate(count.ToString(), _choices.Origins[value], null) : null;

    /// <summary>The dimension that the initialization of a parameter follows from.</summary>
    public Dim Fan(int number)
    {
        Op leaf = new(OpKind.Parameter, number, Shape.Scalar);
        string text = _cell.Parameters[number].Start.Fan;
        return Size(Evaluate(text, -1, leaf), text, -1, leaf);
    }

    /// <summary>The last dimension of a tensor of three.</summary>
    public string Depth(CellTensor tensor) => tensor.Depth.Length == 0 ? "" : Size(Evaluate(tensor.Depth, -1, null), tensor.Depth, -1, null).ToString();

    private void CheckDeclarations()
    {
        // A quotient may cancel in a shape and yet have had a remainder.
        IEnumerable<(OpKind Kind, int Number, string Text)> declared = _cell.States.SelectMany((state, i) => state.Dimensions.Select(text => (OpKind.State, i, text)))
            .Concat(_choices.Ops.Where(op => op.Kind == OpKind.Parameter).Select(op => op.A).Distinct()
                .SelectMany(number => _cell.Parameters[number].Dimensions.Select(text => (OpKind.Parameter, number, text))));
        foreach ((OpKind kind, int number, string text) in declared)
        {
            Op leaf = new(kind, number, Shape.Scalar);
            Size(Evaluate(text, -1, leaf), text, -1, leaf);
        }
    }

    private Shape Bound(Quantity?[] sizes, int at, Op? leaf)
    {
        Dim[] dims = [.. sizes.Select(size => size is null
            ? Missing(at, leaf)
            : Size(Evaluate(size.ToString(), at, leaf), size.ToString(), at, leaf))];
        return dims.Length switch
        {
            0 => Shape.Scalar,
            1 => Shape.Vector(dims[0]),
            _ => Shape.Matrix(dims[0], dims[1]),
        };
    }

    private Dim Missing(int at, Op? leaf)
    {
        Faults.Add(new BindingFault(at, leaf, "its size follows from nothing"));
        return new Dim(1);
    }

    private Quantity? Evaluate(string text, int at, Op? leaf)
    {
        try
        {
            return DimensionExpression.Parse(text).Evaluate(_size);
        }
        catch (FormatException broken)
        {
            Faults.Add(new BindingFault(at, leaf, $"its dimension '{text}' is none: {broken.Message}"));
            return null;
        }
    }

    private Dim Size(Quantity? quantity, string text, int at, Op? leaf)
    {
        if (quantity?.ToDim() is Dim dim)
        {
            return dim;
        }

        if (quantity is not null)
        {
            Faults.Add(new BindingFault(at, leaf, $"its dimension '{text}' is {quantity.Shown}; a whole number of at least 1 is wanted"));
        }

        return new Dim(1);
    }
}
