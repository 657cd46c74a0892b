namespace Recurrent.Bench.Stepper;

[Network(Input = 1), Lstm(8)]
public sealed partial class Lstm1x8;

[Network(Input = 1), Lstm(32)]
public sealed partial class Lstm1x32;

[Network(Input = 128), Lstm(128)]
public sealed partial class Lstm128x128;

[Network(Input = 32), Gru(32)]
public sealed partial class Gru32x32;

[Network(Input = 128, Weights = Precision.Int8), Lstm(128)]
public sealed partial class Lstm128x128Int8;
