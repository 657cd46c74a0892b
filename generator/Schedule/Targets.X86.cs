using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Gen.Schedule;

/// <summary>The rows for x86-64 processors with fused multiply-add.</summary>
public static partial class Targets
{
    private static Target Avx2() => new(
        "Avx2",
        Lanes: 8,
        Registers: 16,
        IsFused: true,
        "Vector256<float>",
        "Vector256<int>",
        static n => $"Vector256.Create({MaskLanes(n, 8)}).AsSingle()",
        new Dictionary<Primitive, string>
        {
            [Primitive.Load] = "Avx.LoadVector256({0})",
            [Primitive.LoadPartial] = "Avx.MaskLoad({0}, {1})",
            [Primitive.LoadWords] = "Avx.LoadVector256((int*){0})",
            [Primitive.Store] = "Avx.Store({0}, {1})",
            [Primitive.StorePartial] = "Avx.MaskStore({0}, {1}, {2})",
            [Primitive.StoreFirst] = "Sse.StoreScalar({0}, Avx.ExtractVector128({1}, 0))",
            [Primitive.FirstLanes] = "Avx.And({0}, {1})",
            [Primitive.Splat] = "Avx.BroadcastScalarToVector256({0})",
            [Primitive.LoadFour] = "Avx.BroadcastVector128ToVector256({0})",
            [Primitive.SplatOfFour] = "Avx.Permute({0}, {2})",
            [Primitive.Number] = "Vector256.Create({0})",
            [Primitive.Add] = "Avx.Add({0}, {1})",
            [Primitive.Subtract] = "Avx.Subtract({0}, {1})",
            [Primitive.Multiply] = "Avx.Multiply({0}, {1})",
            [Primitive.Divide] = "Avx.Divide({0}, {1})",
            [Primitive.MultiplyAdd] = "Fma.MultiplyAdd({0}, {1}, {2})",
            [Primitive.NegateMultiplyAdd] = "Fma.MultiplyAddNegated({0}, {1}, {2})",
            [Primitive.Sqrt] = "Avx.Sqrt({0})",
            [Primitive.Min] = "Avx.Min({0}, {1})",
            [Primitive.Max] = "Avx.Max({0}, {1})",
            [Primitive.Abs] = "Avx.AndNot(Vector256.Create(-0f), {0})",
            [Primitive.Or] = "Avx.Or({0}, {1})",
            [Primitive.CopySign] = "Avx.Or(Avx.AndNot(Vector256.Create(-0f), {0}), Avx.And(Vector256.Create(-0f), {1}))",
            [Primitive.Scale] = "Scale({0}, {1})",
            [Primitive.AddExponent] = "Avx2.Add({0}.AsInt32(), Avx2.ShiftLeftLogical({1}.AsInt32(), 23)).AsSingle()",
            [Primitive.Fraction] = "Fraction({0}, {1}, {2})",
            [Primitive.Segment] = "Avx2.ShiftRightLogical(Avx2.Min({0}.AsInt32(), {1}.AsInt32()), 22).AsSingle()",
            [Primitive.Lookup] = "Avx2.PermuteVar8x32({1}, {0}.AsInt32())",
            [Primitive.Exponent] = "Exponent({0})",
            [Primitive.Significand] = "Significand({0})",
            [Primitive.SelectLess] = "Avx.BlendVariable({3}, {2}, Avx.CompareLessThan({0}, {1}))",
            [Primitive.WidenLowBFloat16] = "Avx2.ShiftLeftLogical({0}, 16).AsSingle()",
            [Primitive.WidenHighBFloat16] = "{0}.AsSingle()",
            [Primitive.WidenLowFloat16] = "Avx2Math.WidenLowHalf({0})",
            [Primitive.WidenHighFloat16] = "Avx2Math.WidenHalf({0})",
            [Primitive.LoadFirst] = "Avx2.ConvertToVector256Int16((sbyte*){0}).AsInt32()",
            [Primitive.LoadSecond] = "Avx2.ConvertToVector256Int16((sbyte*){0} + 16).AsInt32()",
            [Primitive.SplatFirst] = "Avx2.BroadcastScalarToVector256((long*){0}).AsInt32()",
            [Primitive.SplatSecond] = "Avx2.BroadcastScalarToVector256((long*){0}).AsInt32()",
            [Primitive.AddProducts] = "Avx2.Add({2}, Avx2.MultiplyAddAdjacent({0}.AsInt16(), {1}.AsInt16()))",
            [Primitive.StartSecond] = "Vector256<int>.Zero",
            [Primitive.JoinSums] = "Avx2.Permute4x64(Avx2.HorizontalAdd({0}, {1}).AsInt64(), 0xD8).AsInt32()",
            [Primitive.ToFloat] = "Avx.ConvertToVector256Single({0})",
            [Primitive.WholeNumber] = "Vector256.Create({0})",
            [Primitive.StoreWhole] = "StoreWhole({0}, {1})",
            [Primitive.FoldAdd] = "Avx2Math.FoldAdd({0})",
            [Primitive.FoldMax] = "Avx2Math.FoldMax({0})",
        },
        new Dictionary<Primitive, string>
        {
            [Primitive.Scale] = """
                /// <summary>x 2^n, in two steps, so that neither power leaves the range of a float and only the last product rounds.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                private static Vector256<float> Scale(Vector256<float> x, Vector256<float> n)
                {
                    Vector256<int> bias = Vector256.Create(127);
                    Vector256<int> whole = Avx.ConvertToVector256Int32(n);
                    Vector256<int> half = Avx2.ShiftRightArithmetic(whole, 1);
                    Vector256<int> rest = Avx2.Subtract(whole, half);
                    Vector256<float> first = Avx2.ShiftLeftLogical(Avx2.Add(half, bias), 23).AsSingle();
                    Vector256<float> second = Avx2.ShiftLeftLogical(Avx2.Add(rest, bias), 23).AsSingle();
                    return Avx.Multiply(Avx.Multiply(x, first), second);
                }
                """,
            [Primitive.Fraction] = """
                /// <summary>
                /// x less the nearest whole number: one instruction where the compiler knows that there is AVX-512, which NativeAOT would ask the processor at every use, or the difference of
                /// what x is between limits and that number.
                /// </summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                private static Vector256<float> Fraction(Vector256<float> x, Vector256<float> bounded, Vector256<float> whole) =>
                    (RuntimeFeature.IsDynamicCodeCompiled || Vector512.IsHardwareAccelerated) && Avx512DQ.VL.IsSupported ? Avx512DQ.VL.Reduce(x, 0) : Avx.Subtract(bounded, whole);
                """,
            [Primitive.WidenLowFloat16] = """
                /// <summary>The half in each word's lower half.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                internal static Vector256<float> WidenLowHalf(Vector256<int> words) => WidenHalf(Avx2.ShiftLeftLogical(words, 16));
                """,
            [Primitive.WidenHighFloat16] = WidenHalf("Vector256", "Avx2", "Avx"),
            [Primitive.StoreWhole] = """
                /// <summary>Writes the nearest whole numbers.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                private static void StoreWhole(short* whole, Vector256<float> x)
                {
                    Vector256<int> nearest = Avx.ConvertToVector256Int32(x);
                    Sse2.Store(whole, Sse2.PackSignedSaturate(nearest.GetLower(), nearest.GetUpper()));
                }
                """,
            [Primitive.Exponent] = Exponent("Vector256", "Avx2", "Avx.ConvertToVector256Single"),
            [Primitive.Significand] = Significand("Vector256", "Avx2"),
            [Primitive.FoldAdd] = """
                /// <summary>The sum of all lanes, halves added to halves, in every lane.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                internal static Vector256<float> FoldAdd(Vector256<float> x)
                {
                    Vector256<float> four = Avx.Add(x, Avx.Permute2x128(x, x, 0x01));
                    Vector256<float> two = Avx.Add(four, Avx.Permute(four, 0x4E));
                    return Avx.Add(two, Avx.Permute(two, 0xB1));
                }
                """,
            [Primitive.FoldMax] = """
                /// <summary>The greatest lane, NaN where one is, in every lane.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                internal static Vector256<float> FoldMax(Vector256<float> x)
                {
                    Vector256<float> four = Greater(x, Avx.Permute2x128(x, x, 0x01));
                    Vector256<float> two = Greater(four, Avx.Permute(four, 0x4E));
                    return Greater(two, Avx.Permute(two, 0xB1));

                    // The maximum is its second operand where one is NaN or both are zeros.
                    static Vector256<float> Greater(Vector256<float> a, Vector256<float> b) => Avx.Or(Avx.Max(a, b), Avx.Max(b, a));
                }
                """,
        });

    /// <summary>
    /// AVX2 with products of bytes (AVX-VNNI). Four bytes of a row's weights are multiplied with the lower bytes of whole numbers for the first sums, and with the upper bytes, to which 128 is added
    /// as they must not be negative, for the second ones.
    /// </summary>
    private static Target AvxVnni()
    {
        Target plain = Avx2();
        return plain with
        {
            Name = "AvxVnni",
            Spelling = With(plain.Spelling, new Dictionary<Primitive, string>
            {
                [Primitive.LoadFirst] = "Avx.LoadVector256((int*){0})",
                [Primitive.LoadSecond] = "{1}",
                [Primitive.SplatFirst] = "Avx2.BroadcastScalarToVector256((int*){0})",
                [Primitive.SplatSecond] = "Avx2.BroadcastScalarToVector256((int*){0} + 1)",
                [Primitive.AddProducts] = "AvxVnni.MultiplyWideningAndAdd({2}, {1}.AsByte(), {0}.AsSByte())",
                [Primitive.StartSecond] = "Avx.LoadVector256((int*){0})",
                [Primitive.JoinSums] = "Avx2.Add({0}, Avx2.ShiftLeftLogical({1}, 8))",
            }),
            // What kernels of both rows call has the name of the other's class in front of it, and stands there.
            Support = With(plain.Support.Where(row => !plain.Spelling[row.Key].Contains(plain.Functions)).ToDictionary(row => row.Key, row => row.Value), new Dictionary<Primitive, string>
            {
                [Primitive.StoreWhole] = """
                    /// <summary>Writes the nearest whole numbers: of each four the lower bytes, and then the upper ones, to which 128 is added.</summary>
                    [MethodImpl(MethodImplOptions.AggressiveInlining)]
                    private static void StoreWhole(short* whole, Vector256<float> x)
                    {
                        Vector256<int> nearest = Avx.ConvertToVector256Int32(x);
                        Vector128<short> words = Sse2.Xor(Sse2.PackSignedSaturate(nearest.GetLower(), nearest.GetUpper()), Vector128.Create(short.MinValue));
                        Vector128<byte> order = Vector128.Create((byte)0, 2, 4, 6, 1, 3, 5, 7, 8, 10, 12, 14, 9, 11, 13, 15);
                        Sse2.Store((byte*)whole, Ssse3.Shuffle(words.AsByte(), order));
                    }
                    """,
            }),
        };

        static Dictionary<Primitive, string> With(IReadOnlyDictionary<Primitive, string> rows, Dictionary<Primitive, string> others) =>
            rows.Keys.ToDictionary(primitive => primitive, primitive => others.TryGetValue(primitive, out string text) ? text : rows[primitive]);
    }

    private static Target Avx512() => new(
        "Avx512",
        Lanes: 16,
        Registers: 32,
        IsFused: true,
        "Vector512<float>",
        "Vector512<int>",
        static n => $"Vector512.Create({MaskLanes(n, 16)}).AsSingle()",
        new Dictionary<Primitive, string>
        {
            [Primitive.Load] = "Avx512F.LoadVector512({0})",
            [Primitive.LoadPartial] = "Avx512F.MaskLoad({0}, {1}, Vector512<float>.Zero)",
            [Primitive.LoadWords] = "Avx512F.LoadVector512((int*){0})",
            [Primitive.Store] = "Avx512F.Store({0}, {1})",
            [Primitive.StorePartial] = "Avx512F.MaskStore({0}, {1}, {2})",
            [Primitive.StoreFirst] = "Sse.StoreScalar({0}, Avx512F.ExtractVector128({1}, 0))",
            [Primitive.FirstLanes] = "Vector512.BitwiseAnd({0}, {1})",
            [Primitive.Splat] = "Vector512.Create(*{0})",
            [Primitive.LoadFour] = "Avx512F.BroadcastVector128ToVector512({0})",
            [Primitive.SplatOfFour] = "Avx512F.Permute4x32({0}, {2})",
            [Primitive.Number] = "Vector512.Create({0})",
            [Primitive.Add] = "Avx512F.Add({0}, {1})",
            [Primitive.Subtract] = "Avx512F.Subtract({0}, {1})",
            [Primitive.Multiply] = "Avx512F.Multiply({0}, {1})",
            [Primitive.Divide] = "Avx512F.Divide({0}, {1})",
            [Primitive.MultiplyAdd] = "Avx512F.FusedMultiplyAdd({0}, {1}, {2})",
            [Primitive.NegateMultiplyAdd] = "Avx512F.FusedMultiplyAddNegated({0}, {1}, {2})",
            [Primitive.Sqrt] = "Avx512F.Sqrt({0})",
            [Primitive.Min] = "Avx512F.Min({0}, {1})",
            [Primitive.Max] = "Avx512F.Max({0}, {1})",
            [Primitive.Abs] = "Vector512.Abs({0})",
            [Primitive.Or] = "Vector512.BitwiseOr({0}, {1})",
            [Primitive.CopySign] = "Vector512.CopySign({0}, {1})",
            [Primitive.Scale] = "Avx512F.Scale({0}, {1})",
            [Primitive.AddExponent] = "Avx512F.Add({0}.AsInt32(), Avx512F.ShiftLeftLogical({1}.AsInt32(), 23)).AsSingle()",
            [Primitive.Fraction] = "Avx512DQ.Reduce({0}, 0)",
            [Primitive.Segment] = "Avx512F.ShiftRightLogical(Avx512F.Min({0}.AsInt32(), {1}.AsInt32()), 22).AsSingle()",
            [Primitive.Lookup] = "Avx512F.PermuteVar16x32({1}, {0}.AsInt32())",
            [Primitive.Exponent] = "Exponent({0})",
            [Primitive.Significand] = "Significand({0})",
            [Primitive.SelectLess] = "Avx512F.BlendVariable({3}, {2}, Avx512F.CompareLessThan({0}, {1}))",
            [Primitive.WidenLowBFloat16] = "Avx512F.ShiftLeftLogical({0}, 16).AsSingle()",
            [Primitive.WidenHighBFloat16] = "{0}.AsSingle()",
            [Primitive.WidenLowFloat16] = "Avx512Math.WidenHalf(Avx512F.ShiftLeftLogical({0}, 16))",
            [Primitive.WidenHighFloat16] = "Avx512Math.WidenHalf({0})",
            [Primitive.LoadFirst] = "Avx512BW.ConvertToVector512Int16(Avx.LoadVector256((sbyte*){0})).AsInt32()",
            [Primitive.LoadSecond] = "Avx512BW.ConvertToVector512Int16(Avx.LoadVector256((sbyte*){0} + 32)).AsInt32()",
            [Primitive.SplatFirst] = "Vector512.Create(*(long*){0}).AsInt32()",
            [Primitive.SplatSecond] = "Vector512.Create(*(long*){0}).AsInt32()",
            [Primitive.AddProducts] = "Avx512F.Add({2}, Avx512BW.MultiplyAddAdjacent({0}.AsInt16(), {1}.AsInt16()))",
            [Primitive.StartSecond] = "Vector512<int>.Zero",
            [Primitive.JoinSums] = "Avx512Math.JoinSums({0}, {1})",
            [Primitive.ToFloat] = "Avx512F.ConvertToVector512Single({0})",
            [Primitive.WholeNumber] = "Vector512.Create({0})",
            [Primitive.StoreWhole] = "Avx.Store({0}, Avx512F.ConvertToVector256Int16WithSaturation(Avx512F.ConvertToVector512Int32({1})))",
            [Primitive.FoldAdd] = "Avx512Math.FoldAdd({0})",
            [Primitive.FoldMax] = "Avx512Math.FoldMax({0})",
        },
        new Dictionary<Primitive, string>
        {
            [Primitive.WidenHighFloat16] = WidenHalf("Vector512", "Avx512F", "Avx512F"),
            [Primitive.JoinSums] = """
                /// <summary>The sum of each row: those of two terms are neighbours.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                internal static Vector512<int> JoinSums(Vector512<int> first, Vector512<int> second) => Avx512F.Add(
                    Avx512F.PermuteVar16x32x2(first, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), second),
                    Avx512F.PermuteVar16x32x2(first, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31), second));
                """,
            [Primitive.Exponent] = Exponent("Vector512", "Avx512F", "Avx512F.ConvertToVector512Single"),
            [Primitive.Significand] = Significand("Vector512", "Avx512F"),
            [Primitive.FoldAdd] = """
                /// <summary>The sum of all lanes, halves added to halves, in every lane.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                internal static Vector512<float> FoldAdd(Vector512<float> x)
                {
                    Vector512<float> eight = Avx512F.Add(x, Avx512F.Shuffle4x128(x, x, 0x4E));
                    Vector512<float> four = Avx512F.Add(eight, Avx512F.Shuffle4x128(eight, eight, 0xB1));
                    Vector512<float> two = Avx512F.Add(four, Avx512F.Permute4x32(four, 0x4E));
                    return Avx512F.Add(two, Avx512F.Permute4x32(two, 0xB1));
                }
                """,
            [Primitive.FoldMax] = """
                /// <summary>The greatest lane, NaN where one is, in every lane.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                internal static Vector512<float> FoldMax(Vector512<float> x)
                {
                    Vector512<float> eight = Greater(x, Avx512F.Shuffle4x128(x, x, 0x4E));
                    Vector512<float> four = Greater(eight, Avx512F.Shuffle4x128(eight, eight, 0xB1));
                    Vector512<float> two = Greater(four, Avx512F.Permute4x32(four, 0x4E));
                    return Greater(two, Avx512F.Permute4x32(two, 0xB1));

                    // The maximum is its second operand where one is NaN or both are zeros.
                    static Vector512<float> Greater(Vector512<float> a, Vector512<float> b) => Vector512.BitwiseOr(Avx512F.Max(a, b), Avx512F.Max(b, a));
                }
                """,
        });

    private static string Exponent(string vector, string integers, string convert) =>
        $$"""
        /// <summary>The whole number n for which x 2^-n is in [sqrt(1/2), sqrt(2)): sqrt(1/2) has the bits 0x3F3504F3.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static {{vector}}<float> Exponent({{vector}}<float> x) =>
            {{convert}}({{integers}}.ShiftRightArithmetic({{integers}}.Subtract(x.AsInt32(), {{vector}}.Create(0x3F3504F3)), 23));
        """;

    private static string Significand(string vector, string integers) =>
        $$"""
        /// <summary>x 2^-n in [sqrt(1/2), sqrt(2)).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static {{vector}}<float> Significand({{vector}}<float> x)
        {
            {{vector}}<int> least = {{vector}}.Create(0x3F3504F3);
            return {{integers}}.Add({{integers}}.And({{integers}}.Subtract(x.AsInt32(), least), {{vector}}.Create(0x7FFFFF)), least).AsSingle();
        }
        """;

    private static string WidenHalf(string vector, string integers, string floats) =>
        $$"""
        /// <summary>The half in each word's upper half: exponent and significand where a float has them give 2^-112 of it.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static {{vector}}<float> WidenHalf({{vector}}<int> words)
        {
            {{vector}}<int> half = {{integers}}.And({{integers}}.ShiftRightArithmetic(words, 3), {{vector}}.Create(unchecked((int)0x8FFFE000)));
            return {{floats}}.Multiply(half.AsSingle(), {{vector}}.Create(239 << 23).AsSingle());
        }
        """;
}
