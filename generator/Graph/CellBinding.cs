using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Graph;

/// <summary>Puts a layer's sizes and settings into its cell.</summary>
public static class CellBinding
{
    /// <summary>What each activation that a setting can name does; the empty one does nothing.</summary>
    private static readonly Dictionary<string, OpKind?> Activations = new(StringComparer.Ordinal)
    {
        ["Linear"] = null,
        ["Relu"] = OpKind.Relu,
        ["Sigmoid"] = OpKind.Sigmoid,
        ["Tanh"] = OpKind.Tanh,
    };

    /// <summary>Whether a setting can have this value.</summary>
    public static bool IsActivation(string name) => Activations.ContainsKey(name);

    /// <summary>The names of the dimensions that a layer must settle, each once, in the order in which they appear.</summary>
    public static IReadOnlyList<string> Dimensions(CellGraph cell) =>
        cell.Parameters.SelectMany(parameter => new[] { parameter.Shape.Rows, parameter.Shape.Columns })
            .Concat(cell.Body.Ops.SelectMany(op => new[] { op.Shape.Rows, op.Shape.Columns }))
            .Concat(cell.Tensors.Select(tensor => tensor.Fan))
            .Where(dim => !dim.IsBound)
            .Select(dim => dim.Name!)
            .Distinct(StringComparer.Ordinal)
            .ToList();

    /// <summary>Floats that the cell's input has whatever the layer says, or null where the layer decides.</summary>
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

    /// <summary>The cell with every dimension a size and every activation a function.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="sizes">The size of every dimension that <see cref="Dimensions"/> lists.</param>
    /// <param name="settings">The member of the enumeration that each setting has.</param>
    /// <exception cref="ArgumentException">A dimension or a setting is missing, or a setting's value is no activation.</exception>
    public static CellGraph Bind(CellGraph cell, IReadOnlyDictionary<string, int> sizes, IReadOnlyDictionary<string, string> settings)
    {
        return cell with
        {
            Parameters = cell.Parameters.Select(parameter => parameter with { Shape = parameter.Shape.Map(Size) }).ToEquatableArray(),
            Settings = EquatableArray<string>.Empty,
            Tensors = cell.Tensors.Select(tensor => tensor with { Fan = Size(tensor.Fan) }).ToEquatableArray(),
            Body = Settle(cell.Body, Size, Function),
        };

        Dim Size(Dim dim) => dim.Name is null ? dim
            : sizes.TryGetValue(dim.Name, out int size) ? new Dim(size)
            : throw new ArgumentException($"The cell '{cell.Name}' has a dimension '{dim.Name}', for which no size was given.", nameof(sizes));

        OpKind? Function(int setting)
        {
            string name = cell.Settings[setting];
            string value = settings.TryGetValue(name, out string? given)
                ? given
                : throw new ArgumentException($"The cell '{cell.Name}' has a setting '{name}', for which no value was given.", nameof(settings));
            return Activations.TryGetValue(value, out OpKind? function)
                ? function
                : throw new ArgumentException($"'{value}' is no activation; the setting '{name}' can be {string.Join(", ", Activations.Keys)}.", nameof(settings));
        }
    }

    private static OpGraph Settle(OpGraph body, Func<Dim, Dim> size, Func<int, OpKind?> function)
    {
        List<Op> ops = [];
        List<string> names = [];
        int[] positions = new int[body.Ops.Count];
        for (int i = 0; i < positions.Length; i++)
        {
            Op op = body.Ops[i];
            Op bound = op with
            {
                Shape = op.Shape.Map(size),
                A = op.HasA ? positions[op.A] : op.A,
                B = op.HasB ? positions[op.B] : op.B,
            };
            if (op.Kind == OpKind.Activate)
            {
                if (function(op.B) is not OpKind kind)
                {
                    // The identity: the operand stands for the result, and takes its name where it has none.
                    positions[i] = bound.A;
                    if (names[bound.A].Length == 0)
                    {
                        names[bound.A] = body.Names[i];
                    }

                    continue;
                }

                bound = bound with { Kind = kind, B = -1 };
            }

            positions[i] = ops.Count;
            ops.Add(bound);
            names.Add(body.Names[i]);
        }

        return new OpGraph(
            ops.ToEquatableArray(),
            names.ToEquatableArray(),
            body.Outputs.Select(output => output with { Value = positions[output.Value] }).ToEquatableArray());
    }
}
