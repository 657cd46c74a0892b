using System;
using Recurrent.Sampling;

/// <summary>Lets the network write: a character that it chooses is the next one that it reads.</summary>
public sealed class Author(Speller speller, Settings settings)
{
    private readonly SequenceSampler<Speller> _sampler = new(speller);

    /// <summary>Writes on from the prompt; the same text each time while the network stays the same.</summary>
    public string Write(int length)
    {
        int[] tokens = new int[length];
        _sampler.Start();
        _sampler.ReadTokens(Alphabet.Read('\n' + settings.Prompt));
        int count = _sampler.WriteTokens(tokens, new TokenSampler(settings.Seed) { Temperature = settings.Temperature, TopK = settings.TopK });
        return settings.Prompt + Alphabet.Write(tokens.AsSpan(0, count));
    }
}
