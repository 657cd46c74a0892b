using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A layer of PyTorch's <c>nn.LSTM</c>, and the variants of it that the properties choose.</summary>
/// <param name="hiddenSize">Floats of the cell state, and, without <see cref="Projection"/>, of the hidden state, which is also the output; at least 1.</param>
public sealed class LstmAttribute(int hiddenSize) : LayerAttribute<Lstm>(hiddenSize)
{
    /// <summary>
    /// Lets the input and the forget gate see the cell state, and the output gate the new one, element by element: Gers and Schmidhuber, Recurrent Nets that
    /// Time and Count, 2000. Their weights are the tensor <c>weight_ch_l0</c>, gates i f o.
    /// </summary>
    public bool Peepholes { get; set; }

    /// <summary>
    /// The forget gate is 1 - i, and has no parameters of its own: Greff, Srivastava, Koutnik, Steunebrink and Schmidhuber, LSTM: A Search Space Odyssey, 2017,
    /// where it is called CIFG; ONNX's <c>input_forget</c>. Tensors stack the gates i g o.
    /// </summary>
    public bool CoupledInputForget { get; set; }

    /// <summary>
    /// Floats of the hidden state and the output, which then are a product of the matrix <c>weight_hr_l0</c>: Sak, Senior and Beaufays, Long Short-Term
    /// Memory Based Recurrent Neural Network Architectures for Large Vocabulary Speech Recognition, 2014; PyTorch's <c>proj_size</c>. 0, as by default, is no projection.
    /// </summary>
    public int Projection { get; set; }

    /// <summary>
    /// Normalises the sum of each gate, which reads both products, and the cell state where the output reads it: Ba, Kiros and Hinton, Layer Normalization, 2016.
    /// Of the published forms that is: each gate by itself and after its sum, as TensorFlow's <c>LayerNormBasicLSTMCell</c>, and the cell state as the paper's
    /// equation 22, so that what is carried is not normalised. Instead of the biases there are the tensors <c>weight_norm_l0</c> and
    /// <c>bias_norm_l0</c> (gates i f g o), <c>weight_norm_c_l0</c> and <c>bias_norm_c_l0</c>; epsilon is 1e-5.
    /// </summary>
    public bool LayerNorm { get; set; }

    /// <summary>Clips what activations are applied to, also the cell state, to [-Clip, Clip], as ONNX's <c>clip</c>. 0, as by default, clips nothing.</summary>
    public double Clip { get; set; }

    /// <summary>
    /// Clips the new cell state to [-CellClip, CellClip], as TensorFlow's <c>cell_clip</c>: Sak, Senior and Beaufays 2014. 0, as by default, clips nothing.
    /// </summary>
    public double CellClip { get; set; }

    /// <summary>The activation of the candidate g; ONNX's g.</summary>
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <summary>The activation of the gates i f o; ONNX's f.</summary>
    public Activation RecurrentActivation { get; set; } = Activation.Sigmoid;

    /// <summary>The activation of the new cell state in the output; ONNX's h.</summary>
    public Activation OutputActivation { get; set; } = Activation.Tanh;

    /// <summary>The alpha of <see cref="Activation"/>, if it has one; its default where this is not set.</summary>
    public double ActivationAlpha { get; set; } = double.NaN;

    /// <summary>The beta of <see cref="Activation"/>, if it has one; its default where this is not set.</summary>
    public double ActivationBeta { get; set; } = double.NaN;

    /// <summary>The alpha of <see cref="RecurrentActivation"/>, if it has one; its default where this is not set.</summary>
    public double RecurrentAlpha { get; set; } = double.NaN;

    /// <summary>The beta of <see cref="RecurrentActivation"/>, if it has one; its default where this is not set.</summary>
    public double RecurrentBeta { get; set; } = double.NaN;

    /// <summary>The alpha of <see cref="OutputActivation"/>, if it has one; its default where this is not set.</summary>
    public double OutputAlpha { get; set; } = double.NaN;

    /// <summary>The beta of <see cref="OutputActivation"/>, if it has one; its default where this is not set.</summary>
    public double OutputBeta { get; set; } = double.NaN;
}

/// <summary>
/// Long short-term memory with a forget gate: Hochreiter and Schmidhuber 1997; Gers, Schmidhuber and Cummins 2000; PyTorch's two biases.
/// Its variants: <see cref="LstmAttribute"/>.
/// </summary>
/// <remarks>i = sigmoid(Wi x + Ui h + bi), f and o likewise, g = tanh(Wg x + Ug h + bg), c' = f c + i g, h' = o tanh(c').</remarks>
[Cell]
public readonly struct Lstm
{
    /// <summary>One time step.</summary>
    [Tensor("weight_ih_l0", nameof(Wi), nameof(Wf), nameof(Wg), nameof(Wo))]
    [Tensor("weight_hh_l0", nameof(Ui), nameof(Uf), nameof(Ug), nameof(Uo))]
    [Tensor("bias_ih_l0", nameof(bii), nameof(bif), nameof(big), nameof(bio))]
    [Tensor("bias_hh_l0", nameof(bhi), nameof(bhf), nameof(bhg), nameof(bho))]
    [Tensor("weight_ch_l0", nameof(pi), nameof(pf), nameof(po))]
    [Tensor("weight_norm_l0", nameof(si), nameof(sf), nameof(sg), nameof(so), Initializer = Initializer.Ones)]
    [Tensor("bias_norm_l0", nameof(bi), nameof(bf), nameof(bg), nameof(bo), Initializer = Initializer.Zeros)]
    [Tensor("weight_norm_c_l0", nameof(sc), Initializer = Initializer.Ones)]
    [Tensor("bias_norm_c_l0", nameof(bc), Initializer = Initializer.Zeros)]
    [Tensor("weight_hr_l0", nameof(Wr))]
    public static (Vec h, Vec c) Step(
        Vec x, [Shape("projection or hidden")] Vec h, Vec c,
        Mat Wi, Mat Wf, Mat Wg, Mat Wo,
        Mat Ui, Mat Uf, Mat Ug, Mat Uo,
        Vec bii, Vec bif, Vec big, Vec bio,
        Vec bhi, Vec bhf, Vec bhg, Vec bho,
        Vec pi, Vec pf, Vec po,
        Vec si, Vec sf, Vec sg, Vec so,
        Vec bi, Vec bf, Vec bg, Vec bo,
        Vec sc, Vec bc,
        Mat Wr,
        bool peepholes = false, bool coupledInputForget = false, int projection = 0, bool layerNorm = false,
        [Setting] double clip = 0, [Setting] double cellClip = 0,
        Activation activation = Activation.Tanh, Activation recurrentActivation = Activation.Sigmoid, Activation outputActivation = Activation.Tanh,
        [Setting] double activationAlpha = double.NaN, [Setting] double activationBeta = double.NaN,
        [Setting] double recurrentAlpha = double.NaN, [Setting] double recurrentBeta = double.NaN,
        [Setting] double outputAlpha = double.NaN, [Setting] double outputBeta = double.NaN)
    {
        Vec i = Gate(layerNorm ? LayerNorm(Wi * x + Ui * h, si, bi) : Wi * x + bii + Ui * h + bhi, pi, c);
        Vec f = coupledInputForget ? 1 - i : Gate(layerNorm ? LayerNorm(Wf * x + Uf * h, sf, bf) : Wf * x + bif + Uf * h + bhf, pf, c);
        Vec g = Activate(
            activation, Clipped(layerNorm ? LayerNorm(Wg * x + Ug * h, sg, bg) : Wg * x + big + Ug * h + bhg, clip), activationAlpha, activationBeta);
        Vec o = Gate(layerNorm ? LayerNorm(Wo * x + Uo * h, so, bo) : Wo * x + bio + Uo * h + bho, po, Clipped(f * c + i * g, cellClip));
        Vec next = Clipped(f * c + i * g, cellClip);
        return (Projected(o * Activate(outputActivation, Clipped(layerNorm ? LayerNorm(next, sc, bc) : next, clip), outputAlpha, outputBeta)), next);

        Vec Gate(Vec sum, Vec peephole, Vec seen) =>
            Activate(recurrentActivation, Clipped(peepholes ? sum + peephole * seen : sum, clip), recurrentAlpha, recurrentBeta);

        Vec Projected(Vec y) => projection > 0 ? Wr * y : y;
    }

    private static Vec Clipped(Vec x, double bound) => bound > 0 ? Clamp(x, -bound, bound) : x;
}
