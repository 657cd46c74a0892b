using System;

/// <summary>What the command line asks for.</summary>
/// <param name="IsQuick">A few numbers and epochs, to see it run.</param>
/// <param name="Words">Number words to translate, if there are any.</param>
public sealed record Settings(bool IsQuick, string[] Words)
{
    /// <summary>Reads a command line: number words, each in quotation marks, and perhaps <c>--quick</c>.</summary>
    public static Settings Read(string[] words) => new(Array.IndexOf(words, "--quick") >= 0, Array.FindAll(words, word => word != "--quick"));
}
