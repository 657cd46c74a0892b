using static Recurrent.Equations;

namespace Recurrent.Bench.Suites;

/// <summary>The hyperbolic tangent of every input.</summary>
[Cell]
public readonly struct TanhOfInput
{
    public static Vec Step(Vec x) => Tanh(x);
}

/// <summary>The logistic function of every input.</summary>
[Cell]
public readonly struct SigmoidOfInput
{
    public static Vec Step(Vec x) => Sigmoid(x);
}

[Network(Input = 8)]
[Layer<TanhOfInput>(8)]
public sealed partial class Tanh8;

[Network(Input = 64)]
[Layer<TanhOfInput>(64)]
public sealed partial class Tanh64;

[Network(Input = 1024)]
[Layer<TanhOfInput>(1024)]
public sealed partial class Tanh1024;

[Network(Input = 8)]
[Layer<SigmoidOfInput>(8)]
public sealed partial class Sigmoid8;

[Network(Input = 64)]
[Layer<SigmoidOfInput>(64)]
public sealed partial class Sigmoid64;

[Network(Input = 1024)]
[Layer<SigmoidOfInput>(1024)]
public sealed partial class Sigmoid1024;
