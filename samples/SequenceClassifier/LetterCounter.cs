using Recurrent;

/// <summary>Sees how often each letter is in a word, and not where: all at once, with about as many parameters as <see cref="WordReader"/> has.</summary>
[Network(Input = Alphabet.Size)]
[Dense(470, Activation.Relu, Dropout = 0.3)]
[Dense(Words.Languages)]
public sealed partial class LetterCounter;
