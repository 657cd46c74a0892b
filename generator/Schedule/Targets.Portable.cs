using System.Collections.Generic;

namespace Recurrent.Gen.Schedule;

/// <summary>The rows for every processor.</summary>
public static partial class Targets
{
    private static Target Scalar() => new(
        "Scalar",
        Lanes: 1,
        Registers: 16,
        IsFused: false,
        "float",
        "int",
        static _ => "",
        new Dictionary<Primitive, string>
        {
            [Primitive.Load] = "*{0}",
            [Primitive.LoadWords] = "*(int*){0}",
            [Primitive.Store] = "*{0} = {1}",
            [Primitive.StoreFirst] = "*{0} = {1}",
            [Primitive.Splat] = "*{0}",
            [Primitive.Number] = "{0}",
            [Primitive.Add] = "{0} + {1}",
            [Primitive.Subtract] = "{0} - {1}",
            [Primitive.Multiply] = "{0} * {1}",
            [Primitive.Divide] = "{0} / {1}",
            [Primitive.MultiplyAdd] = "float.MultiplyAddEstimate({0}, {1}, {2})",
            [Primitive.NegateMultiplyAdd] = "float.MultiplyAddEstimate(-{0}, {1}, {2})",
            [Primitive.Sqrt] = "MathF.Sqrt({0})",
            [Primitive.Min] = "{0} < {1} ? {0} : {1}",
            [Primitive.Max] = "{0} > {1} ? {0} : {1}",
            [Primitive.Abs] = "MathF.Abs({0})",
            [Primitive.Or] = "BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits({0}) | BitConverter.SingleToInt32Bits({1}))",
            [Primitive.CopySign] = "MathF.CopySign({0}, {1})",
            [Primitive.Scale] = "Scale({0}, {1})",
            [Primitive.AddExponent] = "BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits({0}) + (BitConverter.SingleToInt32Bits({1}) << 23))",
            [Primitive.Fraction] = "{1} - {2}",
            [Primitive.Segment] = "BitConverter.Int32BitsToSingle(int.Min(BitConverter.SingleToInt32Bits({0}), BitConverter.SingleToInt32Bits({1})) >> 22)",
            [Primitive.Lookup] = "((ReadOnlySpan<float>)[{1}])[BitConverter.SingleToInt32Bits({0}) & 7]",
            [Primitive.Exponent] = "Exponent({0})",
            [Primitive.Significand] = "Significand({0})",
            [Primitive.SelectLess] = "{0} < {1} ? {2} : {3}",
            [Primitive.WidenLowBFloat16] = "BitConverter.Int32BitsToSingle({0} << 16)",
            [Primitive.WidenHighBFloat16] = "BitConverter.Int32BitsToSingle({0})",
            [Primitive.WidenLowFloat16] = "ScalarMath.WidenHalf({0} << 16)",
            [Primitive.WidenHighFloat16] = "ScalarMath.WidenHalf({0})",
            [Primitive.LoadFirst] = "ScalarMath.Pair((sbyte*){0})",
            [Primitive.LoadSecond] = "ScalarMath.Pair((sbyte*){0} + 2)",
            [Primitive.SplatFirst] = "*(int*){0}",
            [Primitive.SplatSecond] = "((int*){0})[1]",
            [Primitive.AddProducts] = "ScalarMath.AddProducts({0}, {1}, {2})",
            [Primitive.StartSecond] = "0",
            [Primitive.JoinSums] = "{0} + {1}",
            [Primitive.ToFloat] = "(float){0}",
            [Primitive.WholeNumber] = "{0}",
            [Primitive.StoreWhole] = "StoreWhole({0}, {1})",
            [Primitive.FoldAdd] = "{0}",
            [Primitive.FoldMax] = "{0}",
        },
        new Dictionary<Primitive, string>
        {
            [Primitive.Scale] = """
                /// <summary>x 2^n, in two steps, so that neither power leaves the range of a float and only the last product rounds.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                private static float Scale(float x, float n)
                {
                    int whole = unchecked((int)n);
                    int half = whole >> 1;
                    return x * BitConverter.Int32BitsToSingle((half + 127) << 23) * BitConverter.Int32BitsToSingle((whole - half + 127) << 23);
                }
                """,
            [Primitive.WidenHighFloat16] = """
                /// <summary>The half in the word's upper half: exponent and significand where a float has them give 2^-112 of it.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                internal static float WidenHalf(int word) =>
                    BitConverter.Int32BitsToSingle((word >> 3) & unchecked((int)0x8FFFE000)) * BitConverter.Int32BitsToSingle(239 << 23);
                """,
            [Primitive.LoadFirst] = """
                /// <summary>Two whole weights, as a pair of 16 bits.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                internal static int Pair(sbyte* weights) => (weights[0] & 0xFFFF) | (weights[1] << 16);
                """,
            [Primitive.AddProducts] = """
                /// <summary>The sum and the products of two pairs of 16 bits.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                internal static int AddProducts(int a, int b, int sum) => unchecked(sum + ((short)a * (short)b) + ((a >> 16) * (b >> 16)));
                """,
            [Primitive.StoreWhole] = """
                /// <summary>Writes the nearest whole number.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                private static void StoreWhole(short* whole, float x) => *whole = unchecked((short)(int)MathF.Round(x));
                """,
            [Primitive.Exponent] = """
                /// <summary>The whole number n for which x 2^-n is in [sqrt(1/2), sqrt(2)): sqrt(1/2) has the bits 0x3F3504F3.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                private static float Exponent(float x) => unchecked(BitConverter.SingleToInt32Bits(x) - 0x3F3504F3) >> 23;
                """,
            [Primitive.Significand] = """
                /// <summary>x 2^-n in [sqrt(1/2), sqrt(2)).</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                private static float Significand(float x) =>
                    BitConverter.Int32BitsToSingle((unchecked(BitConverter.SingleToInt32Bits(x) - 0x3F3504F3) & 0x7FFFFF) + 0x3F3504F3);
                """,
        });

    private static Target Vector128() => new(
        "Vector128",
        Lanes: 4,
        Registers: 16,
        IsFused: false,
        "Vector128<float>",
        "Vector128<int>",
        static n => $"Vector128.Create({MaskLanes(n, 4)}).AsSingle()",
        new Dictionary<Primitive, string>
        {
            // Not Vector128.Load and Store: inlined, each brings locals, and the JIT inlines nothing more where a method has 512.
            [Primitive.Load] = "*(Vector128<float>*){0}",
            [Primitive.LoadWords] = "*(Vector128<int>*){0}",
            [Primitive.LoadPartial] = "global::Recurrent.PartialVector.Load({0}, {2})",
            [Primitive.Store] = "*(Vector128<float>*){0} = {1}",
            [Primitive.StorePartial] = "global::Recurrent.PartialVector.Store({0}, {3}, {2})",
            [Primitive.StoreFirst] = "*{0} = Vector128.ToScalar({1})",
            [Primitive.FirstLanes] = "Vector128.BitwiseAnd({0}, {1})",
            [Primitive.Splat] = "Vector128.Create(*{0})",
            [Primitive.LoadFour] = "*(Vector128<float>*){0}",
            [Primitive.SplatOfFour] = "Vector128.Shuffle({0}, Vector128.Create({1}))",
            [Primitive.Number] = "Vector128.Create({0})",
            [Primitive.Add] = "{0} + {1}",
            [Primitive.Subtract] = "{0} - {1}",
            [Primitive.Multiply] = "{0} * {1}",
            [Primitive.Divide] = "{0} / {1}",
            [Primitive.MultiplyAdd] = "Vector128.MultiplyAddEstimate({0}, {1}, {2})",
            [Primitive.NegateMultiplyAdd] = "Vector128.MultiplyAddEstimate(-{0}, {1}, {2})",
            [Primitive.Sqrt] = "Vector128.Sqrt({0})",

            // Processors differ in what their minimum and maximum make of a NaN and of two zeros.
            [Primitive.Min] = "Vector128.ConditionalSelect(Vector128.LessThan({0}, {1}), {0}, {1})",
            [Primitive.Max] = "Vector128.ConditionalSelect(Vector128.GreaterThan({0}, {1}), {0}, {1})",
            [Primitive.Abs] = "Vector128.Abs({0})",
            [Primitive.Or] = "Vector128.BitwiseOr({0}, {1})",
            [Primitive.CopySign] = "Vector128.CopySign({0}, {1})",
            [Primitive.Scale] = "Scale({0}, {1})",
            [Primitive.AddExponent] = "({0}.AsInt32() + ({1}.AsInt32() << 23)).AsSingle()",
            [Primitive.Fraction] = "{1} - {2}",
            [Primitive.Segment] = "Segment({0}, {1})",

            // A place with its highest bit set gives 0, on every processor. No method of its own: each brings locals, as above.
            [Primitive.Lookup] =
                "(Vector128.ShuffleNative({1}.AsByte(), {0}.AsByte()) | Vector128.ShuffleNative({2}.AsByte(), {0}.AsByte() ^ Vector128.Create((byte)0x90))).AsSingle()",
            [Primitive.Exponent] = "Exponent({0})",
            [Primitive.Significand] = "Significand({0})",
            [Primitive.SelectLess] = "Vector128.ConditionalSelect(Vector128.LessThan({0}, {1}), {2}, {3})",
            [Primitive.WidenLowBFloat16] = "({0} << 16).AsSingle()",
            [Primitive.WidenHighBFloat16] = "{0}.AsSingle()",
            [Primitive.WidenLowFloat16] = "Vector128Math.WidenHalf({0} << 16)",
            [Primitive.WidenHighFloat16] = "Vector128Math.WidenHalf({0})",
            [Primitive.LoadFirst] = "Vector128Math.TwoWords((sbyte*){0})",
            [Primitive.LoadSecond] = "Vector128Math.TwoWords((sbyte*){0} + 8)",
            [Primitive.SplatFirst] = "Vector128.Create(*(long*){0}).AsInt32()",
            [Primitive.SplatSecond] = "Vector128.Create(*(long*){0}).AsInt32()",
            [Primitive.AddProducts] = "Vector128Math.AddProducts({0}, {1}, {2})",
            [Primitive.StartSecond] = "Vector128<int>.Zero",
            [Primitive.JoinSums] = "Vector128Math.JoinSums({0}, {1})",
            [Primitive.ToFloat] = "Vector128.ConvertToSingle({0})",
            [Primitive.WholeNumber] = "Vector128.Create({0})",
            [Primitive.StoreWhole] = "StoreWhole({0}, {1})",
            [Primitive.FoldAdd] = "Vector128Math.FoldAdd({0})",
            [Primitive.FoldMax] = "Vector128Math.FoldMax({0})",
        },
        new Dictionary<Primitive, string>
        {
            [Primitive.Scale] = """
                /// <summary>x 2^n, in two steps, so that neither power leaves the range of a float and only the last product rounds.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                private static Vector128<float> Scale(Vector128<float> x, Vector128<float> n)
                {
                    Vector128<int> bias = Vector128.Create(127);
                    Vector128<int> whole = Vector128.ConvertToInt32Native(n);
                    Vector128<int> half = whole >> 1;
                    Vector128<float> first = ((half + bias) << 23).AsSingle();
                    Vector128<float> second = ((whole - half + bias) << 23).AsSingle();
                    return x * first * second;
                }
                """,
            [Primitive.WidenHighFloat16] = """
                /// <summary>The half in each word's upper half: exponent and significand where a float has them give 2^-112 of it.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                internal static Vector128<float> WidenHalf(Vector128<int> words) =>
                    ((words >> 3) & Vector128.Create(unchecked((int)0x8FFFE000))).AsSingle() * Vector128.Create(239 << 23).AsSingle();
                """,
            [Primitive.LoadFirst] = """
                /// <summary>Words of four whole weights of two rows, widened to 16 bits.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                internal static Vector128<int> TwoWords(sbyte* words) => global::System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported
                    ? global::System.Runtime.Intrinsics.Arm.AdvSimd.SignExtendWideningLower(global::System.Runtime.Intrinsics.Arm.AdvSimd.LoadVector64(words)).AsInt32()
                    : Vector128.WidenLower(Vector128.CreateScalar(*(long*)words).AsSByte()).AsInt32();
                """,
            [Primitive.AddProducts] = """
                /// <summary>The sums and the products of pairs of 16 bits.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                internal static Vector128<int> AddProducts(Vector128<int> weights, Vector128<int> whole, Vector128<int> sum)
                {
                    if (Sse2.IsSupported)
                    {
                        return sum + Sse2.MultiplyAddAdjacent(weights.AsInt16(), whole.AsInt16());
                    }

                    if (global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported)
                    {
                        return sum + global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.AddPairwise(
                            global::System.Runtime.Intrinsics.Arm.AdvSimd.MultiplyWideningLower(weights.AsInt16().GetLower(), whole.AsInt16().GetLower()),
                            global::System.Runtime.Intrinsics.Arm.AdvSimd.MultiplyWideningUpper(weights.AsInt16(), whole.AsInt16()));
                    }

                    return sum + (((weights << 16) >> 16) * ((whole << 16) >> 16)) + ((weights >> 16) * (whole >> 16));
                }
                """,
            [Primitive.JoinSums] = """
                /// <summary>The sum of each row: those of two terms are neighbours.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                internal static Vector128<int> JoinSums(Vector128<int> first, Vector128<int> second) => global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported
                    ? global::System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.AddPairwise(first, second)
                    : Vector128.Create(first[0] + first[1], first[2] + first[3], second[0] + second[1], second[2] + second[3]);
                """,
            [Primitive.StoreWhole] = """
                /// <summary>Writes the nearest whole numbers.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                private static void StoreWhole(short* whole, Vector128<float> x)
                {
                    Vector128<int> nearest = Vector128.ConvertToInt32Native(Vector128.Round(x));
                    *(long*)whole = Vector128.Narrow(nearest, nearest).AsInt64().ToScalar();
                }
                """,
            [Primitive.Segment] = """
                /// <summary>The places of the four bytes that stand for the segment, in the first half of a table; if it is in the other half, their highest bits are set too.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                private static Vector128<float> Segment(Vector128<float> x, Vector128<float> last)
                {
                    Vector128<int> places = (((Vector128.Min(x.AsInt32(), last.AsInt32()) >> 22) & Vector128.Create(7)) * 0x04040404) + Vector128.Create(0x03020100);
                    return (places | ((places & Vector128.Create(0x10101010)) << 3)).AsSingle();
                }
                """,
            [Primitive.Exponent] = """
                /// <summary>The whole number n for which x 2^-n is in [sqrt(1/2), sqrt(2)): sqrt(1/2) has the bits 0x3F3504F3.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                private static Vector128<float> Exponent(Vector128<float> x) =>
                    Vector128.ConvertToSingle((x.AsInt32() - Vector128.Create(0x3F3504F3)) >> 23);
                """,
            [Primitive.Significand] = """
                /// <summary>x 2^-n in [sqrt(1/2), sqrt(2)).</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                private static Vector128<float> Significand(Vector128<float> x)
                {
                    Vector128<int> least = Vector128.Create(0x3F3504F3);
                    return (((x.AsInt32() - least) & Vector128.Create(0x7FFFFF)) + least).AsSingle();
                }
                """,
            [Primitive.FoldAdd] = """
                /// <summary>The sum of all lanes, halves added to halves, in every lane.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                internal static Vector128<float> FoldAdd(Vector128<float> x)
                {
                    Vector128<float> two = x + Vector128.Shuffle(x, Vector128.Create(2, 3, 0, 1));
                    return two + Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2));
                }
                """,
            [Primitive.FoldMax] = """
                /// <summary>The greatest lane, NaN where one is, in every lane.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                internal static Vector128<float> FoldMax(Vector128<float> x)
                {
                    Vector128<float> two = Greater(x, Vector128.Shuffle(x, Vector128.Create(2, 3, 0, 1)));
                    return Greater(two, Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2)));

                    // Each order of the operands gives the second one where one is NaN or both are zeros.
                    static Vector128<float> Greater(Vector128<float> a, Vector128<float> b) =>
                        Vector128.ConditionalSelect(Vector128.GreaterThan(a, b), a, b) | Vector128.ConditionalSelect(Vector128.GreaterThan(b, a), b, a);
                }
                """,
        });
}
