using System;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Recurrent;

/// <summary>
/// The checks at a network's boundary, before anything is written; behind it nothing is checked. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Boundary
{
    private const int MostThreads = 64;

    /// <summary>Checks that a span has the length wanted.</summary>
    /// <param name="given">The span's length.</param>
    /// <param name="wanted">The length wanted.</param>
    /// <param name="parameterName">The span's name.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Length(int given, int wanted, string parameterName)
    {
        if (given != wanted)
        {
            ThrowLength(given, wanted, parameterName);
        }
    }

    /// <summary>Checks that a number, such as of streams or of steps, is not negative.</summary>
    /// <param name="given">The number.</param>
    /// <param name="parameterName">Its name.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Count(int given, string parameterName)
    {
        if (given < 0)
        {
            ThrowCount(given, parameterName);
        }
    }

    /// <summary>Checks that a span holds whole rows, one for each time step, and counts them.</summary>
    /// <param name="length">The span's length.</param>
    /// <param name="rowSize">Floats of a row; at least 1.</param>
    /// <param name="parameterName">The span's name.</param>
    /// <param name="rowName">What a row's size is called, such as <c>InputSize</c>.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="ArgumentException">The length is no multiple of the row's size.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Steps(int length, int rowSize, string parameterName, string rowName)
    {
        (int rows, int rest) = Math.DivRem(length, rowSize);
        if (rest != 0)
        {
            ThrowSteps(length, rowSize, parameterName, rowName);
        }

        return rows;
    }

    /// <summary>Checks that a span holds so many rows.</summary>
    /// <param name="length">The span's length.</param>
    /// <param name="rows">The rows wanted; at least 0.</param>
    /// <param name="rowSize">Floats of a row; at least 0.</param>
    /// <param name="parameterName">The span's name.</param>
    /// <param name="rowName">What a row's size is called, such as <c>OutputSize</c>.</param>
    /// <exception cref="ArgumentException">The length is not rows times the row's size.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Rows(int length, int rows, int rowSize, string parameterName, string rowName)
    {
        if (length != (long)rows * rowSize)
        {
            ThrowRows(length, rows, rowSize, parameterName, rowName);
        }
    }

    /// <summary>Checks the lengths of the sequences of a batch, and adds them.</summary>
    /// <param name="lengths">Time steps of each sequence.</param>
    /// <param name="most">Time steps of all sequences together at most.</param>
    /// <param name="parameterName">The span's name.</param>
    /// <returns>Time steps of all sequences together.</returns>
    /// <exception cref="ArgumentException">A length is negative, or there are too many time steps.</exception>
    public static int Lengths(ReadOnlySpan<int> lengths, int most, string parameterName)
    {
        long steps = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] < 0)
            {
                throw Wrong($"{parameterName}[{i}] is {lengths[i]}; at least 0 is wanted.", parameterName);
            }

            steps += lengths[i];
        }

        return steps <= most ? (int)steps
            : throw Wrong($"{parameterName} are {steps} time steps together; at most {most} are wanted.", parameterName);
    }

    /// <summary>Checks that there is a seed for each sequence, or none at all.</summary>
    /// <param name="given">The seeds that there are.</param>
    /// <param name="wanted">The sequences.</param>
    /// <param name="parameterName">The span's name.</param>
    /// <exception cref="ArgumentException">There are some, and not as many as sequences.</exception>
    public static void Seeds(int given, int wanted, string parameterName)
    {
        if (given != 0 && given != wanted)
        {
            throw Wrong($"{parameterName} has {given} seeds; {wanted} are wanted, one for each sequence, or none.", parameterName);
        }
    }

    /// <summary>Checks that two spans share no memory. Empty spans overlap nothing.</summary>
    /// <param name="written">The span that is written.</param>
    /// <param name="other">A span that is read or written meanwhile.</param>
    /// <param name="writtenName">The name of the first.</param>
    /// <param name="otherName">The name of the second.</param>
    /// <exception cref="ArgumentException">They overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NoOverlap(ReadOnlySpan<float> written, ReadOnlySpan<float> other, string writtenName, string otherName)
    {
        if (written.Overlaps(other))
        {
            ThrowOverlap(writtenName, otherName);
        }
    }

    /// <summary>Checks that two spans of one length are the same memory or share none.</summary>
    /// <param name="written">The span that is written.</param>
    /// <param name="other">A span that is read meanwhile, element by element.</param>
    /// <param name="writtenName">The name of the first.</param>
    /// <param name="otherName">The name of the second.</param>
    /// <exception cref="ArgumentException">They overlap in part.</exception>
    internal static void SameOrNoOverlap(ReadOnlySpan<float> written, ReadOnlySpan<float> other, string writtenName, string otherName)
    {
        if (written.Overlaps(other, out int distance) && distance != 0)
        {
            throw Wrong($"{writtenName} overlaps a part of {otherName}; the same memory, or memory of its own, is wanted.", writtenName);
        }
    }

    /// <summary>Checks that the first float of every row is an index: a whole number from 0 to <paramref name="count"/> - 1.</summary>
    /// <param name="inputs">The rows.</param>
    /// <param name="stride">Floats of a row; at least 1.</param>
    /// <param name="count">How many things the index chooses from.</param>
    /// <param name="parameterName">The span's name.</param>
    /// <exception cref="ArgumentException">An input is no index.</exception>
    public static void Indices(ReadOnlySpan<float> inputs, int stride, int count, string parameterName)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        for (long i = 0; i < inputs.Length; i += stride)
        {
            // The conversion saturates and takes NaN to 0; neither survives the comparison with the input.
            float input = inputs[(int)i];
            int index = (int)input;
            if ((uint)index >= (uint)count || index != input)
            {
                ThrowIndex((int)i, input, count, parameterName);
            }
        }
    }

    /// <summary>Checks that a call can use so many threads.</summary>
    /// <param name="given">The number of threads.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1, or more than 64.</exception>
    public static void DegreeOfParallelism(int given)
    {
        if (given is < 1 or > MostThreads)
        {
            throw new ArgumentOutOfRangeException(
                nameof(DegreeOfParallelism), given, string.Create(CultureInfo.InvariantCulture, $"DegreeOfParallelism is {given}; 1 to {MostThreads} is wanted."));
        }
    }

    /// <summary>Checks that this machine has an instruction set.</summary>
    /// <param name="instructionSet">The instruction set.</param>
    /// <exception cref="PlatformNotSupportedException">It does not, or the runtime has been told not to use it.</exception>
    public static void InstructionSet(InstructionSet instructionSet)
    {
        if (!InstructionSets.IsSupported(instructionSet))
        {
            throw new PlatformNotSupportedException(
                $"The instruction set {instructionSet} was asked for; this machine has {string.Join(", ", InstructionSets.Supported.ToArray())}.");
        }
    }

    /// <summary>The beginning of "1 is wanted", "2 are wanted".</summary>
    internal static string Are(long count) => count == 1 ? "1 is" : string.Create(CultureInfo.InvariantCulture, $"{count} are");

    [DoesNotReturn]
    private static void ThrowLength(int given, int wanted, string parameterName) =>
        throw Wrong($"{parameterName} has {Floats(given)}; {Are(wanted)} wanted.", parameterName);

    [DoesNotReturn]
    private static void ThrowCount(int given, string parameterName) => throw new ArgumentOutOfRangeException(
        parameterName, given, string.Create(CultureInfo.InvariantCulture, $"{parameterName} is {given}; at least 0 is wanted."));

    [DoesNotReturn]
    private static void ThrowSteps(int length, int rowSize, string parameterName, string rowName) =>
        throw Wrong($"{parameterName} has {Floats(length)}; a multiple of {rowName} = {rowSize} is wanted.", parameterName);

    [DoesNotReturn]
    private static void ThrowRows(int length, int rows, int rowSize, string parameterName, string rowName) => throw Wrong(
        $"{parameterName} has {Floats(length)}; {Are((long)rows * rowSize)} wanted: {rows} times {rowName} = {rowSize}.", parameterName);

    [DoesNotReturn]
    private static void ThrowOverlap(string writtenName, string otherName) =>
        throw Wrong($"{writtenName} overlaps {otherName}; memory of its own is wanted.", writtenName);

    [DoesNotReturn]
    private static void ThrowIndex(int position, float given, int count, string parameterName) =>
        throw Wrong($"{parameterName}[{position}] is {given:R}; a whole number from 0 to {count - 1} is wanted.", parameterName);

    private static string Floats(int count) => count == 1 ? "1 float" : string.Create(CultureInfo.InvariantCulture, $"{count} floats");

    private static ArgumentException Wrong(FormattableString message, string parameterName) =>
        new(message.ToString(CultureInfo.InvariantCulture), parameterName);
}
