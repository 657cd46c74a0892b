using Recurrent;

namespace Edge.Training;

/// <summary>Reads what the policy reads, has as many parameters (987; the policy has 977), and remembers nothing.</summary>
[Network(Input = 2)]
[Dense(29, Activation.Tanh)]
[Dense(29, Activation.Tanh)]
[Dense(1, Activation.Tanh)]
public sealed partial class Memoryless;
