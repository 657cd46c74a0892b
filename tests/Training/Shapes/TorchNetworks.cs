namespace Recurrent.Tests.Training.Shapes;

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
