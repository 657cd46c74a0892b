using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Recurrent.Bench.Peers;
using Recurrent.Tests.Training.Shapes;
using Recurrent.Training;

namespace Recurrent.Bench.Gradients;

/// <summary>Our gradients by parameters, inputs and initial states beside libtorch's, for every <see cref="TorchTask"/>.</summary>
internal static class GradientTable
{
    /// <param name="figures">Where libtorch's gradients go as CSV, or <see langword="null"/>.</param>
    /// <param name="table">Receives a row for each task and each kind of what is differentiated by.</param>
    /// <param name="log">Receives remarks.</param>
    /// <returns>The program's exit code: 1 where a gradient differs by more than is allowed, or libtorch is not there.</returns>
    public static int Print(string? figures, TextWriter table, TextWriter log)
    {
        if (LoadedPeers.All(log).All(peer => peer.Name != TorchPeer.PeerName))
        {
            return 1;
        }

        (string Name, Dictionary<string, double[]> Ours, Dictionary<string, double[]> Theirs)[] all =
        [
            .. TorchTask.All.Select(task => ($"lstm {task.Name}", task.Gradients<TorchLstm>(), TorchGradients.Of("lstm", task))),
            .. TorchTask.All.Select(task => ($"gru {task.Name}", task.Gradients<TorchGru>(), TorchGradients.Of("gru", task))),
            ("pair", TorchTask.Pair.Gradients<EncoderDecoder<TorchReader, TorchWriter>>(), TorchGradients.OfPair()),
        ];

        table.WriteLine("case,by,numbers,largest error");
        double largest = 0;
        foreach ((string name, Dictionary<string, double[]> ours, Dictionary<string, double[]> theirs) in all)
        {
            foreach (IGrouping<string, string> kind in theirs.Keys.GroupBy(Kind))
            {
                double error = kind.Max(key => TorchTask.Error(ours[key], theirs[key]));
                largest = Math.Max(largest, error);
                table.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name},{kind.Key},{kind.Sum(key => theirs[key].Length)},{error:0.0e+0}"));
            }
        }

        if (figures is not null)
        {
            IEnumerable<string> rows = all.SelectMany(one => one.Theirs.Select(pair =>
                $"{one.Name},{pair.Key},{string.Join(' ', pair.Value.Select(value => value.ToString(pair.Key == "loss" ? "R" : "G7", CultureInfo.InvariantCulture)))}"));
            File.WriteAllText(figures, string.Join('\n', rows) + '\n');
        }

        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"largest error of a gradient: {largest:0.0e+0}; at most {TorchTask.Tolerance:0.0e+0} is wanted"));
        return largest <= TorchTask.Tolerance ? 0 : 1;
    }

    private static string Kind(string name) =>
        name == "loss" ? "the loss itself" : name.Contains('.', StringComparison.Ordinal) ? "parameters" : name.TrimEnd([.. "0123456789"]) switch
        {
            "inputs" => "inputs",
            _ => "initial states",
        };
}
