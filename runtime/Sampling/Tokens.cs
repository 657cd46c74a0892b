using System;
using System.Globalization;

namespace Recurrent.Sampling;

/// <summary>How a network reads tokens: as an index where its <c>InputSize</c> is 1, else as zeros with a 1 at the index.</summary>
internal static class Tokens
{
    /// <summary>Writes the input that stands for a token.</summary>
    /// <param name="token">The token's index.</param>
    /// <param name="input">Receives [InputSize].</param>
    /// <param name="parameterName">The name of the caller's tokens.</param>
    /// <exception cref="ArgumentException">The index is none; nothing has been written.</exception>
    public static void Write(int token, Span<float> input, string parameterName)
    {
        int count = input.Length == 1 ? int.MaxValue : input.Length;
        if ((uint)token >= (uint)count)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There is token {token}; 0 to {count - 1} is wanted."), parameterName);
        }

        if (input.Length == 1)
        {
            input[0] = token;
        }
        else
        {
            input.Clear();
            input[token] = 1;
        }
    }

    /// <summary>Makes the inputs that stand for tokens.</summary>
    /// <param name="tokens">Their indices.</param>
    /// <param name="inputSize">Floats of an input; at least 1.</param>
    /// <param name="parameterName">The name of the caller's tokens.</param>
    /// <returns>[tokens, inputSize].</returns>
    /// <exception cref="ArgumentException">An index is none.</exception>
    public static float[] Rows(ReadOnlySpan<int> tokens, int inputSize, string parameterName)
    {
        float[] rows = new float[checked(tokens.Length * inputSize)];
        WriteRows(tokens, inputSize, rows, parameterName);
        return rows;
    }

    /// <summary>Writes the inputs that stand for tokens.</summary>
    /// <param name="tokens">Their indices.</param>
    /// <param name="inputSize">Floats of an input; at least 1.</param>
    /// <param name="rows">Receives [tokens, inputSize].</param>
    /// <param name="parameterName">The name of the caller's tokens.</param>
    /// <exception cref="ArgumentException">An index is none; inputs before it have been written.</exception>
    public static void WriteRows(ReadOnlySpan<int> tokens, int inputSize, Span<float> rows, string parameterName)
    {
        for (int i = 0; i < tokens.Length; i++)
        {
            Write(tokens[i], rows.Slice(i * inputSize, inputSize), parameterName);
        }
    }
}
