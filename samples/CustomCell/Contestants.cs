using Recurrent;

/// <summary>The cell of this sample.</summary>
[Network(Input = Registers.InputSize)]
[Layer<DeltaNet>(32)]
[Dense(Registers.Values)]
public sealed partial class DeltaNetwork;

/// <summary>A GRU with at least as many parameters.</summary>
[Network(Input = Registers.InputSize)]
[Gru(19)]
[Dense(Registers.Values)]
public sealed partial class GruNetwork;

/// <summary>An LSTM with at least as many parameters.</summary>
[Network(Input = Registers.InputSize)]
[Lstm(15)]
[Dense(Registers.Values)]
public sealed partial class LstmNetwork;
