namespace Recurrent;

/// <summary>One of the parameters that a tensor is stacked from.</summary>
/// <param name="Rows">Its rows, or elements of a vector; its columns are the tensor's.</param>
/// <param name="Initialization">The distribution that <c>Create(seed)</c> draws it from.</param>
public readonly record struct TensorPart(int Rows, Initialization Initialization);
