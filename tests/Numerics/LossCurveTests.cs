using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Recurrent.Tests.Training;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>
/// A hundred steps of Adam against those of libtorch 2.10. <c>curves.csv</c> was written by
/// <c>dotnet run -c Release --project bench -p:Torch=true -- curves --figures tests/Training/curves.csv</c>, which also compares both live.
/// </summary>
public class LossCurveTests
{
    private static readonly Lazy<Dictionary<string, CompiledNetwork>> Compiled = new(() => CompiledNetwork.Compile(
        [new("lstm", LossCurve.InputSize, "Recurrent.Lstm(32)"), new("gru", LossCurve.InputSize, "Recurrent.Gru(32)")]));

    [Theory]
    [InlineData("lstm", 0)]
    [InlineData("gru", 1)]
    public void Losses_follow_those_of_libtorch_within_a_thousandth(string name, int column)
    {
        double[] wanted = Recorded(column);
        NetworkClass network = Compiled.Value[name].Class;
        network.OutputSize.ShouldBe(LossCurve.HiddenSize);
        using NetworkTrainer trainer = network.Train(
            LossCurve.Parameters(network.ParameterCount), new TrainingOptions { LearningRate = LossCurve.LearningRate, ClipNorm = LossCurve.ClipNorm });

        for (int step = 0; step < LossCurve.Length; step++)
        {
            float[] inputs = LossCurve.Inputs(step);
            float[] targets = LossCurve.Targets(step);
            double loss = trainer.TrainBatch([.. Enumerable.Range(0, LossCurve.BatchSize).Select(i => new TrainingSequence(Part(inputs, i), Part(targets, i)))]);
            loss.ShouldBe(wanted[step], 1e-3 * wanted[step], $"step {step + 1}");
        }

        wanted[^1].ShouldBeLessThan(wanted[0] / 4);
    }

    private static ReadOnlyMemory<float> Part(float[] values, int sequence)
    {
        int length = values.Length / LossCurve.BatchSize;
        return values.AsMemory(sequence * length, length);
    }

    private static double[] Recorded(int column)
    {
        using StreamReader reader = new(typeof(LossCurveTests).Assembly.GetManifestResourceStream("curves.csv")!);
        double[] losses =
        [
            .. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => double.Parse(line.Split(',')[column], CultureInfo.InvariantCulture)),
        ];
        losses.Length.ShouldBe(LossCurve.Length);
        return losses;
    }
}
