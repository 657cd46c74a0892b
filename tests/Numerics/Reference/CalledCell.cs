using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>A parameter of a cell.</summary>
/// <param name="Rows">Its rows, if it is a matrix.</param>
/// <param name="Values">Its elements, row after row.</param>
public sealed record CellParameter(int Rows, double[] Values)
{
    /// <summary>Takes a cell's parameters, by the names that its <c>Step</c> has for them, out of those of a network of that one layer.</summary>
    public static Dictionary<string, CellParameter> Of(Type cell, ReadOnlySpan<TensorInfo> tensors, ReadOnlySpan<float> parameters)
    {
        Dictionary<string, CellParameter> found = [];
        TensorAttribute[] stacked = [.. cell.GetMethod("Step")!.GetCustomAttributes<TensorAttribute>()];
        foreach (TensorInfo tensor in tensors)
        {
            string name = tensor.Name[(tensor.Name.IndexOf('.', StringComparison.Ordinal) + 1)..];
            string[] parts = stacked.FirstOrDefault(candidate => candidate.Name == name)?.Parts.ToArray() ?? [name];
            int length = tensor.Length / parts.Length;
            for (int part = 0; part < parts.Length; part++)
            {
                double[] values = Bits.ToDouble(parameters.Slice(tensor.Offset + (part * length), length));
                found.Add(parts[part], new CellParameter(tensor.Shape.Rows / parts.Length, values));
            }
        }

        return found;
    }
}

/// <summary>A cell whose method <c>Step</c> is simply called.</summary>
public sealed class CalledCell
{
    private readonly MethodInfo _step;
    private readonly object?[] _arguments;
    private readonly int[][] _states;

    /// <summary>Prepares the arguments; the states are 0.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="states">Rows and columns of each state: one of a vector, none of a number.</param>
    /// <param name="parameters">Its parameters by name.</param>
    /// <param name="settings">Its settings by name, where they have not the default value.</param>
    public CalledCell(Type cell, int[][] states, IReadOnlyDictionary<string, CellParameter> parameters, IReadOnlyDictionary<string, object> settings)
    {
        _step = cell.GetMethod("Step")!;
        _states = states;
        _arguments =
        [
            .. _step.GetParameters().Select(argument =>
                parameters.TryGetValue(argument.Name!, out CellParameter? parameter) ? Value(argument.ParameterType, parameter.Rows, parameter.Values)
                : settings.TryGetValue(argument.Name!, out object? setting) ? setting
                : argument.HasDefaultValue ? argument.DefaultValue
                : null),
        ];
        State = new double[states.Sum(Length)];
    }

    /// <summary>All states, one behind the other.</summary>
    public double[] State
    {
        get => [.. _states.SelectMany((_, state) => Elements(_arguments[1 + state]!))];
        set
        {
            int offset = 0;
            for (int state = 0; state < _states.Length; state++)
            {
                int length = Length(_states[state]);
                _arguments[1 + state] = Value(_step.GetParameters()[1 + state].ParameterType, _states[state].FirstOrDefault(), value.AsSpan(offset, length));
                offset += length;
            }
        }
    }

    /// <summary>One time step, which changes the states.</summary>
    public double[] Step(double[] x)
    {
        _arguments[0] = new Vec(x);
        ITuple results = (ITuple)_step.Invoke(null, _arguments)!;
        for (int state = 0; state < _states.Length; state++)
        {
            _arguments[1 + state] = results[results.Length - _states.Length + state];
        }

        return Elements(results[0]!);
    }

    private static int Length(int[] shape) => shape.Aggregate(1, (a, b) => a * b);

    private static object Value(Type type, int rows, ReadOnlySpan<double> values) =>
        type == typeof(double) ? values[0] : type == typeof(Vec) ? new Vec(values) : new Mat(rows, values.Length / rows, values);

    private static double[] Elements(object value) => value switch
    {
        Vec vector => [.. vector.AsSpan()],
        Mat matrix => [.. matrix.AsSpan()],
        _ => [(double)value],
    };
}
