using Recurrent;

/// <summary>Reads one month's sunspot number, and forecasts the one of a year later. The generator writes the rest of this class.</summary>
[Network(Input = 1)]
[Gru(32)]
[Dense(1)]
public sealed partial class SunspotForecaster;
