using System;
using Recurrent.Sampling;
using Recurrent.Training;

/// <summary>Reads number words and writes digits: what the encoder ends in is where the decoder begins, and each digit that it writes is the next one that it reads.</summary>
public sealed class NumberReader(EncoderDecoder<Reader, Writer> network)
{
    private const int MostDigits = 8;

    private readonly SequenceSampler<Writer> _writer = new(network.Decoder);
    private readonly TokenSampler _likeliest = new() { Temperature = 0 };
    private readonly float[] _state = new float[Reader.StateSize];
    private readonly int[] _digits = new int[MostDigits];

    /// <summary>The digits of a number.</summary>
    /// <exception cref="FormatException">The words have a character that is in no number word.</exception>
    public string Read(string words)
    {
        network.EncodeTokens(Alphabet.Read(words), _state);
        _writer.Start(_state);
        _writer.ReadTokens(Digits.Start);
        int count = _writer.WriteTokens(_digits, _likeliest, Digits.End);
        return Digits.Write(_digits.AsSpan(0, count));
    }
}
