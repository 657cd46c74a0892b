using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Recurrent;

/// <summary>Reads and writes the first lanes of a vector, and nothing behind them, where the processor has no masks; for generated code.</summary>
/// <remarks>The number of lanes is a constant wherever they are called, so that what is left of each is two instructions or one.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class PartialVector
{
    /// <summary>Reads the first lanes; the others are 0.</summary>
    /// <param name="address">Where the first lane lies.</param>
    /// <param name="lanes">Lanes: 1, 2 or 3.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* address, int lanes) => lanes switch
    {
        1 => Vector128.CreateScalar(*address),
        2 => Vector128.CreateScalar(*(double*)address).AsSingle(),
        _ => Vector128.CreateScalar(*(double*)address).AsSingle().WithElement(2, address[2]),
    };

    /// <summary>Writes the first lanes.</summary>
    /// <param name="address">Where the first lane lies.</param>
    /// <param name="lanes">Lanes: 2 or 3.</param>
    /// <param name="vector">The vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* address, int lanes, Vector128<float> vector)
    {
        *(double*)address = vector.AsDouble().ToScalar();
        if (lanes == 3)
        {
            address[2] = vector.GetElement(2);
        }
    }
}
