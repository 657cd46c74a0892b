using Recurrent;

/// <summary>Reads a word letter by letter, and says behind the last what language it is from. The generator writes the rest of this class.</summary>
[Network(Input = 1)]
[Embedding(Alphabet.Size, 16)]
[Gru(96, Dropout = 0.3, RecurrentDropout = 0.25)]
[Dense(Words.Languages)]
public sealed partial class WordReader;
