namespace Recurrent.Bench.Threads;

[Network(Input = 512)]
[Lstm(512)]
public sealed partial class Lstm512x512;

[Network(Input = 1024)]
[Lstm(1024)]
public sealed partial class Lstm1024x1024;

[Network(Input = 512)]
[Gru(512)]
public sealed partial class Gru512x512;

[Network(Input = 1024)]
[Gru(1024)]
public sealed partial class Gru1024x1024;
