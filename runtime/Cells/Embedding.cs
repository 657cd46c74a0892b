using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of PyTorch's <c>nn.Embedding</c>: a row of a table. It can only be the first layer; its input is the index, as a float.</summary>
/// <param name="count">Rows of the table: indices run from 0 to count - 1. At least 1; floats hold whole numbers exactly up to 16,777,216.</param>
/// <param name="size">Floats of a row; at least 1.</param>
public sealed class EmbeddingAttribute(int count, int size) : LayerAttribute<Embedding>(size)
{
    /// <summary>Rows of the table.</summary>
    public int Count { get; } = count;
}

/// <summary>A row of a table: a cell without state.</summary>
[Cell]
public readonly struct Embedding
{
    /// <summary>One time step.</summary>
    [Tensor("weight", nameof(table), Initializer = Initializer.Normal)]
    public static Vec Step(Vec x, [Shape("count", "hidden")] Mat table) => Row(table, x);
}
