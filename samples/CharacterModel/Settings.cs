using System;
using System.Globalization;

/// <summary>What the command line asks for.</summary>
public sealed record Settings
{
    /// <summary>What the words on the command line may be, for who is told that one is not.</summary>
    public const string Usage = """
        dotnet run -c Release --project samples/CharacterModel -- [options]
          --prompt TEXT       what the model goes on from; by default the beginning of a line
          --temperature T     below 1 it plays safe, above 1 it is daring, 0 takes what is likeliest: by default 0.8
          --top-k K           among how many characters it chooses: by default 20
          --length N          characters that it writes: by default 600
          --seed N            another number, another text
          --write             writes with the weights of the last training, and trains none
          --quick             a few chapters and epochs, to see it run
        """;

    public string Prompt { get; private init; } = "";

    public double Temperature { get; private init; } = 0.8;

    public int TopK { get; private init; } = 20;

    public int Length { get; private init; } = 600;

    public int Seed { get; private init; } = 1;

    public bool WriteOnly { get; private init; }

    public bool Quick { get; private init; }

    /// <summary>Reads a command line.</summary>
    /// <exception cref="FormatException">A word is no option, or what follows it is not what it wants.</exception>
    public static Settings Read(ReadOnlySpan<string> words)
    {
        Settings settings = new();
        while (!words.IsEmpty)
        {
            (settings, int read) = words switch
            {
                ["--write", ..] => (settings with { WriteOnly = true }, 1),
                ["--quick", ..] => (settings with { Quick = true }, 1),
                ["--prompt", string text, ..] => (settings with { Prompt = text }, 2),
                ["--temperature", string number, ..] => (settings with { Temperature = Number<double>(number, 0, 100) }, 2),
                ["--top-k", string number, ..] => (settings with { TopK = Number(number, 1, Alphabet.Count) }, 2),
                ["--length", string number, ..] => (settings with { Length = Number(number, 1, 1_000_000) }, 2),
                ["--seed", string number, ..] => (settings with { Seed = Number(number, 0, int.MaxValue) }, 2),
                _ => throw new FormatException($"'{string.Join(' ', words.ToArray())}' is not understood."),
            };
            words = words[read..];
        }

        return settings;
    }

    private static T Number<T>(string text, T least, T most)
        where T : struct, IComparable<T>, IParsable<T> =>
        T.TryParse(text, CultureInfo.InvariantCulture, out T number) && number.CompareTo(least) >= 0 && number.CompareTo(most) <= 0
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{text}' is given where a number from {least} to {most} is wanted."));
}
