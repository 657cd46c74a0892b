using Recurrent;

// For the adding problem, with about 2,700 parameters each.

[Network(Input = AddingProblem.InputSize)]
[Rnn(50)]
[Dense(1)]
public sealed partial class AddingRnn;

[Network(Input = AddingProblem.InputSize)]
[Lstm(24)]
[Dense(1)]
public sealed partial class AddingLstm;

[Network(Input = AddingProblem.InputSize)]
[Gru(28)]
[Dense(1)]
public sealed partial class AddingGru;
