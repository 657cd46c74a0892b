using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Recurrent.Training;

/// <summary>
/// What moves parameters by their gradients, made by <see cref="OptimizerOptions.Create(ReadOnlySpan{TensorInfo}, double)"/>. One of your own derives from this
/// class and gives <see cref="Update"/>; its options derive from <see cref="OptimizerOptions"/>.
/// </summary>
/// <remarks>
/// Everything is allocated by the constructor. Frozen tensors (<see cref="TensorInfo.IsFrozen"/>), and those of a group whose
/// <see cref="ParameterGroup.LearningRateFactor"/> is 0, are left as they are.
/// </remarks>
public abstract class Optimizer
{
    // Bytes in front of the moments in a saved state: the kind, the steps and the learning rate.
    private const int HeaderSize = 24;
    private const int KindSize = 8;

    // The passes of a step over a block find it in the first-level cache: at most seven spans of 4 KB.
    private const int BlockLength = 1024;

    private readonly string _kind;
    private readonly ParameterRange[] _ranges;
    private readonly float[][] _moments;
    private readonly float[] _scratch;
    private double _learningRate;

    /// <summary>Makes an optimiser whose moments are 0.</summary>
    /// <param name="kind">What a saved state is marked with, so that another optimiser refuses it: 1 to 8 printable ASCII characters.</param>
    /// <param name="options">The groups and the weight decay.</param>
    /// <param name="parameters">The tensors of the parameters, one behind the other from offset 0.</param>
    /// <param name="learningRate">The learning rate; finite, at least 0.</param>
    /// <param name="moments">How many floats are kept for each parameter from step to step; at least 0.</param>
    /// <exception cref="ArgumentException">The kind is none, the tensors leave gaps or overlap, or a group contains no tensor that is not in one before it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    protected Optimizer(string kind, OptimizerOptions options, ReadOnlySpan<TensorInfo> parameters, double learningRate, int moments)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(options);
        Ranges.AtLeast(moments, 0, nameof(moments));
        _learningRate = Ranges.FiniteAtLeastZero(learningRate, nameof(learningRate));
        if (kind.Length is < 1 or > KindSize || kind.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException($"The kind is \"{kind}\"; 1 to {KindSize} printable ASCII characters are wanted.", nameof(kind));
        }

        _kind = kind;
        _ranges = ParameterRange.All(options, parameters);
        ParameterCount = parameters.IsEmpty ? 0 : parameters[^1].Offset + parameters[^1].Length;
        _moments = new float[moments][];
        for (int i = 0; i < moments; i++)
        {
            _moments[i] = new float[ParameterCount];
        }

        _scratch = new float[OptimizerBlock.ScratchCount * Math.Min(ParameterCount, BlockLength)];
    }

    /// <summary>How many parameters there are.</summary>
    public int ParameterCount { get; }

    /// <summary>How many steps have been taken.</summary>
    public long Steps { get; private set; }

    /// <summary>The learning rate, before the factors of groups; finite, at least 0. May change between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double LearningRate
    {
        get => _learningRate;
        set => _learningRate = Ranges.FiniteAtLeastZero(value, nameof(LearningRate));
    }

    /// <summary>Bytes of what <see cref="SaveState"/> writes.</summary>
    /// <exception cref="OverflowException">They are more than <see cref="int.MaxValue"/>.</exception>
    public int StateSize => checked(HeaderSize + sizeof(float) * _moments.Length * ParameterCount);

    /// <summary>Moves the parameters one step against their gradients. Allocates nothing.</summary>
    /// <param name="gradients"><see cref="ParameterCount"/> floats.</param>
    /// <param name="parameters">As many floats again, which are moved; must not overlap the gradients.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the parameters overlap the gradients; nothing has been written.</exception>
    public void Step(ReadOnlySpan<float> gradients, Span<float> parameters)
    {
        Boundary.Length(gradients.Length, ParameterCount, nameof(gradients));
        Boundary.Length(parameters.Length, ParameterCount, nameof(parameters));
        Boundary.NoOverlap(parameters, gradients, nameof(parameters), nameof(gradients));

        Steps++;
        BeginStep();
        foreach (ref readonly ParameterRange range in _ranges.AsSpan())
        {
            double rate = _learningRate * range.LearningRateFactor;
            for (int start = range.Start; start < range.End; start += BlockLength)
            {
                int length = Math.Min(BlockLength, range.End - start);
                Update(new OptimizerBlock(
                    gradients.Slice(start, length), parameters.Slice(start, length), _moments, start, _scratch, rate, range.WeightDecay));
            }
        }
    }

    /// <summary>Writes everything that the next steps depend on beside the options: the number of steps, the learning rate and the moments. Allocates nothing.</summary>
    /// <param name="state">Receives <see cref="StateSize"/> bytes, the same on every machine.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public void SaveState(Span<byte> state)
    {
        Bytes(state.Length);
        Span<byte> kind = state[..KindSize];
        kind.Clear();
        for (int i = 0; i < _kind.Length; i++)
        {
            kind[i] = (byte)_kind[i];
        }

        BinaryPrimitives.WriteInt64LittleEndian(state[KindSize..], Steps);
        BinaryPrimitives.WriteDoubleLittleEndian(state[(KindSize + sizeof(long))..], _learningRate);
        Span<byte> rest = state[HeaderSize..];
        foreach (float[] moment in _moments)
        {
            LittleEndian.Write(moment, rest);
            rest = rest[(sizeof(float) * moment.Length)..];
        }
    }

    /// <summary>Goes on where the optimiser stood that wrote a state: its next steps give the same bits. Allocates nothing.</summary>
    /// <param name="state">What <see cref="SaveState"/> of an optimiser with the same options and tensors has written.</param>
    /// <exception cref="ArgumentException">The state is that of another kind of optimiser, or of another number of parameters, or no state; nothing has changed.</exception>
    public void LoadState(ReadOnlySpan<byte> state)
    {
        Bytes(state.Length);
        ReadOnlySpan<byte> kind = state[..KindSize].TrimEnd((byte)0);
        if (!Ascii.Equals(kind, _kind))
        {
            throw new ArgumentException($"The state is that of \"{Encoding.ASCII.GetString(kind)}\"; one of \"{_kind}\" is wanted.", nameof(state));
        }

        long steps = BinaryPrimitives.ReadInt64LittleEndian(state[KindSize..]);
        double learningRate = BinaryPrimitives.ReadDoubleLittleEndian(state[(KindSize + sizeof(long))..]);
        if (steps < 0 || !(learningRate >= 0 && double.IsFinite(learningRate)))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The state has {steps} steps and the learning rate {learningRate}; both at least 0 and finite are wanted."),
                nameof(state));
        }

        Steps = steps;
        _learningRate = learningRate;
        ReadOnlySpan<byte> rest = state[HeaderSize..];
        foreach (float[] moment in _moments)
        {
            LittleEndian.Read(rest, moment);
            rest = rest[(sizeof(float) * moment.Length)..];
        }
    }

    /// <summary>Computes what depends on the number of <see cref="Steps"/>, which counts the step that begins.</summary>
    protected virtual void BeginStep()
    {
    }

    /// <summary>Moves a block of parameters of one group. Each parameter's new value depends on its own gradient, value and moments alone.</summary>
    /// <param name="block">The parameters, their gradients and moments, and the group's settings.</param>
    protected abstract void Update(in OptimizerBlock block);

    private void Bytes(int given)
    {
        if (given != StateSize)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The state has {given} bytes; {StateSize} are wanted for {_moments.Length} floats for each of {ParameterCount} parameters."),
                "state");
        }
    }
}
