using Recurrent;

/// <summary>The cell of this sample.</summary>
[Network(Input = SelectiveCopy.InputSize)]
[Layer<SelectiveRope>(8)]
[Dense(SelectiveCopy.OutputSize)]
public sealed partial class RopeNetwork;

/// <summary>A GRU with at least as many parameters.</summary>
[Network(Input = SelectiveCopy.InputSize)]
[Gru(14)]
[Dense(SelectiveCopy.OutputSize)]
public sealed partial class GruNetwork;

/// <summary>An LSTM with at least as many parameters.</summary>
[Network(Input = SelectiveCopy.InputSize)]
[Lstm(12)]
[Dense(SelectiveCopy.OutputSize)]
public sealed partial class LstmNetwork;
