using System;
using Recurrent.Tests.Numerics;

namespace Recurrent.Bench.Accuracy;

/// <summary>What a function gives for every float, from the least to the greatest, beside what it should give.</summary>
public sealed class Sweep
{
    /// <summary>Floats that are computed at once.</summary>
    public const int Chunk = 1 << 16;

    /// <summary>Between neighbours, a double-precision function says no more than this of which is the greater one, relative to them.</summary>
    private const double LeastChange = 1e-14;

    private double _previousExact = double.NaN;
    private float _previous = float.NaN;
    private int _direction;

    /// <summary>The greatest error, in units in the last place.</summary>
    public double GreatestError { get; private set; }

    /// <summary>Where that is.</summary>
    public float At { get; private set; }

    /// <summary>How often the function falls where it should rise, or rises where it should fall.</summary>
    public long Turns { get; private set; }

    /// <summary>The greatest such step, in units in the last place.</summary>
    public double GreatestTurn { get; private set; }

    /// <summary>Floats for which an instruction set gives other bits than the first does, or something else than NaN where only that is right.</summary>
    public long Differences { get; private set; }

    /// <summary>Goes over every float whose bits, in ascending order, have a number that is a multiple of the stride.</summary>
    public static Sweep Over(Subject subject, ReadOnlySpan<InstructionSet> instructionSets, uint stride)
    {
        Sweep sweep = new();
        Action<float[], float[]>[] functions = new Action<float[], float[]>[instructionSets.Length];
        for (int i = 0; i < functions.Length; i++)
        {
            functions[i] = subject.On(instructionSets[i]);
        }

        float[] arguments = new float[Chunk];
        float[] values = new float[Chunk];
        float[] others = new float[Chunk];
        for (ulong first = 0; first <= uint.MaxValue; first += (ulong)Chunk * stride)
        {
            for (int i = 0; i < Chunk; i++)
            {
                // A last chunk repeats the greatest bits, a NaN.
                arguments[i] = Ascending((uint)Math.Min(first + ((ulong)i * stride), uint.MaxValue));
            }

            functions[0](arguments, values);
            foreach (Action<float[], float[]> function in functions.AsSpan(1))
            {
                function(arguments, others);
                sweep.Compare(values, others);
            }

            for (int i = 0; i < Chunk; i++)
            {
                sweep.Add(arguments[i], values[i], subject.Exact(arguments[i]));
            }
        }

        return sweep;
    }

    /// <summary>The float with a number: first NaNs, then -infinity, all others in ascending order, infinity, and NaNs.</summary>
    private static float Ascending(uint number) => BitConverter.UInt32BitsToSingle(number < 1u << 31 ? ~number : number - (1u << 31));

    private void Compare(float[] values, float[] others)
    {
        for (int i = 0; i < values.Length; i++)
        {
            bool isSame = BitConverter.SingleToInt32Bits(values[i]) == BitConverter.SingleToInt32Bits(others[i]) || (float.IsNaN(values[i]) && float.IsNaN(others[i]));
            Differences += isSame ? 0 : 1;
        }
    }

    private void Add(float argument, float value, double exact)
    {
        if (double.IsNaN(exact))
        {
            Differences += float.IsNaN(value) ? 0 : 1;
            return;
        }

        double error = Ulps.Error(value, exact);
        if (!(error <= GreatestError))
        {
            (GreatestError, At) = (error, argument);
        }

        double change = exact - _previousExact;
        if (Math.Abs(change) > LeastChange * Math.Abs(exact))
        {
            _direction = Math.Sign(change);
        }

        if (_direction * (value - _previous) < 0)
        {
            Turns++;
            GreatestTurn = Math.Max(GreatestTurn, Math.Abs(Ulps.Finite(value) - Ulps.Finite(_previous)) / Ulps.At(exact));
        }

        (_previousExact, _previous) = (exact, value);
    }
}
