using System;

namespace Recurrent.Bench.Roofline;

/// <summary>One time step of a network.</summary>
public delegate void StepOfNetwork(ReadOnlySpan<float> input, Span<float> state, Span<float> output);

/// <summary>A network whose step is measured.</summary>
/// <param name="Cell">Its one layer.</param>
/// <param name="Input">Floats of the input.</param>
/// <param name="Hidden">Floats of the hidden state.</param>
/// <param name="StateSize">Floats of the whole state.</param>
/// <param name="Matrices">Matrices of hidden rows by input columns; as many have hidden columns.</param>
/// <param name="Biases">Vectors of hidden rows that are left when those that add up are one.</param>
/// <param name="Step">Its step.</param>
public sealed record Subject(string Cell, int Input, int Hidden, int StateSize, int Matrices, int Biases, StepOfNetwork Step)
{
    /// <summary>An LSTM: four gates with one bias each.</summary>
    public static Subject Lstm(int input, int hidden, StepOfNetwork step) => new("lstm", input, hidden, 2 * hidden, 4, 4, step);

    /// <summary>A GRU: three gates, the last of which keeps its two biases apart.</summary>
    public static Subject Gru(int input, int hidden, StepOfNetwork step) => new("gru", input, hidden, hidden, 3, 4, step);

    public static Subject[] All() =>
    [
        Lstm(1, 8, Lstm1x8.Create(1).Step),
        Lstm(1, 16, Lstm1x16.Create(1).Step),
        Lstm(16, 16, Lstm16x16.Create(1).Step),
        Lstm(1, 32, Lstm1x32.Create(1).Step),
        Lstm(32, 32, Lstm32x32.Create(1).Step),
        Lstm(64, 64, Lstm64x64.Create(1).Step),
        Lstm(128, 128, Lstm128x128.Create(1).Step),
        Lstm(256, 256, Lstm256x256.Create(1).Step),
        Gru(1, 8, Gru1x8.Create(1).Step),
        Gru(1, 16, Gru1x16.Create(1).Step),
        Gru(16, 16, Gru16x16.Create(1).Step),
        Gru(1, 32, Gru1x32.Create(1).Step),
        Gru(32, 32, Gru32x32.Create(1).Step),
        Gru(64, 64, Gru64x64.Create(1).Step),
        Gru(128, 128, Gru128x128.Create(1).Step),
        Gru(256, 256, Gru256x256.Create(1).Step),
    ];

    /// <summary>Floats of the packed weights: every column of every matrix and every bias, with the rows padded to whole vectors.</summary>
    public int PackedFloats(int lanes)
    {
        int rows = (Hidden + lanes - 1) / lanes * lanes;
        return rows * ((Matrices * (Input + Hidden)) + Biases);
    }
}
