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
    /// Two neighbours of a row in 32 bits, with the range of floats and 8 bits of precision: the first is the upper half of a float (the nearest, ties to even), the second
    /// the nearest float whose lower half the first happens to be, so that it is read as it is. The outputs are the bits of a network whose weights were rounded so.
    /// </summary>
    BFloat16,

    /// <summary>
    /// IEEE 754 halves: 11 bits of precision for magnitudes from 2^-14 to 65504. Smaller ones become 0 or 2^-14, whichever is nearer, and greater ones 65504.
    /// The outputs are the bits of a network whose weights were rounded so (ties to even). A weight that is NaN is refused. Halves take longer to widen
    /// than <see cref="BFloat16"/>: they pay where memory is what bounds.
    /// </summary>
    Float16,

    /// <summary>
    /// Whole numbers from -127 to 127, times a scale for each row of a matrix: the greatest magnitude of its weights divided by 127. Vectors that they
    /// multiply become whole numbers too in each time step, of up to 16 bits, times a scale for each vector, so that sums are exact. A row with a weight that
    /// is not finite gives NaN, and so does a vector with an element that is not.
    /// </summary>
    Int8,
}
