using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Edge;
using Edge.Training;
using Recurrent;
using Spectre.Console;

const int Seed = 1;
const int Episodes = 1000;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string path = Path.GetFullPath(args is [string given] ? given : Path.Combine(AppContext.BaseDirectory, "policy.safetensors"));
long started = Stopwatch.GetTimestamp();

(Policy policy, Memoryless memoryless) = AnsiConsole.Progress().Start(context =>
    (Train<Policy>(context, "With memory"), Train<Memoryless>(context, "Without memory")));
policy.Save(path);

Console.WriteLine($"Time     {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
Console.WriteLine($"Weights  {path}");
Console.WriteLine($"{Episodes} episodes of {Episode.Steps} time steps that nobody was trained on: how long the pole stood on the mean, and how often to the end");
Print("Expert, who sees velocities", Score.Of(Episodes, () => (_, state) => Expert.Act(state)));
Print("GRU, with memory", ScoreOf(policy));
Print("Dense layers, without memory", ScoreOf(memoryless));

static TNetwork Train<TNetwork>(ProgressContext context, string name)
    where TNetwork : class, IStreamingNetwork<TNetwork>, ITrainableNetwork<TNetwork>
{
    ProgressTask task = context.AddTask(name, maxValue: 1);
    return Imitation.Train<TNetwork>(Seed, (share, loss) =>
    {
        task.Value = share;
        task.Description = FormattableString.Invariant($"{name}, loss {loss:F4}");
    });
}

static Score ScoreOf<TNetwork>(TNetwork network)
    where TNetwork : class, IStreamingNetwork<TNetwork>
    => Score.Of(Episodes, () =>
    {
        Controller<TNetwork> controller = new(network);
        return (frame, _) => controller.Act(frame);
    });

static void Print(string who, Score score) => Console.WriteLine($"{who,-28} {score.MeanSteps,6:F1} {score.Stood,5}");
