using Recurrent;

/// <summary>Reads a text character by character, and says after each what may come next. The generator writes the rest of this class.</summary>
[Network(Input = 1)]
[Embedding(Alphabet.Count, 32)]
[Lstm(256)]
[Dense(Alphabet.Count)]
public sealed partial class Speller;
