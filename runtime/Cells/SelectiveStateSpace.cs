using static Recurrent.Equations;

namespace Recurrent;

/// <summary>The recurrent layer of Mamba, a diagonal state-space model. It gives as many floats as it reads.</summary>
/// <param name="stateSize">Floats of state for each float of the input; at least 1.</param>
/// <param name="rank">
/// The rank of the weights that make the step sizes from the input; Mamba takes a sixteenth of the input's floats. 0 for one full matrix.
/// </param>
public sealed class SelectiveStateSpaceAttribute(int stateSize = 16, int rank = 0) : LayerAttribute<SelectiveStateSpace>
{
    /// <summary>Floats of state for each float of the input.</summary>
    public int StateSize { get; } = stateSize;

    /// <summary>The rank of the weights that make the step sizes from the input; 0 for one full matrix.</summary>
    public int Rank { get; } = rank;
}

/// <summary>
/// A diagonal state-space model whose step size, input and output weights follow from the input: Gu and Dao, Mamba: linear-time sequence modeling with
/// selective state spaces, 2023 (S6). Smith, Warrington and Linderman, Simplified state space layers for sequence modeling, 2023 (S5), has the diagonal recurrence
/// with weights that do not.
/// </summary>
/// <remarks>
/// The state S has a row for each float of the input: S' = exp(dt A) S + dt x B^T with A = -exp(A_log), rows scaled by dt; y = S' C + D x. So the state is held over dt
/// as Mamba does it: exactly where it decays, by Euler's method where it takes in. The convolution, the projections and the gate of Mamba's block are layers of their own.
/// Tensors have the names of Mamba's module. Mamba draws dt's bias so that softplus of it is log-uniform in [0.001, 0.1]; here it is uniform between the ends of that, which
/// differs by less than a twentieth.
/// </remarks>
[Cell]
public readonly struct SelectiveStateSpace
{
    /// <summary>One time step.</summary>
    [Tensor("A_log", nameof(Alog))]
    [Tensor("x_proj.weight", nameof(Wr), nameof(WB), nameof(WC), Fan = "input")]
    [Tensor("dt_proj.weight", nameof(Wdt), Fan = "rank or input")]
    [Tensor("dt_proj.bias", nameof(bdt))]
    [Tensor("D", nameof(D), Initializer = Initializer.Ones)]
    public static (Vec y, Mat S) Step(
        Vec x,
        [Shape("input", "stateSize")] Mat S,
        [Init(Initializer.LogColumns)] Mat Alog,
        [Shape("rank", "input")] Mat Wr,
        Mat WB,
        Mat WC,
        Mat Wdt,
        [Init(Initializer.Interval, Low = -6.907, Value = -2.252)] Vec bdt,
        Vec D,
        int rank = 0)
    {
        Vec dt = Softplus((rank > 0 ? Wdt * (Wr * x) : Wdt * x) + bdt);
        Mat next = Multiply(Exp(ScaleRows(-Exp(Alog), dt)), S) + Outer(dt * x, WB * x);
        return (next * (WC * x) + D * x, next);
    }
}
