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

/// <summary>PyTorch's <c>LSTM(3, 4, 2, bidirectional=True)</c> and <c>Linear(8, 4)</c>.</summary>
[Network(Input = 3)]
[Lstm(4, Layers = 2, Bidirectional = true)]
[Dense(4)]
internal sealed partial class TorchLstm;

/// <summary>PyTorch's <c>GRU(3, 4, 2, bidirectional=True)</c> and <c>Linear(8, 4)</c>.</summary>
[Network(Input = 3)]
[Gru(4, Layers = 2, Bidirectional = true)]
[Dense(4)]
internal sealed partial class TorchGru;

/// <summary>PyTorch's <c>GRU(3, 4, 2)</c>.</summary>
[Network(Input = 3)]
[Gru(4, Layers = 2)]
internal sealed partial class TorchReader;

/// <summary>PyTorch's <c>GRU(3, 4, 2)</c> and <c>Linear(4, 4)</c>.</summary>
[Network(Input = 3)]
[Gru(4, Layers = 2)]
[Dense(4)]
internal sealed partial class TorchWriter;
