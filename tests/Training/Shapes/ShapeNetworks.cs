namespace Recurrent.Tests.Training.Shapes;

/// <summary>Two layers of LSTM, small enough to move every parameter.</summary>
[Network(Input = 3)]
[Lstm(2, Layers = 2)]
[Dense(6)]
internal sealed partial class LstmStack;

/// <summary>Two layers of GRU in both directions.</summary>
[Network(Input = 3)]
[Gru(2, Layers = 2, Bidirectional = true)]
[Dense(6)]
internal sealed partial class GruBothWays;

/// <summary>An encoder in both directions.</summary>
[Network(Input = 2)]
[Gru(2, Bidirectional = true)]
internal sealed partial class Reader;

/// <summary>A decoder of the same state: two floats of h, two of c.</summary>
[Network(Input = 3)]
[Lstm(2)]
[Dense(6)]
internal sealed partial class Writer;

/// <summary>An LSTM that learns what it begins with.</summary>
[Network(Input = 3)]
[Lstm(2, LearnInitialState = true)]
[Dense(6)]
internal sealed partial class LearnedBeginning;
