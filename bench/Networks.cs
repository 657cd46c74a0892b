namespace Recurrent.Bench;

[Network(Input = 1)]
[Lstm(8)]
public sealed partial class Lstm1x8;

[Network(Input = 1)]
[Lstm(16)]
public sealed partial class Lstm1x16;

[Network(Input = 16)]
[Lstm(16)]
public sealed partial class Lstm16x16;

[Network(Input = 1)]
[Lstm(32)]
public sealed partial class Lstm1x32;

[Network(Input = 32)]
[Lstm(32)]
public sealed partial class Lstm32x32;

[Network(Input = 64)]
[Lstm(64)]
public sealed partial class Lstm64x64;

[Network(Input = 128)]
[Lstm(128)]
public sealed partial class Lstm128x128;

[Network(Input = 256)]
[Lstm(256)]
public sealed partial class Lstm256x256;

[Network(Input = 8)]
[Lstm(32)]
public sealed partial class Lstm8x32;

[Network(Input = 16)]
[Lstm(64)]
public sealed partial class Lstm16x64;

[Network(Input = 64)]
[Lstm(128)]
public sealed partial class Lstm64x128;

[Network(Input = 128)]
[Lstm(256)]
public sealed partial class Lstm128x256;

[Network(Input = 1)]
[Gru(8)]
public sealed partial class Gru1x8;

[Network(Input = 1)]
[Gru(16)]
public sealed partial class Gru1x16;

[Network(Input = 16)]
[Gru(16)]
public sealed partial class Gru16x16;

[Network(Input = 1)]
[Gru(32)]
public sealed partial class Gru1x32;

[Network(Input = 32)]
[Gru(32)]
public sealed partial class Gru32x32;

[Network(Input = 64)]
[Gru(64)]
public sealed partial class Gru64x64;

[Network(Input = 128)]
[Gru(128)]
public sealed partial class Gru128x128;

[Network(Input = 256)]
[Gru(256)]
public sealed partial class Gru256x256;

[Network(Input = 8)]
[Gru(32)]
public sealed partial class Gru8x32;

[Network(Input = 16)]
[Gru(64)]
public sealed partial class Gru16x64;

[Network(Input = 64)]
[Gru(128)]
public sealed partial class Gru64x128;

[Network(Input = 128)]
[Gru(256)]
public sealed partial class Gru128x256;
