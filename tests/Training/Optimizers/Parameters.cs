using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Tests.Training.Optimizers;

/// <summary>Tensors for optimisers to move, without a network.</summary>
internal static class Parameters
{
    /// <summary>One vector.</summary>
    public static TensorInfo[] Vector(int length) => Of(("b", new TensorShape(length)));

    /// <summary>Tensors one behind the other.</summary>
    public static TensorInfo[] Of(params IEnumerable<(string Name, TensorShape Shape)> tensors)
    {
        int offset = 0;
        return [.. tensors.Select(tensor => new TensorInfo(tensor.Name, tensor.Shape, (offset += tensor.Shape.Length) - tensor.Shape.Length, default(Initialization)))];
    }
}
