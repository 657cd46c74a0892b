using static Recurrent.Equations;

namespace Recurrent;

/// <summary>
/// A layer of PyTorch's <c>nn.Conv1d</c> over time, causal: y[t] = bias + sum over k of weight[.., k] x[t - (kernel - 1 - k) dilation], where x is 0 before the first
/// time step. That is PyTorch's convolution of a sequence that is padded by (kernel - 1) dilation zeros in front.
/// </summary>
/// <remarks>
/// The state holds the (kernel - 1) dilation inputs of the past. A step multiplies each weight once: with one group by the kernels of matrix products; with as
/// many groups as channels and inputs, which is a depthwise convolution, element by element; with any other number of groups it copies an input for each weight first.
/// </remarks>
/// <param name="channels">Floats that the layer gives, at least 1: PyTorch's <c>out_channels</c>.</param>
/// <param name="kernel">How many inputs a filter reads; at least 1.</param>
public sealed class Conv1dAttribute(int channels, int kernel) : LayerAttribute<Conv1d>(channels)
{
    /// <summary>How many inputs a filter reads.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>
    /// The layer's output is new at the first time step and then at every Stride-th, and stays as it was between these; at least 1. The outputs of
    /// PyTorch's convolution are those at the time steps 0, Stride, 2 Stride and so on.
    /// </summary>
    /// <remarks>A network gives one output for each time step, so a stride makes none of them fewer; it also saves no work, for every step is computed.</remarks>
    public int Stride { get; set; } = 1;

    /// <summary>Time steps from one input that a filter reads to the next; at least 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Into how many groups inputs and outputs are divided, each output reading the inputs of its group alone; at least 1, and a divisor of both.</summary>
    public int Groups { get; set; } = 1;
}

/// <summary>
/// Waibel, Hanazawa, Hinton, Shikano and Lang, Phoneme recognition using time-delay neural networks, 1989; with the dilation of van den Oord and others, WaveNet,
/// 2016.
/// </summary>
[Cell]
public readonly struct Conv1d
{
    /// <summary>One time step.</summary>
    /// <remarks>
    /// The window is a queue of as many groups of kernel - 1 inputs as the dilation says: the first one holds the inputs that this step reads, the next one those that the next
    /// step does.
    /// </remarks>
    [Tensor("weight", nameof(weight), Fan = "input / groups * kernel", Depth = "kernel")]
    [Tensor("bias", nameof(bias), Fan = "input / groups * kernel")]
    public static (Vec y, Vec window, Vec held, double phase) Step(
        Vec x,
        [Shape("(kernel - 1) * dilation * input or 1")] Vec window,
        [Shape("2 - stride or hidden")] Vec held,
        double phase,
        [Shape("hidden", "input / groups * kernel")] Mat weight,
        Vec bias,
        int kernel = 2,
        int stride = 1,
        int dilation = 1,
        int groups = 1)
    {
        Vec frames = kernel > 1 ? Concat(window[..((kernel - 1) * x.Length)], x) : x;
        Vec queue = kernel > 1 ? Behind(window, frames[x.Length..], dilation) : window;
        Vec next = Convolve(weight, frames, kernel) + bias;
        return stride > 1 ? Strided(next, queue, held, phase, stride) : (next, queue, held, phase);
    }

    private static Vec Behind(Vec window, Vec group, int dilation) => dilation > 1 ? Concat(window[group.Length..], group) : group;

    private static (Vec Y, Vec Window, Vec Held, double Phase) Strided(Vec next, Vec window, Vec held, double phase, int stride)
    {
        double isHeld = Equations.Step(phase);
        Vec y = isHeld * held + (1 - isHeld) * next;
        return (y, window, y, phase + 1 - stride * Equations.Step(phase + 1.5 - stride));
    }
}
