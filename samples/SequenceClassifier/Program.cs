using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Spectre.Console;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
long started = Stopwatch.GetTimestamp();
string folder = AppContext.BaseDirectory;
int epochs = args is ["--quick"] ? 1 : 24;

// Families of words that are held out: nobody has learned a word that begins like them.
Words words = Words.Read(Path.Combine(folder, "words"));
(Word[] training, Word[] heldOut) = words.Split(heldOut: 0.2, seed: 1);
Console.WriteLine($"{training.Length} words of {Words.Languages} languages, of {training.Min(word => word.Letters.Length)} to {training.Max(word => word.Letters.Length)} letters; {heldOut.Length} others are held out");

// One network reads letter by letter; the other, of the same size, gets the same letters without their order.
using WordReader reader = WordReader.Create(seed: 1);
using LetterCounter counter = LetterCounter.Create(seed: 1);
Classifier<WordReader> byReading = new(reader, Inputs.Letters);
Classifier<LetterCounter> byCounting = new(counter, Inputs.Counts);
AnsiConsole.Progress().Start(context =>
{
    byReading.Train(training, epochs, context.AddTask("GRU"));
    byCounting.Train(training, epochs, context.AddTask("Letter counts"));
});

Trigrams trigrams = new(training);
int commonest = training.CountBy(word => word.Language).MaxBy(language => language.Value).Key;

ConfusionMatrix confusion = new(heldOut, byReading.Classify);
string picture = Path.Combine(folder, "confusion.png");
ConfusionPlot.Save(picture, confusion, words.Names, $"What languages {heldOut.Length:N0} words are taken for that the GRU has not learned, in % of each row");

Console.WriteLine($"Time     {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
Console.WriteLine($"Picture  {picture}");
Console.WriteLine($"{"Held-out words",-31}  {"Numbers learned",15}  {"Right",7}");
Row("GRU, letter by letter", WordReader.ParameterCount, confusion);
Row("Trigrams, naive Bayes", trigrams.Counts, new ConfusionMatrix(heldOut, trigrams.Classify));
Row("Letter counts, dense layers", LetterCounter.ParameterCount, new ConfusionMatrix(heldOut, byCounting.Classify));
Row($"Always {words.Names[commonest]}, the commonest", 0, new ConfusionMatrix(heldOut, _ => commonest));

(int language, int answer) = confusion.Worst;
Console.WriteLine($"The GRU takes {100 * confusion.Share(language, answer):F1} % of the {words.Names[language]} words for {words.Names[answer]}: no other two languages are confused so often.");

static void Row(string name, int numbers, ConfusionMatrix answers) => Console.WriteLine($"{name,-31}  {numbers,15:N0}  {100 * answers.Accuracy,5:F1} %");
