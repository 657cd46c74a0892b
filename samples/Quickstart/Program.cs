using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Numerics.Tensors;
using Recurrent.Training;
using Spectre.Console;

const int Horizon = 12;            // Months ahead. Over a year the solar cycle moves far enough for persistence to fall behind it.
const int FirstHeldOutYear = 1980; // The last three cycles of 11 years are never trained on.
const int Window = 240;            // Months of a training sequence: almost two cycles, to learn what one looks like.
const int Stride = 24;             // Months from the start of one training sequence to the start of the next.

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
long started = Stopwatch.GetTimestamp();
string folder = AppContext.BaseDirectory;

// The scale comes from the training years alone: that of the whole series would tell the network about the years to forecast.
Sunspots sunspots = Sunspots.Read(Path.Combine(folder, "sunspots.csv"));
int heldOut = Array.FindIndex(sunspots.Months, month => month.Year == FirstHeldOutYear);
Scale scale = Scale.Of(sunspots.Numbers.AsSpan(0, heldOut));
float[] series = Array.ConvertAll(sunspots.Numbers, scale.Apply);

// A sequence asks, at each of its months, for the number of a year later. The windows overlap, and are slices of one array. The last
// target of the last window lies before the first month that is held out.
List<TrainingSequence> sequences = [];
for (int start = 0; start + Window + Horizon <= heldOut; start += Stride)
{
    sequences.Add(new TrainingSequence(series.AsMemory(start, Window), series.AsMemory(start + Horizon, Window)));
}

// Training changes the network in place.
using SunspotForecaster trained = SunspotForecaster.Create(seed: 1);
TrainingOptions options = new() { Epochs = 20, BatchSize = 16, LearningRate = 0.01, Seed = 1 };
Trainer<SunspotForecaster> trainer = new(trained, new MeanSquaredErrorLoss(), options);
Console.WriteLine($"Training on {sequences.Count} sequences of {Window} months before {FirstHeldOutYear}");
double loss = AnsiConsole.Progress().Start(context => trainer.Train(sequences, new TrainingBar(context.AddTask("Training"))));
Console.WriteLine($"Mean squared error of the last epoch, in the scale of the network: {loss:F3}");

// The weights go through a file, as they would on their way into production.
string weights = Path.Combine(folder, "sunspots.safetensors");
trained.Save(weights);
using SunspotForecaster forecaster = SunspotForecaster.Load(weights);

// The stream: one month after another, with a state that the caller owns. What the network says in a month is about a year later.
float[] state = new float[SunspotForecaster.StateSize];
float[] output = new float[SunspotForecaster.OutputSize];
float[] forecast = new float[series.Length];
for (int month = 0; month + Horizon < series.Length; month++)
{
    forecaster.Step(series.AsSpan(month, 1), state, output);
    forecast[month + Horizon] = Math.Max(0, scale.Undo(output[0])); // There are no negative sunspots.
}

float[] actual = sunspots.Numbers[heldOut..];
float[] model = forecast[heldOut..];
float[] persistence = sunspots.Numbers[(heldOut - Horizon)..^Horizon];
string picture = Path.Combine(folder, "forecast.png");
ForecastPlot.Save(picture, sunspots.Months[heldOut..], actual, model, persistence);

// A step takes less time than reading the clock twice, so a hundred are timed at once.
const int Blocks = 1000;
const int StepsPerBlock = 100;
long[] ticks = new long[Blocks];
long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
for (int block = 0; block < Blocks; block++)
{
    long blockStarted = Stopwatch.GetTimestamp();
    for (int step = 0; step < StepsPerBlock; step++)
    {
        forecaster.Step(series.AsSpan(step, 1), state, output);
    }

    ticks[block] = Stopwatch.GetTimestamp() - blockStarted;
}

long allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
double stepNanoseconds = ticks.Order().ElementAt(Blocks / 2) * 1e9 / Stopwatch.Frequency / StepsPerBlock;

Console.WriteLine($"Time                {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
Console.WriteLine($"Weights             {weights}");
Console.WriteLine($"Picture             {picture}");
Console.WriteLine($"Held out            {sunspots.Months[heldOut]:yyyy-MM} to {sunspots.Months[^1]:yyyy-MM}, each month forecast {Horizon} months ahead");
Console.WriteLine($"RMSE of the model   {RootMeanSquareError(model, actual):F2}");
Console.WriteLine($"RMSE of persistence {RootMeanSquareError(persistence, actual):F2}");
Console.WriteLine($"Median step         {stepNanoseconds:F0} ns");
Console.WriteLine($"Allocated           {allocated} bytes by {Blocks * StepsPerBlock:N0} steps");

static float RootMeanSquareError(float[] forecast, float[] actual) =>
    TensorPrimitives.Distance<float>(forecast, actual) / MathF.Sqrt(actual.Length);
