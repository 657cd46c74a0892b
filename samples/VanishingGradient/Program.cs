using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Recurrent;
using Recurrent.Training;
using Spectre.Console;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
long started = Stopwatch.GetTimestamp();
string folder = AppContext.BaseDirectory;
Plan plan = args switch
{
    ["--quick"] => Plan.Quick,
    ["--rate", string rate] => Plan.Whole with { Rate = double.Parse(rate, CultureInfo.InvariantCulture) },
    _ => Plan.Whole,
};

// 1. How long may a task be? Every network goes from length to length, until one is too long.
LengthContest contest = new(plan.Lengths, plan.LengthSeeds, plan.StepsPerLength, plan.Rate);
List<SolvedLengths> solved = [];
List<GradientReach> untrained = [];
List<GradientReach> trained = [];
AnsiConsole.Progress().Start(context =>
{
    Compare<AddingRnn, CopyRnn>("RNN", context);
    Compare<AddingLstm, CopyLstm>("LSTM", context);
    Compare<AddingGru, CopyGru>("GRU", context);
});

// 2. How far does the gradient reach, in networks that are new, and in those that the adding problem has trained?
const int Back = 100;
string reachCaption = $"Of the gradient one step back, {Back} steps back are left: {Left(untrained)} in new networks, {Left(trained)} in trained ones.\n"
    + "Gates by themselves keep no gradient: a new LSTM or GRU loses it as fast as an RNN does. But they can be trained to keep it.";
string reachPicture = Path.Combine(folder, "gradients.png");
ReachPlot.Save(reachPicture, untrained, trained, reachCaption);

string lengthCaption = $"Each network goes on from what solved the length before, and may read {plan.StepsPerLength / 1e6:F0} million time steps at each length; learning rate {plan.Rate}.\n"
    + $"Solved: {100 * LengthContest.Solved:F0} % of what guessing gets wrong is right. An RNN soon loses the gradient, and is stuck there; gates that keep it hardly notice length.";
string lengthPicture = Path.Combine(folder, "lengths.png");
LengthPlot.Save(lengthPicture, solved, plan.Lengths, lengthCaption);

// 3. Is a GRU better where there is little to learn from?
LittleData words = new(new WordLanguages(Words.Read(Path.Combine(folder, "words"))), plan.WordSizes, plan.LittleSeeds, plan.Rate);
LittleData adding = new(new AddingProblem(length: 20), plan.AddingSizes, plan.LittleSeeds, plan.Rate);
LittleScores[] wordScores = [];
LittleScores[] addingScores = [];
AnsiConsole.Progress().Start(context =>
{
    wordScores = words.EnterAll<WordRnn, WordLstm, WordGru>(context, "Few words");
    addingScores = adding.EnterAll<AddingRnn, AddingLstm, AddingGru>(context, "Few sums");
});
string wordPicture = Path.Combine(folder, "few-words.png");
string addingPicture = Path.Combine(folder, "few-sums.png");
LittlePlot.Save(wordPicture, wordScores, plan.WordSizes, "What language a word is from, learned from few words", "Right, of words that are held out", Verdict.Of(wordScores, plan.WordSizes));
LittlePlot.Save(addingPicture, addingScores, plan.AddingSizes, "The adding problem of 20 steps, learned from few sequences", "Score: 0 is guessing, 1 perfect", Verdict.Of(addingScores, plan.AddingSizes));

Console.WriteLine();
Console.WriteLine($"{"Longest that is solved",-28}{"RNN",18}{"LSTM",18}{"GRU",18}");
Console.WriteLine($"{"Adding problem",-28}{string.Concat(solved.Select(cell => $"{SolvedLengths.Text(cell.Adding),18}"))}");
Console.WriteLine($"{"Copy memory",-28}{string.Concat(solved.Select(cell => $"{SolvedLengths.Text(cell.Copying),18}"))}");
Console.WriteLine(lengthCaption);
Console.WriteLine();
Console.WriteLine(reachCaption);
Table("Few words: right", wordScores, plan.WordSizes);
Table("Few sums: score", addingScores, plan.AddingSizes);
Console.WriteLine();
Console.WriteLine($"Pictures  {reachPicture}");
Console.WriteLine($"          {lengthPicture}");
Console.WriteLine($"          {wordPicture}");
Console.WriteLine($"          {addingPicture}");
Console.WriteLine($"Time      {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");

void Compare<TAdding, TCopy>(string cell, ProgressContext context)
    where TAdding : class, IStreamingNetwork<TAdding>, ITrainableNetwork<TAdding>
    where TCopy : class, ITrainableNetwork<TCopy>
{
    TrainingSequence[] sequences = new AddingProblem(length: 200).HeldOut(20);
    using TAdding first = TAdding.Create(seed: 1);
    untrained.Add(GradientReach.Measure(cell, first, sequences));
    int[] sums = contest.Enter(first, length => new AddingProblem(length), context.AddTask($"{cell}, adding problem"));
    trained.Add(GradientReach.Measure(cell, first, sequences));

    using TCopy copier = TCopy.Create(seed: 1);
    solved.Add(new SolvedLengths(cell, sums, contest.Enter(copier, length => new CopyMemory(length), context.AddTask($"{cell}, copy memory"))));
}

static string Left(IEnumerable<GradientReach> reaches) => string.Join(", ", reaches.Select(reach => reach.Left[Back - 1] is >= 0.01 and double left ? $"{reach.Cell} {left:F2}" : $"{reach.Cell} {reach.Left[Back - 1]:0.0e0}"));

static void Table(string title, LittleScores[] results, int[] sizes)
{
    Console.WriteLine();
    Console.WriteLine($"{title,-28}{string.Concat(results.Select(result => $"{result.Cell,18}"))}");
    for (int size = 0; size < sizes.Length; size++)
    {
        Console.WriteLine($"{sizes[size],5} sequences{"",13}{string.Concat(results.Select(result => $"{$"{result.Mean(size):F3} ± {result.Deviation(size):F3}",18}"))}");
    }

    Console.WriteLine(Verdict.Of(results, sizes));
}
