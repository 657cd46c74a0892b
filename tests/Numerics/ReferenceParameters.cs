using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Recurrent.Tests.Numerics;

/// <summary>
/// Where the parameters of a cell stand in those of its network. A layer has no tensor of a parameter that its settings leave without a use, and no part in
/// a tensor of several; the reference gives it something of a shape that fits, and sees that a NaN there changes no result.
/// </summary>
public sealed class ReferenceParameters
{
    private const int MostTrials = 50_000;

    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    /// <param name="cell">The method of the cell.</param>
    /// <param name="arguments">What the layer's attribute says.</param>
    /// <param name="tensors">Gives the tensor that the cell calls by a name, or null where the layer has none.</param>
    /// <param name="run">The results of a step with all parameters, or null where they do not fit.</param>
    public ReferenceParameters(
        CellMethod cell, LayerArguments arguments, Func<string, TensorInfo?> tensors, Func<IReadOnlyDictionary<string, object>, double[]?> run)
    {
        TensorAttribute[] stacked = cell.Step.GetCustomAttributes<TensorAttribute>().ToArray();
        Dictionary<string, (TensorInfo Tensor, string[] Parts)> open = new(StringComparer.Ordinal);
        foreach (ParameterInfo parameter in cell.Parameters)
        {
            TensorAttribute? stack = stacked.FirstOrDefault(candidate => candidate.Parts.Contains(parameter.Name));
            if (tensors(stack?.Name ?? parameter.Name!) is not TensorInfo tensor)
            {
                continue;
            }

            Length = Math.Max(Length, tensor.Offset + tensor.Length);
            string[] parts = stack?.Parts ?? [parameter.Name!];
            if (parts.Length == 1)
            {
                _places[parameter.Name!] = new Place(tensor.Offset, Dimensions(parameter, tensor.Shape.Rows, tensor.Shape.Columns));
            }
            else
            {
                open[parameter.Name!] = (tensor, parts);
            }
        }

        Dictionary<string, int[]> shapes = FindShapes(cell, arguments, open.ToDictionary(pair => pair.Key, pair => pair.Value.Tensor.Shape), run);
        HashSet<string> used = [.. open.Keys.Where(name => IsUsed(name, shapes, run))];
        foreach ((string name, (TensorInfo tensor, string[] parts)) in open)
        {
            int row = 0;
            foreach (string part in parts.Where(used.Contains))
            {
                if (part == name)
                {
                    _places[name] = new Place(tensor.Offset + (row * tensor.Shape.Columns), shapes[name]);
                }

                row += shapes[part] is [int rows, ..] ? rows : 1;
            }

            if (row != tensor.Shape.Rows)
            {
                throw new InvalidOperationException($"The parts of {tensor.Name} that are used have {row} rows; it has {tensor.Shape.Rows}.");
            }
        }

        Unused = shapes.Where(shape => !_places.ContainsKey(shape.Key)).ToDictionary(shape => shape.Key, shape => Make(shape.Value, _ => 0));
        foreach (string name in Unused.Keys.Where(name => IsUsed(name, shapes, run)))
        {
            throw new InvalidOperationException($"'{name}' has a use, and no tensor.");
        }
    }

    /// <summary>Floats of the network up to the last one that the layer reads.</summary>
    public int Length { get; }

    private Dictionary<string, object> Unused { get; }

    /// <summary>The cell's parameters out of the network's.</summary>
    public IReadOnlyDictionary<string, object> Of(ReadOnlySpan<double> parameters)
    {
        Dictionary<string, object> values = new(Unused, StringComparer.Ordinal);
        foreach ((string name, Place place) in _places)
        {
            values[name] = place.Shape switch
            {
                [] => parameters[place.Offset],
                [int length] => new Vec(parameters.Slice(place.Offset, length)),
                _ => new Mat(place.Shape[0], place.Shape[1], parameters.Slice(place.Offset, place.Shape[0] * place.Shape[1])),
            };
        }

        return values;
    }

    private static int[] Dimensions(ParameterInfo parameter, int rows, int columns) =>
        parameter.ParameterType == typeof(double) ? [] : parameter.ParameterType == typeof(Vec) ? [rows] : [rows, columns];

    private static object Make(int[] shape, Func<int, double> value) => shape switch
    {
        [] => value(0),
        [int length] => new Vec(Enumerable.Range(0, length).Select(value).ToArray()),
        _ => new Mat(shape[0], shape[1], Enumerable.Range(0, shape[0] * shape[1]).Select(value).ToArray()),
    };

    private static Dictionary<string, object> Numbers(Dictionary<string, int[]> shapes) => shapes.ToDictionary(
        shape => shape.Key, shape => Make(shape.Value, i => 0.1 + (0.05 * (i % 7))));

    private static bool IsUsed(string name, Dictionary<string, int[]> shapes, Func<IReadOnlyDictionary<string, object>, double[]?> run)
    {
        Dictionary<string, object> values = Numbers(shapes);
        double[] before = run(values)!;
        values[name] = Make(shapes[name], _ => double.NaN);
        return !run(values)!.AsSpan().SequenceEqual(before);
    }

    /// <summary>The shape of every parameter; those that no tensor and no attribute tells are tried until a step runs.</summary>
    private Dictionary<string, int[]> FindShapes(
        CellMethod cell, LayerArguments arguments, Dictionary<string, TensorShape> open, Func<IReadOnlyDictionary<string, object>, double[]?> run)
    {
        int[] sizes = new[] { arguments.Size, arguments.InputSize }
            .Concat(cell.States.SelectMany(state => arguments.Shape(state, "hidden"))).Append(1).Where(size => size > 0).Distinct().ToArray();
        List<(string Name, int[][] Shapes)> choices = cell.Parameters.Select(parameter => (parameter.Name!, Candidates(parameter))).ToList();
        int[] chosen = new int[choices.Count];
        for (int trial = 0; trial < MostTrials; trial++)
        {
            Dictionary<string, int[]> shapes = choices.Select((choice, i) => (choice.Name, choice.Shapes[chosen[i]])).ToDictionary();
            if (run(Numbers(shapes)) is not null)
            {
                return shapes;
            }

            int next = 0;
            while (next < chosen.Length && ++chosen[next] == choices[next].Shapes.Length)
            {
                chosen[next++] = 0;
            }

            if (next == chosen.Length)
            {
                break;
            }
        }

        throw new InvalidOperationException($"No shapes of the parameters that are not used fit the equations of {cell.Step.DeclaringType}.");

        int[][] Candidates(ParameterInfo parameter) =>
            _places.TryGetValue(parameter.Name!, out Place place) ? [place.Shape]
            : CellMethod.Declared(parameter).Length > 0 || parameter.ParameterType == typeof(double) ? [arguments.Shape(parameter, "hidden")]
            : parameter.ParameterType == typeof(Vec) ? sizes.Select(size => (int[])[size]).ToArray()
            : open.TryGetValue(parameter.Name!, out TensorShape tensor) ? sizes.Select(size => (int[])[size, tensor.Columns]).ToArray()
            : sizes.SelectMany(rows => sizes.Select(columns => (int[])[rows, columns])).ToArray();
    }

    /// <param name="Offset">Where it begins in the network's parameters.</param>
    /// <param name="Shape">Its dimensions.</param>
    private readonly record struct Place(int Offset, int[] Shape);
}
