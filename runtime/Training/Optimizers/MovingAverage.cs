using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics.Tensors;

namespace Recurrent.Training;

/// <summary>
/// The exponential moving average of weights, like PyTorch's <c>AveragedModel</c> with <c>get_ema_multi_avg_fn</c>: often better than the weights themselves,
/// whose last steps are noisy (Polyak and Juditsky, 1992). It trains nothing; a network made of it is for measuring and saving.
/// </summary>
/// <remarks>
/// The first update takes the parameters as they are; then average = decay * average + (1 - decay) * parameter.
/// <c>using Policy averaged = Policy.Create(average.Parameters);</c>
/// </remarks>
public sealed class MovingAverage
{
    private readonly double _decay;
    private readonly float[] _average;

    /// <summary>Makes an average of nothing.</summary>
    /// <param name="parameterCount">How many parameters there are; at least 0.</param>
    /// <param name="decay">How much of the average an update keeps; in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public MovingAverage(int parameterCount, double decay = 0.999)
    {
        Ranges.AtLeast(parameterCount, 0, nameof(parameterCount));
        _decay = Ranges.Decay(decay, nameof(decay));
        _average = new float[parameterCount];
    }

    /// <summary>How often it has been updated.</summary>
    public long Updates { get; private set; }

    /// <summary>The average, in the order of the network's <c>Parameters</c>; zeros before the first update.</summary>
    public ReadOnlySpan<float> Parameters => _average;

    /// <summary>Bytes of what <see cref="SaveState"/> writes.</summary>
    /// <exception cref="OverflowException">They are more than <see cref="int.MaxValue"/>.</exception>
    public int StateSize => checked(sizeof(long) + sizeof(float) * _average.Length);

    /// <summary>Takes in the parameters after a step. Allocates nothing.</summary>
    /// <param name="parameters">As many floats as the constructor was told.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public void Update(ReadOnlySpan<float> parameters)
    {
        Boundary.Length(parameters.Length, _average.Length, nameof(parameters));
        if (Updates == 0)
        {
            parameters.CopyTo(_average);
        }
        else
        {
            TensorPrimitives.Lerp(_average, parameters, (float)(1 - _decay), _average);
        }

        Updates++;
    }

    /// <summary>Writes the average and the number of updates. Allocates nothing.</summary>
    /// <param name="state">Receives <see cref="StateSize"/> bytes, the same on every machine.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public void SaveState(Span<byte> state)
    {
        CheckSize(state.Length);
        BinaryPrimitives.WriteInt64LittleEndian(state, Updates);
        LittleEndian.Write(_average, state[sizeof(long)..]);
    }

    /// <summary>Goes on where the average stood that wrote a state.</summary>
    /// <param name="state">What <see cref="SaveState"/> of an average of as many parameters has written.</param>
    /// <exception cref="ArgumentException">The length does not fit, or the bytes are no state; nothing has changed.</exception>
    public void LoadState(ReadOnlySpan<byte> state)
    {
        CheckSize(state.Length);
        long updates = BinaryPrimitives.ReadInt64LittleEndian(state);
        if (updates < 0)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The state has {updates} updates; at least 0 is wanted."), nameof(state));
        }

        Updates = updates;
        LittleEndian.Read(state[sizeof(long)..], _average);
    }

    private void CheckSize(int given)
    {
        if (given != StateSize)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The state has {given} bytes; {StateSize} are wanted for {_average.Length} parameters."), "state");
        }
    }
}
