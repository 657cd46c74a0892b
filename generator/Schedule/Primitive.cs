namespace Recurrent.Gen.Schedule;

/// <summary>
/// What every instruction set can do with a vector of floats. Each is exactly rounded (IEEE 754), so that a formula over primitives gives
/// the same bits wherever it runs with fused multiply-add.
/// </summary>
public enum Primitive
{
    Load,
    LoadPartial,
    /// <summary>As many words of 32 bits as a vector has floats.</summary>
    LoadWords,

    Store,
    StorePartial,

    /// <summary>Stores the first lane alone.</summary>
    StoreFirst,

    /// <summary>The lanes that a mask selects, 0 in the others.</summary>
    FirstLanes,

    /// <summary>Every lane gets the float at an address.</summary>
    Splat,

    /// <summary>Every four lanes get the four floats at an address; not used where a vector has one lane.</summary>
    LoadFour,

    /// <summary>Every lane gets one of the four floats that <see cref="LoadFour"/> loaded: argument 1 is its number, argument 2 that number in each of four pairs of bits.</summary>
    SplatOfFour,

    /// <summary>Every lane gets a number.</summary>
    Number,

    Add,
    Subtract,
    Multiply,
    Divide,

    /// <summary>A B + C with one rounding, or with one of the product too where the processor cannot fuse them.</summary>
    MultiplyAdd,

    /// <summary>C - A B, rounded like <see cref="MultiplyAdd"/>.</summary>
    NegateMultiplyAdd,

    /// <summary>The square root of A.</summary>
    Sqrt,

    /// <summary>B where A is not less: a NaN in B stays.</summary>
    Min,

    /// <summary>B where A is not greater: a NaN in B stays.</summary>
    Max,

    /// <summary>|A|</summary>
    Abs,

    /// <summary>The float whose bits are set in A or in B.</summary>
    Or,

    /// <summary>The magnitude of A with the sign of B.</summary>
    CopySign,

    /// <summary>A times 2 to the whole number B, for B from -151 to 256.</summary>
    Scale,

    /// <summary>A times 2 to the whole number n, where B is 1.5 2^23 + n: the lowest bits of B are n. Neither A nor the result is denormal, 0, infinite or NaN.</summary>
    AddExponent,

    /// <summary>
    /// A less the whole number nearest to it, ties to even: B - C, where B is A between limits that a function sets and C is that number. Beyond these it is anything from -1/2 to 1/2, or NaN
    /// if A is: an instruction that takes A itself, and so does not wait for the limits, may give another number than B - C.
    /// </summary>
    Fraction,

    /// <summary>
    /// Which of eight segments the positive float A is in, as <see cref="Lookup"/> reads it. A segment is half of what lies between two powers of two: the numbers that share a sign, an exponent and
    /// the highest bit of a significand. What is greater than B, or NaN, is in the segment of B.
    /// </summary>
    Segment,

    /// <summary>The number that table B has for the segment A.</summary>
    Lookup,

    /// <summary>The whole number n for which A 2^-n is in [sqrt(1/2), sqrt(2)), where A is positive, finite and not denormal.</summary>
    Exponent,

    /// <summary>A 2^-n, where n is the <see cref="Exponent"/> of A.</summary>
    Significand,

    /// <summary>C where A is less than B, else D.</summary>
    SelectLess,

    /// <summary>The float whose upper half is the lower half of each word.</summary>
    WidenLowBFloat16,

    /// <summary>Each word as a float: it is chosen for the lower half that it has.</summary>
    WidenHighBFloat16,

    /// <summary>The half in the lower half of each word, which is neither denormal nor infinite.</summary>
    WidenLowFloat16,

    /// <summary>The half in the upper half of each word.</summary>
    WidenHighFloat16,

    /// <summary>
    /// What <see cref="AddProducts"/> multiplies for the first sums, of words of four whole weights at an address, one for each lane. Either every word is cut in two, as the numbers that it
    /// multiplies then are; or half of the words are for the first sums, and the others for the second ones.
    /// </summary>
    LoadFirst,

    /// <summary>The same for the second sums, B being what was loaded for the first ones.</summary>
    LoadSecond,

    /// <summary>What <see cref="AddProducts"/> multiplies <see cref="LoadFirst"/> with, of the four whole numbers that <see cref="StoreWhole"/> wrote to an address.</summary>
    SplatFirst,

    /// <summary>The same for <see cref="LoadSecond"/>.</summary>
    SplatSecond,

    /// <summary>C and products of A and B, in 32 bits.</summary>
    AddProducts,

    /// <summary>What the second sums begin with, the first ones being 0 then: -128 times the sum of each row's weights lies at the address, for those that want it.</summary>
    StartSecond,

    /// <summary>Each row's sum of products, from the first sums A and the second sums B.</summary>
    JoinSums,

    /// <summary>The float that is nearest to a whole number of 32 bits, ties to even.</summary>
    ToFloat,

    /// <summary>Every word gets a whole number.</summary>
    WholeNumber,

    /// <summary>Writes each lane as a whole number: the nearest, ties to even, in 16 bits, or four numbers' lower bytes in front of their upper ones.</summary>
    StoreWhole,

    /// <summary>
    /// The sum of all lanes of A, in every lane: of n lanes, lane j + n / 2 is added to lane j, then lane j + n / 4, and so on, until one is left.
    /// </summary>
    FoldAdd,

    /// <summary>The greatest lane of A, NaN where one is, in every lane; of zeros, the negative one if there is one, so that their order does not matter.</summary>
    FoldMax,
}
