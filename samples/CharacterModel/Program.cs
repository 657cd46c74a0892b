using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

const int LongestContext = 6;
const int QuickChapters = 24;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Settings settings;
try
{
    settings = Settings.Read(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine($"{e.Message}\n{Settings.Usage}");
    return 1;
}

string weights = Path.Combine(AppContext.BaseDirectory, settings.Quick ? "speller-quick.safetensors" : "speller.safetensors");
if (settings.WriteOnly)
{
    if (!File.Exists(weights))
    {
        Console.Error.WriteLine($"There are no weights yet at {weights}: a run without --write trains them.");
        return 1;
    }

    using Speller trained = Speller.Load(weights);
    Console.WriteLine(new Author(trained, settings).Write(settings.Length));
    return 0;
}

long started = Stopwatch.GetTimestamp();
Corpus corpus = Corpus.Read(Path.Combine(AppContext.BaseDirectory, "pentateuch.txt"), settings.Quick ? QuickChapters : int.MaxValue);
Console.WriteLine($"Learning from {Corpus.Count(corpus.Training):N0} characters in {corpus.Training.Length} chapters; {Corpus.Count(corpus.HeldOut):N0} in {corpus.HeldOut.Length} chapters are held out");

using Speller speller = Speller.Create(seed: 1);
List<Lesson> lessons = new Training(speller, corpus, settings).Run();
speller.Save(weights);

// What counting comes to on the same text: nothing before a character, the one before, the two before, ...
double[] nGrams = [.. Enumerable.Range(0, LongestContext + 1).Select(order => new NGram(order, corpus.Training).BitsPerCharacter(corpus.HeldOut))];
string picture = Path.Combine(AppContext.BaseDirectory, "bits.png");
BitsPlot.Save(picture, lessons, nGrams);

foreach (Lesson lesson in lessons)
{
    Console.WriteLine($"Epoch {lesson.Epoch,2}, {lesson.HeldOutBits:F3} bits: {lesson.Written.ReplaceLineEndings(" / ")}");
}

Console.WriteLine();
Console.WriteLine(new Author(speller, settings).Write(settings.Length));
Console.WriteLine();
Console.WriteLine("Bits per character of the held-out chapters");
for (int order = 0; order < nGrams.Length; order++)
{
    Console.WriteLine($"  counting, {order} characters before   {nGrams[order]:F3}");
}

Console.WriteLine($"  LSTM, {Speller.ParameterCount:N0} weights           {lessons[^1].HeldOutBits:F3}");
Console.WriteLine($"Time     {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
Console.WriteLine($"Weights  {weights}");
Console.WriteLine($"Picture  {picture}");
return 0;
