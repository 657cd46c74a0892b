using Recurrent;

// For copy memory, with about 5,900 parameters each.

[Network(Input = CopyMemory.InputSize)]
[Rnn(67)]
[Dense(CopyMemory.Values)]
public sealed partial class CopyRnn;

[Network(Input = CopyMemory.InputSize)]
[Lstm(32)]
[Dense(CopyMemory.Values)]
public sealed partial class CopyLstm;

[Network(Input = CopyMemory.InputSize)]
[Gru(38)]
[Dense(CopyMemory.Values)]
public sealed partial class CopyGru;
