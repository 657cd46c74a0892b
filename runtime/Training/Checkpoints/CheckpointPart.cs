namespace Recurrent.Training;

/// <summary>What a checkpoint keeps beside the network's tensors.</summary>
/// <param name="Name">Its name among the parts.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Bytes">Its elements, the lowest byte of each first.</param>
internal sealed record CheckpointPart(string Name, ElementType Type, TensorShape Shape, byte[] Bytes);
