using Recurrent;

/// <summary>One that leaves something to chance, so that the random numbers count too.</summary>
[Network(Input = 3)]
[Gru(24, Zoneout = 0.1)]
[Dense(2)]
public sealed partial class InterruptedNetwork;
