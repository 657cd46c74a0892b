using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Recurrent.Bench.Compare;
using Recurrent.Bench.Peers;
using Recurrent.Tests.Training;
using Recurrent.Training;

namespace Recurrent.Bench.Curves;

/// <summary>The losses of a hundred steps of Adam beside those of libtorch, from the same weights on the same batches.</summary>
public static class CurveTable
{
    private const double MostDifference = 1e-3;

    /// <param name="figures">Where libtorch's losses go as CSV, or <see langword="null"/>.</param>
    /// <param name="table">Receives a row for each step.</param>
    /// <param name="log">Receives remarks, and the largest difference.</param>
    /// <returns>The program's exit code: 1 where a loss differs by more than a thousandth, or libtorch is not there.</returns>
    public static int Print(string? figures, TextWriter table, TextWriter log)
    {
        if (LoadedPeers.All(log).All(peer => peer.Name != TorchPeer.PeerName))
        {
            return 1;
        }

        (double[] Ours, double[] Torch) lstm = Train<Lstm8x32>();
        (double[] Ours, double[] Torch) gru = Train<Gru8x32>();
        table.WriteLine("step,lstm,lstm libtorch,gru,gru libtorch");
        for (int step = 0; step < LossCurve.Length; step++)
        {
            table.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step + 1},{lstm.Ours[step]:R},{lstm.Torch[step]:R},{gru.Ours[step]:R},{gru.Torch[step]:R}"));
        }

        if (figures is not null)
        {
            IEnumerable<string> rows = Enumerable.Range(0, LossCurve.Length).Select(step => string.Create(CultureInfo.InvariantCulture, $"{(float)lstm.Torch[step]:R},{(float)gru.Torch[step]:R}"));
            File.WriteAllText(figures, string.Join('\n', rows.Prepend("lstm,gru")) + '\n');
        }

        double largest = new[] { lstm, gru }.Max(curves => curves.Ours.Zip(curves.Torch, (ours, torch) => Math.Abs(ours - torch) / torch).Max());
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"largest relative difference of a loss: {largest:0.0e+0}; at most {MostDifference:0.0e+0} is wanted"));
        return largest <= MostDifference ? 0 : 1;
    }

    private static (double[] Ours, double[] Torch) Train<TNetwork>()
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        using TNetwork network = TNetwork.Create(LossCurve.Parameters(TNetwork.ParameterCount));
        using TorchCurve torch = new(Layer.Of(network));
        Trainer<TNetwork> trainer = new(
            network, new MeanSquaredErrorLoss(), new TrainingOptions { LearningRate = LossCurve.LearningRate, ClipNorm = LossCurve.ClipNorm });
        double[] ours = new double[LossCurve.Length];
        double[] theirs = new double[LossCurve.Length];
        for (int step = 0; step < LossCurve.Length; step++)
        {
            float[] inputs = LossCurve.Inputs(step);
            float[] targets = LossCurve.Targets(step);
            ours[step] = trainer.TrainBatch([
                .. Enumerable.Range(0, LossCurve.BatchSize).Select(i => new TrainingSequence(Part(inputs, i), Part(targets, i)))]);
            theirs[step] = torch.TrainBatch(inputs, targets);
        }

        return (ours, theirs);
    }

    private static ReadOnlyMemory<float> Part(float[] values, int sequence)
    {
        int length = values.Length / LossCurve.BatchSize;
        return values.AsMemory(sequence * length, length);
    }
}
