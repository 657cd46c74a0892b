using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

/// <summary>How many numbers come out right to the last digit, in each language and in all.</summary>
public sealed record Accuracy(IReadOnlyDictionary<string, double> Languages, double All)
{
    public static Accuracy Of(IReadOnlyCollection<NumberWords> numbers, Func<NumberWords, string> read)
    {
        (string Language, bool IsRight)[] answers = [.. numbers.Select(number => (number.Language, read(number) == number.Number.ToString(CultureInfo.InvariantCulture)))];
        return new Accuracy(
            answers.GroupBy(answer => answer.Language).ToDictionary(language => language.Key, language => language.Average(answer => answer.IsRight ? 1.0 : 0)),
            answers.Average(answer => answer.IsRight ? 1.0 : 0));
    }
}
