using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Recurrent.Bench.Measuring;
using Recurrent.Bench.Peers;
using Recurrent.Tests.Training.Optimizers;
using Recurrent.Training;

namespace Recurrent.Bench.Optimizers;

/// <summary>Our optimisers beside libtorch's: a hundred steps on the same gradients, and the time of a step on as many parameters as an LSTM(128, 256) has.</summary>
public static class OptimizerTable
{
    // Rounding of 100 steps, of parameters up to about 1.
    private const double MostDifference = 2e-6;

    private static readonly TensorInfo[] Lstm =
    [
        new("weight_ih_l0", new TensorShape(1024, 128), Offset: 0, default),
        new("weight_hh_l0", new TensorShape(1024, 256), Offset: 131_072, default),
        new("bias_ih_l0", new TensorShape(1024), Offset: 393_216, default),
        new("bias_hh_l0", new TensorShape(1024), Offset: 394_240, default),
    ];

    /// <summary>Prints one row for each case; Lion, which libtorch has not, is timed alone.</summary>
    /// <param name="figures">Where libtorch's parameters after steps 1, 2, 10 and 100 go as CSV, or <see langword="null"/>.</param>
    /// <param name="table">Receives the rows.</param>
    /// <param name="log">Receives remarks.</param>
    /// <returns>The program's exit code: 1 where a step differs by more than rounding, which the log tells.</returns>
    public static int Print(string? figures, TextWriter table, TextWriter log)
    {
        Core.Pin(log);
        bool hasTorch = LoadedPeers.All(log).Any(peer => peer.Name == TorchPeer.PeerName);
        List<string> recorded = ["case,step," + string.Join(',', Enumerable.Range(0, 8).Select(i => $"p{i}"))];
        bool isClose = true;
        table.WriteLine("optimizer,largest difference,ours us,libtorch us,ratio");
        foreach (OptimizerCase one in OptimizerCase.All.Append(new OptimizerCase("lion", new LionOptions(), 1e-3)))
        {
            bool isCompared = hasTorch && one.Options is not LionOptions;
            double? difference = isCompared ? Compare(one, recorded) : null;
            (double ours, double? torch) = Time(one, isCompared);
            table.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Name},{difference:0.0e+0},{ours / 1000:0.0},{torch / 1000:0.0},{torch / ours:0.00}"));
            if (difference > MostDifference)
            {
                log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Name}: a parameter differs by {difference:0.0e+0}; at most {MostDifference:0.0e+0} is wanted."));
                isClose = false;
            }
        }

        if (figures is not null && hasTorch)
        {
            File.WriteAllText(figures, string.Join('\n', recorded) + '\n');
        }

        return isClose ? 0 : 1;
    }

    /// <summary>The largest difference of a parameter after any of the steps.</summary>
    private static double Compare(OptimizerCase one, List<string> recorded)
    {
        float[] ours = OptimizerCase.Start();
        float[] theirs = new float[ours.Length];
        float[] gradients = new float[ours.Length];
        Optimizer optimizer = one.Options.Create(OptimizerCase.Parameters, one.LearningRate);
        using TorchOptimizer torch = new(one.Options, one.LearningRate, OptimizerCase.Parameters, ours);
        double largest = 0;
        for (int step = 1; step <= OptimizerCase.Steps; step++)
        {
            OptimizerCase.Gradients(step, gradients);
            torch.SetGradients(gradients);
            torch.Step();
            torch.CopyTo(theirs);
            optimizer.Step(gradients, ours);
            largest = Math.Max(largest, ours.Zip(theirs, (a, b) => Math.Abs((double)a - b)).Max());
            if (step is 1 or 2 or 10 or 100)
            {
                recorded.Add(string.Create(CultureInfo.InvariantCulture, $"{one.Name},{step},") + string.Join(',', theirs.Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
            }
        }

        return largest;
    }

    /// <summary>Nanoseconds of a step of ours, and of libtorch's.</summary>
    private static (double Ours, double? Torch) Time(OptimizerCase one, bool hasTorch)
    {
        int count = Lstm[^1].Offset + Lstm[^1].Length;
        float[] parameters = OptimizerCase.Start(count);
        float[] gradients = new float[count];
        OptimizerCase.Gradients(1, gradients);
        Optimizer optimizer = one.Options.Create(Lstm, 1e-6);
        List<Action<int>> works =
        [
            calls =>
            {
                for (int i = 0; i < calls; i++)
                {
                    optimizer.Step(gradients, parameters);
                }
            },
        ];
        if (!hasTorch)
        {
            return (Turns.Standard.OfLibraries.Medians(works)[0], null);
        }

        using TorchOptimizer torch = new(one.Options, 1e-6, Lstm, parameters);
        torch.SetGradients(gradients);
        works.Add(calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                torch.Step();
            }
        });
        double[] medians = Turns.Standard.OfLibraries.Medians(works);
        return (medians[0], medians[1]);
    }
}
