namespace Recurrent.Bench.Precisions;

[Network(Input = 22), Dense(16, Activation.Relu), Gru(16), Dense(4)]
public sealed partial class Raptor;

[Network(Input = 22, Weights = Precision.BFloat16), Dense(16, Activation.Relu), Gru(16), Dense(4)]
public sealed partial class RaptorBFloat16;

[Network(Input = 22, Weights = Precision.Float16), Dense(16, Activation.Relu), Gru(16), Dense(4)]
public sealed partial class RaptorFloat16;

[Network(Input = 22, Weights = Precision.Int8), Dense(16, Activation.Relu), Gru(16), Dense(4)]
public sealed partial class RaptorInt8;

[Network(Input = 1), Dense(8, Activation.Tanh), Lstm(8), Dense(1)]
public sealed partial class KerasLstm;

[Network(Input = 1, Weights = Precision.BFloat16), Dense(8, Activation.Tanh), Lstm(8), Dense(1)]
public sealed partial class KerasLstmBFloat16;

[Network(Input = 1, Weights = Precision.Float16), Dense(8, Activation.Tanh), Lstm(8), Dense(1)]
public sealed partial class KerasLstmFloat16;

[Network(Input = 1, Weights = Precision.Int8), Dense(8, Activation.Tanh), Lstm(8), Dense(1)]
public sealed partial class KerasLstmInt8;

[Network(Input = 1), Dense(8, Activation.Tanh), Gru(8), Dense(8, Activation.Sigmoid), Dense(1)]
public sealed partial class KerasGru;

[Network(Input = 1, Weights = Precision.BFloat16), Dense(8, Activation.Tanh), Gru(8), Dense(8, Activation.Sigmoid), Dense(1)]
public sealed partial class KerasGruBFloat16;

[Network(Input = 1, Weights = Precision.Float16), Dense(8, Activation.Tanh), Gru(8), Dense(8, Activation.Sigmoid), Dense(1)]
public sealed partial class KerasGruFloat16;

[Network(Input = 1, Weights = Precision.Int8), Dense(8, Activation.Tanh), Gru(8), Dense(8, Activation.Sigmoid), Dense(1)]
public sealed partial class KerasGruInt8;

[Network(Input = 128, Weights = Precision.BFloat16), Lstm(128)]
public sealed partial class Lstm128BFloat16;

[Network(Input = 128, Weights = Precision.Float16), Lstm(128)]
public sealed partial class Lstm128Float16;

[Network(Input = 128, Weights = Precision.Int8), Lstm(128)]
public sealed partial class Lstm128Int8;

[Network(Input = 256, Weights = Precision.BFloat16), Lstm(256)]
public sealed partial class Lstm256BFloat16;

[Network(Input = 256, Weights = Precision.Float16), Lstm(256)]
public sealed partial class Lstm256Float16;

[Network(Input = 256, Weights = Precision.Int8), Lstm(256)]
public sealed partial class Lstm256Int8;
