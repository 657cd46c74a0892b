using static Recurrent.Equations;

namespace Recurrent;

/// <summary>
/// A layer of PyTorch's <c>nn.BatchNorm1d</c> as it infers, channel by channel: (x - running_mean) / sqrt(running_var + epsilon) weight + bias. It gives as many
/// floats as it reads.
/// </summary>
/// <remarks>
/// The running statistics are those of the weight file. Training leaves them as they are: weight and bias have gradients, and no statistics of a batch are taken,
/// as in a PyTorch module that is set to <c>eval()</c>. What PyTorch counts its batches in, <c>num_batches_tracked</c>, is no tensor of the layer.
/// </remarks>
public sealed class BatchNormAttribute : LayerAttribute<BatchNorm>
{
    /// <summary>Added to the variance, so that a channel which never varied divides by no 0; greater than 0, and 1e-5 by default, as in PyTorch.</summary>
    public double Epsilon { get; set; } = 1e-5;
}

/// <summary>
/// Ioffe and Szegedy, Batch normalization, 2015, with the statistics of all batches: a cell without state. Scale and shift read parameters alone, so they are
/// computed at load, and a time step multiplies and adds.
/// </summary>
[Cell]
public readonly struct BatchNorm
{
    /// <summary>One time step.</summary>
    [Tensor("weight", nameof(weight))]
    [Tensor("bias", nameof(bias))]
    [Tensor("running_mean", nameof(mean), Frozen = true)]
    [Tensor("running_var", nameof(variance), Frozen = true)]
    public static Vec Step(
        Vec x,
        [Init(Initializer.Ones)] Vec weight,
        [Init(Initializer.Zeros)] Vec bias,
        [Init(Initializer.Zeros)] Vec mean,
        [Init(Initializer.Ones)] Vec variance,
        [Setting] double epsilon = 1e-5)
    {
        Vec scale = weight * Rsqrt(variance + epsilon);
        Vec shift = bias - mean * scale;
        return scale * x + shift;
    }
}
