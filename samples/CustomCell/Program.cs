using System;
using System.Globalization;
using System.IO;
using Recurrent.Training;
using Spectre.Console;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int epochs = args is ["--epochs", string number] ? int.Parse(number, CultureInfo.InvariantCulture) : 60;

// The same sequences for all, in the same order.
TrainingSequence[] training = SelectiveCopy.Draw(2000, seed: 1);
TrainingSequence[] held = SelectiveCopy.Draw(500, seed: 2);
Contest contest = new(training, held, epochs);
Console.WriteLine($"Training three networks for {epochs} epochs on {training.Length} sequences of {SelectiveCopy.Steps} steps");
Result[] results = AnsiConsole.Progress().Start(context =>
{
    ProgressTask rope = context.AddTask("Selective RoPE");
    ProgressTask gru = context.AddTask("GRU");
    ProgressTask lstm = context.AddTask("LSTM");
    return new[]
    {
        contest.Enter<RopeNetwork>("Selective RoPE", rope),
        contest.Enter<GruNetwork>("GRU", gru),
        contest.Enter<LstmNetwork>("LSTM", lstm),
    };
});

string picture = Path.Combine(AppContext.BaseDirectory, "loss.png");
LossPlot.Save(picture, results);

Console.WriteLine($"{"Cell",-14}  {"Parameters",10}  {"State",5}  {"Loss",6}  {"Right answers",13}  {"Time",7}");
foreach (Result result in results)
{
    Console.WriteLine($"{result.Name,-14}  {result.Parameters,10}  {result.State,5}  {result.Losses[^1],6:F3}  {100 * result.RightAnswers,11:F1} %  {result.Seconds,5:F1} s");
}

Console.WriteLine($"Guessing gives {100.0 / SelectiveCopy.Values:F1} %. All have about as many parameters, but not as much memory: the first one's state is two matrices.");
Console.WriteLine($"Picture  {picture}");
