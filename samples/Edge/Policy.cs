using Recurrent;

namespace Edge;

/// <summary>
/// Reads where the cart and the pole seem to be, and gives the share of the greatest force to push with, -1 to 1. How fast they move it is
/// not told: it has to remember.
/// </summary>
[Network(Input = 2)]
[Gru(16)]
[Dense(1, Activation.Tanh)]
public sealed partial class Policy;
