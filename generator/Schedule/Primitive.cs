namespace Recurrent.Gen.Schedule;

/// <summary>
/// What every instruction set can do with a vector of floats. Each is exactly rounded (IEEE 754), so that a formula over primitives gives
/// the same bits wherever it runs.
/// </summary>
public enum Primitive
{
    Load,
    LoadPartial,
    Store,
    StorePartial,

    /// <summary>Every lane gets the float at an address.</summary>
    Splat,

    /// <summary>Every lane gets a number.</summary>
    Number,

    Add,
    Subtract,
    Multiply,
    Divide,

    /// <summary>A B + C with one rounding.</summary>
    MultiplyAdd,

    /// <summary>C - A B with one rounding.</summary>
    NegateMultiplyAdd,

    /// <summary>B where A is not greater: a NaN in B stays.</summary>
    Max,

    /// <summary>-|A|</summary>
    NegateAbs,

    /// <summary>The magnitude of A with the sign of B.</summary>
    CopySign,

    /// <summary>A times 2 to the whole number B, for B from -151 to 256.</summary>
    Scale,

    /// <summary>C where A is less than B, else D.</summary>
    SelectLess,
}
