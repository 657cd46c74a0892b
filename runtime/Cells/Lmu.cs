using static Recurrent.Equations;

namespace Recurrent;

/// <summary>A Legendre memory unit.</summary>
/// <param name="hiddenSize">Floats of the hidden state, which is also the output; at least 1.</param>
/// <param name="memorySize">Legendre polynomials that the memory is made of, also floats of its state; at least 1.</param>
/// <param name="theta">Time steps that the memory reaches back; at least 1.</param>
/// <param name="trainMemory">Whether training changes the memory's own weights; otherwise they keep what they start from, or were loaded as.</param>
public sealed class LmuAttribute(int hiddenSize, int memorySize, int theta, bool trainMemory = false) : LayerAttribute<Lmu>(hiddenSize)
{
    /// <summary>Legendre polynomials that the memory is made of.</summary>
    public int MemorySize { get; } = memorySize;

    /// <summary>Time steps that the memory reaches back.</summary>
    public int Theta { get; } = theta;

    /// <summary>Whether training changes the memory's own weights.</summary>
    public bool TrainMemory { get; } = trainMemory;
}

/// <summary>
/// A linear memory of one number's last theta values, written by and read by a tanh layer: Voelker, Kajić and Eliasmith, Legendre memory units: continuous-time representation
/// in recurrent neural networks, 2019.
/// </summary>
/// <remarks>
/// u = ex x + eh h + em m, which is a number; m' = A m + B u, h' = tanh(Wx x + Wh h + Wm m').
/// A and B are tensors of the file like all others, and start from the paper's matrices under a zero-order hold over one time step
/// (<see cref="Initializer.LegendreState"/>, <see cref="Initializer.LegendreInput"/>). Unless they are trained, their gradients are 0, for which an optimiser
/// without weight decay leaves them as they are. The paper draws W from Glorot's normal distribution; here it is his uniform one, of the same variance.
/// </remarks>
[Cell]
public readonly struct Lmu
{
    /// <summary>LeCun's uniform distribution, of the variance 1/n for n inputs, is narrower than Glorot's by this, but for 1 in n + 1.</summary>
    private const double LeCun = 0.70710678118654757;

    /// <summary>One time step.</summary>
    public static (Vec h, Vec m) Step(
        Vec x, Vec h, [Shape("memorySize")] Vec m,
        [Init(Initializer.Glorot, Value = LeCun), Shape("input")] Vec ex,
        [Init(Initializer.Glorot, Value = LeCun), Shape("hidden")] Vec eh,
        [Init(Initializer.Zeros), Shape("memorySize")] Vec em,
        [Init(Initializer.LegendreState, Fan = "theta")] Mat A,
        [Init(Initializer.LegendreInput, Fan = "theta")] Vec B,
        [Init(Initializer.Glorot)] Mat Wx,
        [Init(Initializer.Glorot)] Mat Wh,
        [Init(Initializer.Glorot)] Mat Wm,
        bool trainMemory = false)
    {
        double u = Dot(ex, x) + Dot(eh, h) + Dot(em, m);
        Vec memory = (trainMemory ? A : Detach(A)) * m + (trainMemory ? B : Detach(B)) * u;
        return (Tanh(Wx * x + Wh * h + Wm * memory), memory);
    }
}
