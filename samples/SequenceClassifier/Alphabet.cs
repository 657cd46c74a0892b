/// <summary>Letters as numbers.</summary>
public static class Alphabet
{
    /// <summary>How many numbers there are: one for each known letter, and the last for all others.</summary>
    public const int Size = 63;

    private const string Letters = "abcdefghijklmnopqrstuvwxyzßàáâãäåæçèéêëìíîïñòóôõöøùúûüąćęłńśźż";

    /// <summary>A letter's number, from 0.</summary>
    public static int IndexOf(char letter) => Letters.IndexOf(letter) is >= 0 and int index ? index : Size - 1;
}
