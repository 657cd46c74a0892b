using System.Linq;
using System.Text.Json;

namespace Recurrent.Tests.Conformance;

/// <summary>A tensor of ONNX, in row-major order.</summary>
public sealed record OnnxTensor(int[] Shape, float[] Values)
{
    public static OnnxTensor Of(JsonElement json) => new(
        json.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt32()).ToArray(),
        json.GetProperty("data").EnumerateArray().Select(value => (float)value.GetDouble()).ToArray());

    /// <summary>The elements from an index of the leading dimensions on.</summary>
    public float[] At(params int[] index)
    {
        int row = index.Select((_, i) => i).Aggregate(0, (sum, i) => (sum * Shape[i]) + index[i]);
        int size = Shape.Skip(index.Length).Aggregate(1, (product, dimension) => product * dimension);
        return Values[(row * size)..((row + 1) * size)];
    }

    /// <summary>The same elements with the dimensions in another order.</summary>
    /// <param name="order">For each dimension of the result, the dimension that it is now.</param>
    public OnnxTensor Permuted(params int[] order)
    {
        int[] shape = order.Select(dimension => Shape[dimension]).ToArray();
        float[] values = new float[Values.Length];
        int[] index = new int[Shape.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int rest = i;
            for (int dimension = shape.Length - 1; dimension >= 0; dimension--)
            {
                index[order[dimension]] = rest % shape[dimension];
                rest /= shape[dimension];
            }

            values[i] = At(index)[0];
        }

        return new OnnxTensor(shape, values);
    }
}
