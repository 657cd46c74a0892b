using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Gen.Schedule;

/// <summary>The instruction sets that kernels are written for: one row each, from the plainest to the widest.</summary>
/// <remarks>
/// The rows spell platform intrinsics and no operators of <c>Vector256</c>: NativeAOT expands the former at full speed behind a run-time
/// check of the processor, the latter not.
/// </remarks>
public static class Targets
{
    public static IReadOnlyList<Target> All { get; } = [Scalar(), Avx2(), Avx512()];

    /// <summary>
    /// The row whose kernels a machine with an instruction set runs best: where a narrower vector holds all rows, the lanes of a wider one would idle,
    /// its padding would be read for nothing, and what it stores through a mask would be slow to load again.
    /// </summary>
    /// <param name="machine">The machine's instruction set.</param>
    /// <param name="rows">Rows of the widest loop.</param>
    public static Target Fit(Target machine, int rows) => All.FirstOrDefault(t => t.Lanes <= machine.Lanes && t.Lanes >= rows) ?? machine;

    private static Target Scalar() => new(
        "Scalar",
        Lanes: 1,
        Registers: 16,
        "float",
        static _ => "",
        new Dictionary<Primitive, string>
        {
            [Primitive.Load] = "*{0}",
            [Primitive.Store] = "*{0} = {1}",
            [Primitive.Splat] = "*{0}",
            [Primitive.Number] = "{0}",
            [Primitive.Add] = "{0} + {1}",
            [Primitive.Subtract] = "{0} - {1}",
            [Primitive.Multiply] = "{0} * {1}",
            [Primitive.Divide] = "{0} / {1}",
            [Primitive.MultiplyAdd] = "MathF.FusedMultiplyAdd({0}, {1}, {2})",
            [Primitive.NegateMultiplyAdd] = "MathF.FusedMultiplyAdd(-{0}, {1}, {2})",
            [Primitive.Max] = "{0} > {1} ? {0} : {1}",
            [Primitive.NegateAbs] = "-MathF.Abs({0})",
            [Primitive.CopySign] = "MathF.CopySign({0}, {1})",
            [Primitive.Scale] = "Scale({0}, {1})",
            [Primitive.SelectLess] = "{0} < {1} ? {2} : {3}",
        },
        """
        /// <summary>x 2^n, in two steps, so that neither power leaves the range of a float and only the last product rounds.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float Scale(float x, float n)
        {
            int whole = (int)n;
            int half = whole >> 1;
            return x * BitConverter.Int32BitsToSingle((half + 127) << 23) * BitConverter.Int32BitsToSingle((whole - half + 127) << 23);
        }
        """);

    private static Target Avx2() => new(
        "Avx2",
        Lanes: 8,
        Registers: 16,
        "Vector256<float>",
        static n => $"Vector256.Create({MaskLanes(n, 8)}).AsSingle()",
        new Dictionary<Primitive, string>
        {
            [Primitive.Load] = "Avx.LoadVector256({0})",
            [Primitive.LoadPartial] = "Avx.MaskLoad({0}, {1})",
            [Primitive.Store] = "Avx.Store({0}, {1})",
            [Primitive.StorePartial] = "Avx.MaskStore({0}, {1}, {2})",
            [Primitive.Splat] = "Avx.BroadcastScalarToVector256({0})",
            [Primitive.Number] = "Vector256.Create({0})",
            [Primitive.Add] = "Avx.Add({0}, {1})",
            [Primitive.Subtract] = "Avx.Subtract({0}, {1})",
            [Primitive.Multiply] = "Avx.Multiply({0}, {1})",
            [Primitive.Divide] = "Avx.Divide({0}, {1})",
            [Primitive.MultiplyAdd] = "Fma.MultiplyAdd({0}, {1}, {2})",
            [Primitive.NegateMultiplyAdd] = "Fma.MultiplyAddNegated({0}, {1}, {2})",
            [Primitive.Max] = "Avx.Max({0}, {1})",
            [Primitive.NegateAbs] = "Avx.Or(Vector256.Create(-0f), {0})",
            [Primitive.CopySign] = "Avx.Or(Avx.AndNot(Vector256.Create(-0f), {0}), Avx.And(Vector256.Create(-0f), {1}))",
            [Primitive.Scale] = "Scale({0}, {1})",
            [Primitive.SelectLess] = "Avx.BlendVariable({3}, {2}, Avx.CompareLessThan({0}, {1}))",
        },
        """
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
        """);

    private static Target Avx512() => new(
        "Avx512",
        Lanes: 16,
        Registers: 32,
        "Vector512<float>",
        static n => $"Vector512.Create({MaskLanes(n, 16)}).AsSingle()",
        new Dictionary<Primitive, string>
        {
            [Primitive.Load] = "Avx512F.LoadVector512({0})",
            [Primitive.LoadPartial] = "Avx512F.MaskLoad({0}, {1}, Vector512<float>.Zero)",
            [Primitive.Store] = "Avx512F.Store({0}, {1})",
            [Primitive.StorePartial] = "Avx512F.MaskStore({0}, {1}, {2})",
            [Primitive.Splat] = "Vector512.Create(*{0})",
            [Primitive.Number] = "Vector512.Create({0})",
            [Primitive.Add] = "Avx512F.Add({0}, {1})",
            [Primitive.Subtract] = "Avx512F.Subtract({0}, {1})",
            [Primitive.Multiply] = "Avx512F.Multiply({0}, {1})",
            [Primitive.Divide] = "Avx512F.Divide({0}, {1})",
            [Primitive.MultiplyAdd] = "Avx512F.FusedMultiplyAdd({0}, {1}, {2})",
            [Primitive.NegateMultiplyAdd] = "Avx512F.FusedMultiplyAddNegated({0}, {1}, {2})",
            [Primitive.Max] = "Avx512F.Max({0}, {1})",
            [Primitive.NegateAbs] = "Vector512.BitwiseOr(Vector512.Create(-0f), {0})",
            [Primitive.CopySign] = "Vector512.CopySign({0}, {1})",
            [Primitive.Scale] = "Avx512F.Scale({0}, {1})",
            [Primitive.SelectLess] = "Avx512F.BlendVariable({3}, {2}, Avx512F.CompareLessThan({0}, {1}))",
        },
        "");

    private static string MaskLanes(int set, int lanes) =>
        string.Join(", ", Enumerable.Range(0, lanes).Select(lane => lane < set ? "-1" : "0"));
}
