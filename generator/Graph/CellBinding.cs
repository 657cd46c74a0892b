using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Graph;

/// <summary>Puts a layer's sizes and settings into its cell.</summary>
public static class CellBinding
{
    /// <summary>
    /// The cell with settings and choices settled and every shape inferred. Parameters that no chosen equation reads are gone, and so are
    /// <see cref="OpKind.Setting"/>, <see cref="OpKind.Length"/>, <see cref="OpKind.Take"/>, <see cref="OpKind.Drop"/>,
    /// <see cref="OpKind.Transpose"/>, <see cref="OpKind.When"/> and <see cref="OpKind.Otherwise"/>; where sizes are missing, those
    /// that depend on them stay. Vectors of one element that are spread are numbers.
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="sizes">Sizes by name; the names of shapes whose sizes are missing stay names.</param>
    /// <param name="settings">
    /// The settings' values by name: numbers, 0 or 1 for flags, numbers of members of enumerations. A setting that is missing has its default; where it has
    /// none, a whole one is a name.
    /// </param>
    /// <exception cref="ArgumentException">A setting that is not whole has neither value nor default.</exception>
    public static BoundCell Bind(CellEquations cell, IReadOnlyDictionary<string, int> sizes, IReadOnlyDictionary<string, double> settings)
    {
        Choices choices = Choices.Make(cell, settings, Size);

        // Names first: which vectors of one element are spread must not depend on the sizes that a layer happens to have.
        ShapeInference shapes = ShapeInference.Infer(cell, choices, Setting);
        if (shapes.Mismatches.Count > 0 && choices.Uncertain.Count > 0)
        {
            // Sizes that are equal, perhaps, are a condition of the equations that hold then.
            Choices otherwise = Choices.Make(cell, settings, Size, unknownHolds: false);
            ShapeInference others = ShapeInference.Infer(cell, otherwise, Setting);
            (choices, shapes) = others.Mismatches.Count == 0 && otherwise.Faults.Count == 0 ? (otherwise, others) : (choices, shapes);
        }

        if (shapes.Mismatches.Count > 0 && sizes.Count > 0)
        {
            shapes = ShapeInference.Infer(cell, choices, Size);
        }

        List<BindingFault> faults = [.. choices.Faults, .. shapes.Faults];
        if (sizes.ContainsKey(Dim.Hidden.Name!))
        {
            faults.AddRange(choices.Uncertain.Select(at => new BindingFault(
                at, null, "a condition needs it, and no declaration tells it; the lengths of the input, of states and of parameters with [Shape] are known")));
        }

        if (faults.Count > 0 || shapes.Mismatches.Count > 0)
        {
            // A dimension that could not be read contradicts whatever it meets.
            return Wrong(faults.Any(fault => fault.At < 0) ? [] : shapes.Mismatches, [], faults);
        }

        List<OpenDimension> open = Open(cell, choices, shapes);
        if (open.Count > 0)
        {
            return Wrong([], open, []);
        }

        BoundShapes bound = new(cell, choices, shapes, Size);
        CellGraph? graph = Write();
        if (bound.Faults.Count > 0 && sizes.Count > 0 && ShapeInference.Infer(cell, choices, Size) is { Mismatches.Count: 0, Faults.Count: 0 } sized)
        {
            // What is divided without a remainder where sizes have names may have one where they are numbers; it is dropped.
            bound = new BoundShapes(cell, choices, shapes = sized, Size);
            graph = Write();
        }

        return graph is null || bound.Faults.Count > 0
            ? Wrong([], [], bound.Faults)
            : new BoundCell(graph, EquatableArray<ShapeMismatch>.Empty, EquatableArray<OpenDimension>.Empty, EquatableArray<BindingFault>.Empty);

        CellGraph? Write() => bound.Faults.Count > 0 ? null : new CanonicalForm(cell, choices, shapes, bound).Write();

        long? Setting(string name)
        {
            for (int i = 0; i < cell.Settings.Count; i++)
            {
                if (string.Equals(cell.Settings[i].Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    return Value(cell, i, settings) is double value && Math.Abs(value) <= int.MaxValue && value == Math.Floor(value) ? (long)value : null;
                }
            }

            return null;
        }

        long? Size(string name) => Setting(name) ?? (sizes.TryGetValue(name, out int size) ? size : null);
    }

    /// <summary>The names in the shapes of a cell that was bound without sizes: what a layer must settle, each once, in the order in which they appear.</summary>
    public static IReadOnlyList<string> Dimensions(CellGraph cell) =>
        Names(cell.Parameters.SelectMany(parameter => new[] { parameter.Shape.Rows, parameter.Shape.Columns })
            .Concat(cell.Body.Ops.SelectMany(op => new[] { op.Shape.Rows, op.Shape.Columns })));

    /// <summary>The names that the distributions follow from which parameters start from.</summary>
    public static IReadOnlyList<string> Fans(CellGraph cell) =>
        Names(cell.Parameters.Where(parameter => CellStart.ReadsFan(parameter.Initializer)).Select(parameter => parameter.Fan));

    /// <summary>The shape of what the layer gives.</summary>
    public static Shape OutputShape(CellGraph cell) =>
        cell.Body.Ops[cell.Body.Outputs.First(output => output.Kind == OutputKind.Output).Value].Shape;

    /// <summary>The shape of a state.</summary>
    public static Shape StateShape(CellGraph cell, int state) =>
        cell.Body.Ops[cell.Body.Outputs.First(output => output.Kind == OutputKind.NextState && output.Index == state).Value].Shape;

    /// <summary>Floats that the cell's input has whatever the layer says, or null where the layer decides.</summary>
    /// <param name="cell">The cell, bound without sizes.</param>
    public static int? FixedInput(CellGraph cell)
    {
        foreach (Op op in cell.Body.Ops)
        {
            if (op.Kind == OpKind.Input && op.Shape.Rows.IsBound)
            {
                return op.Shape.Rows.Size;
            }
        }

        return null;
    }

    /// <summary>Whether the cell looks its input up in a table.</summary>
    public static bool IsLookup(CellGraph cell) =>
        cell.Body.Ops.Any(op => op.Kind == OpKind.Row && cell.Body.Ops[op.B].Kind == OpKind.Input);

    /// <summary>The number that a setting is; null where it is a whole one that nothing settles.</summary>
    internal static double? Value(CellEquations cell, int setting, IReadOnlyDictionary<string, double> settings)
    {
        CellSetting declared = cell.Settings[setting];
        return settings.TryGetValue(declared.Name, out double given) ? given
            : declared.Default ?? (declared.Kind == SettingKind.Whole
                ? null
                : throw new ArgumentException($"The cell '{cell.Name}' has a setting '{declared.Name}', for which no value was given.", nameof(settings)));
    }

    private static List<string> Names(IEnumerable<Dim> dims) =>
        dims.Where(dim => !dim.IsBound)
            .SelectMany(dim => DimensionExpression.Parse(dim.Name!).Names)
            .Distinct(StringComparer.Ordinal)
            .ToList();

    private static List<OpenDimension> Open(CellEquations cell, Choices choices, ShapeInference shapes) =>
        [.. choices.Ops.Where(op => op.Kind == OpKind.Parameter).Select(op => op.A).Distinct().OrderBy(number => number)
            .SelectMany(number => shapes.SizesOf(OpKind.Parameter, number).Select((size, axis) => (number, size, axis)))
            .Where(dimension => dimension.size is null)
            .Select(dimension => new OpenDimension(dimension.number, ShapeInference.AxisOf(cell.Parameters[dimension.number].Rank, dimension.axis)))];

    private static BoundCell Wrong(IEnumerable<ShapeMismatch> mismatches, IEnumerable<OpenDimension> open, IEnumerable<BindingFault> faults) =>
        new(null, mismatches.ToEquatableArray(), open.ToEquatableArray(), faults.Distinct().ToEquatableArray());
}
