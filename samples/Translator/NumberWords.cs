/// <summary>A number in the words of a language, by its name of two letters.</summary>
public sealed record NumberWords(string Language, int Number, string Words);
