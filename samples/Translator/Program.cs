using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Translator = Recurrent.Training.EncoderDecoder<Reader, Writer>;

const int HeldOut = 100; // Numbers of each language that are never trained on.
const int MostMistakes = 5;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = Encoding.UTF8;
Settings settings = Settings.Read(args);
string weights = Path.Combine(AppContext.BaseDirectory, settings.IsQuick ? "translator-quick.safetensors" : "translator.safetensors");
if (settings.Words is not [] && File.Exists(weights))
{
    using Translator trained = Translator.Load(weights);
    return Translate(trained);
}

long started = Stopwatch.GetTimestamp();
string[] languages = settings.IsQuick ? ["de", "en", "fr"] : [.. Languages.Names.Keys];
(NumberWords[] numbers, NumberWords[] heldOut) = Languages.Draw(languages, settings.IsQuick ? 500 : 6000, HeldOut, seed: 1);
Console.WriteLine($"Learning from {numbers.Length:N0} numbers in {languages.Length} languages; {heldOut.Length:N0} numbers are held out, in all of them");

using Translator translator = Translator.Create(seed: 1);
List<Lesson> lessons = new Training(translator, numbers, heldOut).Run(settings.IsQuick ? 10 : 6);
translator.Save(weights);

Accuracy memory = Accuracy.Of(heldOut, new Memory(numbers).Read);
string picture = Path.Combine(AppContext.BaseDirectory, "accuracy.png");
AccuracyPlot.Save(picture, lessons, memory.All);

NumberReader reader = new(translator);
foreach (NumberWords number in heldOut.GroupBy(number => number.Language).Select(language => language.First()))
{
    Console.WriteLine($"{number.Words} -> {reader.Read(number.Words)}");
}

Console.WriteLine();
Console.WriteLine($"{"Right to the last digit",-24} {"Network",9} {"Memory",9}");
foreach (string language in languages)
{
    Console.WriteLine($"{Languages.Names[language],-24} {100 * lessons[^1].HeldOut.Languages[language],7:F1} % {100 * memory.Languages[language],7:F1} %");
}

Console.WriteLine($"{"All languages",-24} {100 * lessons[^1].HeldOut.All,7:F1} % {100 * memory.All,7:F1} %");
foreach (NumberWords number in heldOut.Where(number => reader.Read(number.Words) != $"{number.Number}").Take(MostMistakes))
{
    Console.WriteLine($"Wrong    {number.Words} -> {reader.Read(number.Words)}");
}

Console.WriteLine($"Time     {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
Console.WriteLine($"Weights  {weights}, {Translator.ParameterCount:N0} of them");
Console.WriteLine($"Picture  {picture}");
return Translate(translator);

int Translate(Translator network)
{
    NumberReader reader = new(network);
    try
    {
        foreach (string words in settings.Words)
        {
            Console.WriteLine($"{words} -> {reader.Read(words)}");
        }

        return 0;
    }
    catch (FormatException e)
    {
        Console.Error.WriteLine(e.Message);
        return 1;
    }
}
