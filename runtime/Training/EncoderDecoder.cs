using System;
using System.Buffers;
using System.Globalization;
using Recurrent.Sampling;

namespace Recurrent.Training;

/// <summary>
/// Many to many through two networks: an encoder reads one sequence, and a decoder, which begins in the encoder's final state, writes another of any length
/// (Sutskever, Vinyals and Le 2014; Cho et al. 2014). The pair trains as one network, with a <see cref="Trainer{TNetwork}"/> like any other:
/// gradients flow through the state that is handed over.
/// </summary>
/// <remarks>
/// To the pair, both sequences are one: time steps of the encoder, then those of the decoder, whose inputs while it is trained are what it should have written
/// (teacher forcing). <see cref="Pair(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlyMemory{float})"/> lays them out: a row is 0 for the encoder or 1 for the decoder, then the input, padded
/// to the longer of both. The outputs are the decoder's, and 0 at the encoder's steps. The encoder's own outputs are not used. To run freely, <see cref="Encode"/>
/// gives the state in which a <see cref="SequenceSampler{TNetwork}"/> over <see cref="Decoder"/> starts. Both networks' tapes hold the same number of floats for every step.
/// </remarks>
/// <typeparam name="TEncoder">The encoder's class; its layers may run in reverse or in both directions.</typeparam>
/// <typeparam name="TDecoder">The decoder's class, with a state as long as the encoder's.</typeparam>
public sealed partial class EncoderDecoder<TEncoder, TDecoder> : ITrainableNetwork<EncoderDecoder<TEncoder, TDecoder>>
    where TEncoder : class, ITrainableNetwork<TEncoder>
    where TDecoder : class, ITrainableNetwork<TDecoder>
{
    /// <summary>Makes a pair of networks, which it disposes with itself.</summary>
    /// <param name="encoder">Reads the first sequence.</param>
    /// <param name="decoder">Writes the second.</param>
    /// <exception cref="ArgumentNullException">One is missing.</exception>
    /// <exception cref="ArgumentException">Their states are not of one length.</exception>
    public EncoderDecoder(TEncoder encoder, TDecoder decoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(decoder);
        if (TEncoder.StateSize != TDecoder.StateSize)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The state of {typeof(TEncoder).Name} has {TEncoder.StateSize} floats, that of {typeof(TDecoder).Name} {TDecoder.StateSize}; as many are wanted, for one is handed to the other."),
                nameof(decoder));
        }

        (Encoder, Decoder) = (encoder, decoder);
    }

    /// <summary>Reads the first sequence.</summary>
    public TEncoder Encoder { get; }

    /// <summary>Writes the second.</summary>
    public TDecoder Decoder { get; }

    /// <summary>A pair of sequences whose targets are real numbers.</summary>
    /// <param name="source">[source steps, the encoder's InputSize]: what the encoder reads; at least one step.</param>
    /// <param name="inputs">[steps, the decoder's InputSize]: what the decoder reads; at least one step.</param>
    /// <param name="targets">What the decoder should give at each of its steps: for most losses [steps, OutputSize].</param>
    /// <returns>The pair as one sequence, of which the decoder's steps are scored.</returns>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static TrainingSequence Pair(ReadOnlySpan<float> source, ReadOnlySpan<float> inputs, ReadOnlyMemory<float> targets) =>
        new(Rows(source, inputs, out int steps), targets) { ScoredSteps = steps };

    /// <summary>A pair of sequences whose targets are classes.</summary>
    /// <param name="source">[source steps, the encoder's InputSize]: what the encoder reads; at least one step.</param>
    /// <param name="inputs">[steps, the decoder's InputSize]: what the decoder reads; at least one step.</param>
    /// <param name="classes">[steps]: the right class at each of the decoder's steps.</param>
    /// <returns>The pair as one sequence, of which the decoder's steps are scored.</returns>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static TrainingSequence Pair(ReadOnlySpan<float> source, ReadOnlySpan<float> inputs, ReadOnlyMemory<int> classes) =>
        new(Rows(source, inputs, out int steps), classes) { ScoredSteps = steps };

    /// <summary>A pair of sequences of tokens: the decoder reads the start token and then the target's, and should give the target's and then the end token.</summary>
    /// <param name="source">What the encoder reads; at least one token.</param>
    /// <param name="target">What the decoder should write; may be empty.</param>
    /// <param name="startToken">What the decoder reads first.</param>
    /// <param name="endToken">What the decoder gives last.</param>
    /// <returns>The pair as one sequence, of which the decoder's steps are scored.</returns>
    /// <exception cref="ArgumentException">There is no source, or a token is no index.</exception>
    public static TrainingSequence Pair(ReadOnlySpan<int> source, ReadOnlySpan<int> target, int startToken, int endToken) => Pair(
        Tokens.Rows(source, TEncoder.InputSize, nameof(source)),
        Tokens.Rows([startToken, .. target], TDecoder.InputSize, nameof(target)),
        (int[])[.. target, endToken]);

    /// <summary>Lets the encoder read a sequence.</summary>
    /// <param name="source">[steps, the encoder's InputSize], row after row.</param>
    /// <param name="state">Receives its final state, [StateSize], in which the decoder starts.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the encoder refuses an input.</exception>
    public void Encode(ReadOnlySpan<float> source, Span<float> state)
    {
        int steps = Boundary.Steps(source.Length, TEncoder.InputSize, nameof(source), "the encoder's InputSize");
        Encoder.StartState(state);
        float[] outputs = ArrayPool<float>.Shared.Rent(checked(steps * TEncoder.OutputSize));
        try
        {
            Encoder.Run(source, state, outputs.AsSpan(0, steps * TEncoder.OutputSize));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(outputs);
        }
    }

    /// <summary>Lets the encoder read a sequence of tokens.</summary>
    /// <param name="source">Their indices.</param>
    /// <param name="state">Receives its final state, [StateSize], in which the decoder starts.</param>
    /// <exception cref="ArgumentException">A length does not fit, or a token is no index.</exception>
    public void EncodeTokens(ReadOnlySpan<int> source, Span<float> state)
    {
        int length = checked(source.Length * TEncoder.InputSize);
        float[] rows = ArrayPool<float>.Shared.Rent(length);
        try
        {
            Tokens.WriteRows(source, TEncoder.InputSize, rows, nameof(source));
            Encode(rows.AsSpan(0, length), state);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rows);
        }
    }

    private static float[] Rows(ReadOnlySpan<float> source, ReadOnlySpan<float> inputs, out int steps)
    {
        int sourceSteps = Boundary.Steps(source.Length, TEncoder.InputSize, nameof(source), "the encoder's InputSize");
        steps = Boundary.Steps(inputs.Length, TDecoder.InputSize, nameof(inputs), "the decoder's InputSize");
        if (sourceSteps == 0 || steps == 0)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"There are {sourceSteps} steps of the encoder and {steps} of the decoder; at least 1 of each is wanted."));
        }

        float[] rows = new float[checked((sourceSteps + steps) * InputSize)];
        for (int step = 0; step < sourceSteps; step++)
        {
            source.Slice(step * TEncoder.InputSize, TEncoder.InputSize).CopyTo(rows.AsSpan((step * InputSize) + 1));
        }

        for (int step = 0; step < steps; step++)
        {
            Span<float> row = rows.AsSpan((sourceSteps + step) * InputSize, InputSize);
            row[0] = 1;
            inputs.Slice(step * TDecoder.InputSize, TDecoder.InputSize).CopyTo(row[1..]);
        }

        return rows;
    }
}
