using Recurrent;

// For the languages of words, with about 4,900 parameters each.

[Network(Input = 1)]
[Embedding(Alphabet.Size, 8)]
[Rnn(57)]
[Dense(Words.Languages)]
public sealed partial class WordRnn;

[Network(Input = 1)]
[Embedding(Alphabet.Size, 8)]
[Lstm(27)]
[Dense(Words.Languages)]
public sealed partial class WordLstm;

[Network(Input = 1)]
[Embedding(Alphabet.Size, 8)]
[Gru(32)]
[Dense(Words.Languages)]
public sealed partial class WordGru;
