using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Recurrent.Tests.Conformance;

/// <summary>A matrix of a model file, row after row; a vector is a matrix of one column.</summary>
public sealed record Tensor(int Rows, int Columns, float[] Values)
{
    public static Tensor Vector(IEnumerable<float> values)
    {
        float[] all = values.ToArray();
        return new Tensor(all.Length, 1, all);
    }

    /// <summary>An array of numbers, or an array of rows.</summary>
    public static Tensor Of(JsonElement json)
    {
        if (json[0].ValueKind == JsonValueKind.Number)
        {
            return Vector(Numbers(json));
        }

        float[] values = json.EnumerateArray().SelectMany(Numbers).ToArray();
        return new Tensor(json.GetArrayLength(), values.Length / json.GetArrayLength(), values);
    }

    public Tensor Transposed() => new(
        Columns, Rows, Enumerable.Range(0, Values.Length).Select(i => Values[(i % Rows * Columns) + (i / Rows)]).ToArray());

    public Tensor Row(int row) => Vector(Values.Skip(row * Columns).Take(Columns));

    /// <summary>The same rows with equally large groups of them in another order.</summary>
    /// <param name="order">For each group of the result, the group that it is now.</param>
    public Tensor Grouped(params int[] order)
    {
        int group = Values.Length / order.Length;
        return this with { Values = order.SelectMany(from => Values.Skip(from * group).Take(group)).ToArray() };
    }

    private static IEnumerable<float> Numbers(JsonElement row) => row.EnumerateArray().Select(number => (float)number.GetDouble());
}
