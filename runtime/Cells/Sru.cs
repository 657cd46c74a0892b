using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of simple recurrent units, whose matrices multiply the input alone.</summary>
/// <param name="hiddenSize">Floats of the cell state, and of the output; at least 1.</param>
/// <param name="skipScale">
/// The paper's alpha, a factor to the input where it goes around the cell: sqrt(1 + 2 exp(b)) keeps the variance from layer to layer if the reset gate's
/// bias starts at b.
/// </param>
public sealed class SruAttribute(int hiddenSize, double skipScale = 1) : LayerAttribute<Sru>(hiddenSize)
{
    /// <summary>A factor to the input where it goes around the cell.</summary>
    public double SkipScale { get; } = skipScale;
}

/// <summary>
/// The simple recurrent unit of Lei, Zhang, Wang, Dai and Artzi, Simple Recurrent Units for Highly Parallelizable Recurrence, 2018, equations 1 to 4. The gates
/// read the cell state element by element. The input goes around the cell as it is, or by a matrix of its own where it has another size than the state.
/// </summary>
/// <remarks>f = sigmoid(Wf x + vf c + bf), r = sigmoid(Wr x + vr c + br), c' = f c + (1 - f) W x, h = r c' + (1 - r) skipScale x.</remarks>
[Cell]
public readonly struct Sru
{
    /// <summary>One time step.</summary>
    [Tensor("weight_l0", nameof(W), nameof(Wf), nameof(Wr), Fan = "input")]
    [Tensor("weight_c_l0", nameof(vf), nameof(vr))]
    [Tensor("bias_l0", nameof(bf), nameof(br), Initializer = Initializer.Zeros)]
    [Tensor("weight_skip_l0", nameof(Wh), Fan = "input")]
    public static (Vec h, Vec c) Step(
        Vec x, Vec c,
        Mat W, Mat Wf, Mat Wr,
        Vec vf, Vec vr,
        Vec bf, Vec br,
        [Shape("hidden", "input")] Mat Wh,
        [Setting] double skipScale = 1)
    {
        Vec f = Sigmoid(Wf * x + vf * c + bf);
        Vec r = Sigmoid(Wr * x + vr * c + br);
        Vec next = f * c + (1 - f) * (W * x);
        Vec skip = x.Length == c.Length ? x : Wh * x;
        return (r * next + (1 - r) * (skipScale * skip), next);
    }
}
