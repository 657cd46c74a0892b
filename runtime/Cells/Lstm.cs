using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of PyTorch's <c>nn.LSTM</c>.</summary>
/// <param name="hiddenSize">Floats of the hidden state, which is also the output, and as many of the cell state; at least 1.</param>
public sealed class LstmAttribute(int hiddenSize) : LayerAttribute<Lstm>(hiddenSize);

/// <summary>
/// Long short-term memory with a forget gate: Hochreiter and Schmidhuber 1997; Gers, Schmidhuber and Cummins 2000; PyTorch's two biases.
/// </summary>
[Cell]
public readonly struct Lstm
{
    /// <summary>One time step.</summary>
    [Tensor("weight_ih_l0", nameof(Wi), nameof(Wf), nameof(Wg), nameof(Wo))]
    [Tensor("weight_hh_l0", nameof(Ui), nameof(Uf), nameof(Ug), nameof(Uo))]
    [Tensor("bias_ih_l0", nameof(bii), nameof(bif), nameof(big), nameof(bio))]
    [Tensor("bias_hh_l0", nameof(bhi), nameof(bhf), nameof(bhg), nameof(bho))]
    public static (Vec h, Vec c) Step(
        Vec x, Vec h, Vec c,
        Mat Wi, Mat Wf, Mat Wg, Mat Wo,
        Mat Ui, Mat Uf, Mat Ug, Mat Uo,
        Vec bii, Vec bif, Vec big, Vec bio,
        Vec bhi, Vec bhf, Vec bhg, Vec bho)
    {
        Vec i = Sigmoid(Wi * x + bii + Ui * h + bhi);
        Vec f = Sigmoid(Wf * x + bif + Uf * h + bhf);
        Vec g = Tanh(Wg * x + big + Ug * h + bhg);
        Vec o = Sigmoid(Wo * x + bio + Uo * h + bho);
        Vec next = f * c + i * g;
        return (o * Tanh(next), next);
    }
}
