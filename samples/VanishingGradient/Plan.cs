/// <summary>How much is trained.</summary>
/// <param name="Lengths">Lengths of the memory tasks, from short to long.</param>
/// <param name="LengthSeeds">How often each cell learns them; an odd number has a median.</param>
/// <param name="StepsPerLength">About how many time steps a network may read before a length counts as too long.</param>
/// <param name="WordSizes">How many words there are to learn from.</param>
/// <param name="AddingSizes">How many adding problems there are to learn from.</param>
/// <param name="LittleSeeds">How often each cell learns from each of these.</param>
public sealed record Plan(int[] Lengths, int LengthSeeds, int StepsPerLength, int[] WordSizes, int[] AddingSizes, int LittleSeeds)
{
    /// <summary>The learning rate of all networks.</summary>
    public double Rate { get; init; } = 0.005;

    public static Plan Whole { get; } = new([10, 20, 50, 100, 200, 500], 3, 6_000_000, [100, 300, 1000], [100, 200, 500], 12);

    /// <summary>A few seconds, to see that it works.</summary>
    public static Plan Quick { get; } = new([10, 20, 50], 1, 1_000_000, [100], [100], 2);
}
