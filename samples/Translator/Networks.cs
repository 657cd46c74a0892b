using Recurrent;

/// <summary>Reads a number's words, character by character, from both ends at once.</summary>
[Network(Input = 1)]
[Embedding(Alphabet.Count, 24)]
[Gru(80, Bidirectional = true)]
public sealed partial class Reader;

/// <summary>Writes its digits, from the state in which the reader ends: that of both directions side by side.</summary>
[Network(Input = 1)]
[Embedding(Digits.Count, 16)]
[Gru(160)]
[Dense(Digits.Count)]
public sealed partial class Writer;
