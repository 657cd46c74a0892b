using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Humanizer;

/// <summary>Numbers below a million, as Humanizer says them in twelve languages.</summary>
public static class Languages
{
    /// <summary>Numbers below this one are learned in every language: who has never heard of 17 cannot know it.</summary>
    private const int Basic = 100;

    private const int LeastDigits = 3;
    private const int MostDigits = 6;

    public static IReadOnlyDictionary<string, string> Names { get; } = new Dictionary<string, string>
    {
        ["de"] = "German", ["en"] = "English", ["es"] = "Spanish", ["fi"] = "Finnish", ["fr"] = "French", ["hu"] = "Hungarian",
        ["it"] = "Italian", ["nl"] = "Dutch", ["pl"] = "Polish", ["pt"] = "Portuguese", ["sv"] = "Swedish", ["tr"] = "Turkish",
    };

    /// <summary>Draws numbers, as likely of three digits as of six. Those held out are all different, and none of them is learned from, in any language.</summary>
    /// <param name="languages">The languages, by their names of two letters.</param>
    /// <param name="training">How many to learn from in each language, on top of those below 100.</param>
    /// <param name="heldOut">How many to hold out in each language.</param>
    /// <param name="seed">Determines which.</param>
    public static (NumberWords[] Training, NumberWords[] HeldOut) Draw(string[] languages, int training, int heldOut, int seed)
    {
        Random random = new(seed);
        HashSet<int> held = [];
        NumberWords[] toAsk = Say(heldOut, () => Next(held.Add));
        NumberWords[] basic = [.. languages.SelectMany(language => Enumerable.Range(0, Basic).Select(number => Languages.Say(language, number)))];
        NumberWords[] others = Say(training, () => Next(number => !held.Contains(number)));
        return ([.. basic, .. others], toAsk);

        NumberWords[] Say(int count, Func<int> next) => [.. languages.SelectMany(language => Enumerable.Range(0, count).Select(_ => Languages.Say(language, next())))];

        int Next(Predicate<int> isWanted)
        {
            int number;
            do
            {
                int digits = random.Next(LeastDigits, MostDigits + 1);
                number = random.Next((int)Math.Pow(10, digits - 1), (int)Math.Pow(10, digits));
            }
            while (!isWanted(number));

            return number;
        }
    }

    private static NumberWords Say(string language, int number) => new(language, number, number.ToWords(CultureInfo.GetCultureInfo(language)));
}
