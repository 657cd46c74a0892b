namespace Recurrent;

/// <summary>
/// What a network keeps of the weights that multiply vectors while it infers. Files, parameters, vectors of weights (biases) and training are 32-bit floats
/// whatever it says: weights are rounded when parameters are set, each matrix of weights by itself.
/// </summary>
public enum Precision
{
    /// <summary>32-bit floats, as the parameters are.</summary>
    Float32,

    /// <summary>
    /// The upper half of a float: its range, and 8 bits of precision. The outputs are the bits of a network whose weights were rounded so (to the nearest,
    /// ties to even).
    /// </summary>
    BFloat16,

    /// <summary>
    /// IEEE 754 halves: 11 bits of precision for magnitudes from 2^-14 to 65504, fewer below, and greater ones become 65504. The outputs are the bits of a
    /// network whose weights were rounded so (to the nearest, ties to even). A weight that is NaN is refused. Halves take longer to widen than
    /// <see cref="BFloat16"/>: they pay where memory is what bounds.
    /// </summary>
    Float16,
}
