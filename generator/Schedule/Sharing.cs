namespace Recurrent.Gen.Schedule;

/// <summary>
/// Which passes several threads may share. A time step that they share has them wait for each other a few times, some hundred nanoseconds each; so it must
/// take much longer than that, and have so many rows that tiles come out nearly even.
/// </summary>
public static class Sharing
{
    private const int LeastRows = 512;
    private const long LeastMultiplyAdds = 1 << 18;

    /// <summary>Floats that a thread keeps of a row at most for itself, which lie on its stack.</summary>
    public const int MostOwnFloats = 256;

    /// <summary>Whether it pays.</summary>
    /// <param name="rows">Rows of the widest loop.</param>
    /// <param name="multiplyAdds">Multiply-adds with weights that a time step takes.</param>
    public static bool Pays(int rows, long multiplyAdds) => rows >= LeastRows && multiplyAdds >= LeastMultiplyAdds;
}
