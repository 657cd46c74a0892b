using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A closed-form continuous-time layer.</summary>
/// <param name="hiddenSize">Floats of the hidden state, which is also the output; at least 1.</param>
/// <param name="backboneSize">Floats of the layer that the four heads share; at least 1.</param>
/// <param name="timeStep">The time from one step to the next; any number.</param>
public sealed class CfcAttribute(int hiddenSize, int backboneSize = 128, double timeStep = 1) : LayerAttribute<Cfc>(hiddenSize)
{
    /// <summary>Floats of the layer that the four heads share.</summary>
    public int BackboneSize { get; } = backboneSize;

    /// <summary>The time from one step to the next.</summary>
    public double TimeStep { get; } = timeStep;
}

/// <summary>
/// The solution in closed form of liquid time constants: Hasani, Lechner, Amini and others, Closed-form continuous-time neural networks, Nature Machine Intelligence 4, 2022.
/// </summary>
/// <remarks>
/// h' = (1 - t) f + t g, where the gate t = sigmoid(a timeStep + b) tells how much time has passed for each float, and f, g, a and b read a backbone of one layer
/// over the input and the state, with LeCun's scaled tanh. This is the default mode of the published code, whose names its tensors have.
/// </remarks>
[Cell]
public readonly struct Cfc
{
    /// <summary>One time step.</summary>
    [Tensor("backbone.0.weight", nameof(Wz), Initializer = Initializer.Glorot)]
    [Tensor("backbone.0.bias", nameof(bz), Fan = "input + hidden")]
    [Tensor("ff1.weight", nameof(Wf), Initializer = Initializer.Glorot)]
    [Tensor("ff1.bias", nameof(bf), Fan = "backboneSize")]
    [Tensor("ff2.weight", nameof(Wg), Initializer = Initializer.Glorot)]
    [Tensor("ff2.bias", nameof(bg), Fan = "backboneSize")]
    [Tensor("time_a.weight", nameof(Wa), Initializer = Initializer.Glorot)]
    [Tensor("time_a.bias", nameof(ba), Fan = "backboneSize")]
    [Tensor("time_b.weight", nameof(Wb), Initializer = Initializer.Glorot)]
    [Tensor("time_b.bias", nameof(bb), Fan = "backboneSize")]
    public static Vec Step(
        Vec x, Vec h,
        [Shape("backboneSize", "input + hidden")] Mat Wz, Vec bz,
        Mat Wf, Vec bf,
        Mat Wg, Vec bg,
        Mat Wa, Vec ba,
        Mat Wb, Vec bb,
        [Setting] double timeStep = 1)
    {
        Vec z = LeCunTanh(Wz * Concat(x, h) + bz);
        Vec f = Tanh(Wf * z + bf);
        Vec g = Tanh(Wg * z + bg);
        Vec t = Sigmoid((Wa * z + ba) * timeStep + (Wb * z + bb));
        return f * (1 - t) + t * g;
    }

    /// <summary>LeCun, Bottou, Orr and Müller, Efficient BackProp, 1998: its variance is near 1 where that of x is.</summary>
    private static Vec LeCunTanh(Vec x) => 1.7159 * Tanh(0.666 * x);
}
