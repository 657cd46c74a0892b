using static Recurrent.Equations;

namespace Recurrent;

/// <summary>
/// The recurrent layer of Griffin. It gives as many floats as it reads; in Griffin's block, a <see cref="DenseAttribute"/> stands in front of it and another behind.
/// </summary>
public sealed class RgLruAttribute : LayerAttribute<RgLru>;

/// <summary>
/// The real-gated linear recurrent unit: De, Smith, Fernando, Botev and others, Griffin: mixing gated linear recurrences with local attention for efficient
/// language models, 2024. A diagonal recurrence whose decay and whose input are gated by the input alone.
/// </summary>
/// <remarks>
/// With the gates r and i, the state decays by a = exp(-c softplus(Lambda) r), c being 8, and takes in sqrt(1 - a^2) i x, which keeps its variance that of its input.
/// The published code has gates with block-diagonal weights; these are dense, of which block-diagonal ones are a special case, and it leaves out the factor
/// sqrt(1 - a^2) at the first step of a sequence, which this does not.
/// Lambda starts evenly from the interval in which c softplus(Lambda) is -log 0.999 to -log 0.9.
/// </remarks>
[Cell]
public readonly struct RgLru
{
    /// <summary>How much faster than its gate alone a state may decay.</summary>
    private const double C = 8;

    /// <summary>One time step.</summary>
    [Tensor("a_gate.weight", nameof(Wr), Fan = "input")]
    [Tensor("a_gate.bias", nameof(br), Initializer = Initializer.Zeros)]
    [Tensor("input_gate.weight", nameof(Wi), Fan = "input")]
    [Tensor("input_gate.bias", nameof(bi), Initializer = Initializer.Zeros)]
    [Tensor("a_param", nameof(Lambda))]
    public static Vec Step(
        Vec x,
        [Shape("input")] Vec h,
        [Init(Initializer.Interval, Low = -8.987, Value = -4.323)] Vec Lambda,
        Mat Wr, Vec br,
        Mat Wi, Vec bi)
    {
        Vec r = Sigmoid(Wr * x + br);
        Vec i = Sigmoid(Wi * x + bi);
        Vec logA = -C * Softplus(Lambda) * r;
        return Exp(logA) * h + Sqrt(-Expm1(2 * logA)) * (i * x);
    }
}
