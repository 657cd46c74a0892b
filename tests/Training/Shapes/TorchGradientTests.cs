using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Recurrent.Tests.Conventions;
using Recurrent.Training;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Training.Shapes;

/// <summary>
/// Gradients by parameters, inputs and initial states of sequences of several lengths beside those of libtorch, which <c>bench -- gradients --figures</c> has written:
/// LSTM and GRU of two layers in both directions, and an encoder and a decoder of GRUs of two layers.
/// </summary>
public class TorchGradientTests
{
    private static readonly ILookup<string, string[]> Figures = File.ReadLines(Path.Combine(Repository.Root, "tests", "Training", "Shapes", "torch-gradients.csv"))
        .Select(line => line.Split(','))
        .ToLookup(cells => cells[0]);

    public static TheoryData<string> Tasks => [.. TorchTask.All.Select(task => task.Name)];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void An_lstm_of_two_layers_in_both_directions(string task) => Check<TorchLstm>($"lstm {task}", Named(task));

    [Theory]
    [MemberData(nameof(Tasks))]
    public void A_gru_of_two_layers_in_both_directions(string task) => Check<TorchGru>($"gru {task}", Named(task));

    [Fact]
    public void An_encoder_and_a_decoder() => Check<EncoderDecoder<TorchReader, TorchWriter>>("pair", TorchTask.Pair);

    private static TorchTask Named(string name) => TorchTask.All.Single(task => task.Name == name);

    private static void Check<T>(string name, TorchTask task)
        where T : class, ITrainableNetwork<T>
    {
        Dictionary<string, double[]> ours = task.Gradients<T>();
        Dictionary<string, double[]> theirs = Figures[name].ToDictionary(
            cells => cells[1], cells => Array.ConvertAll(cells[2].Split(' '), number => double.Parse(number, CultureInfo.InvariantCulture)));

        ours.Keys.ShouldBe(theirs.Keys, ignoreOrder: true);
        foreach ((string tensor, double[] wanted) in theirs)
        {
            ours[tensor].Length.ShouldBe(wanted.Length, tensor);
            wanted.Max(Math.Abs).ShouldBeGreaterThan(0, tensor);
            TorchTask.Error(ours[tensor], wanted).ShouldBeLessThan(TorchTask.Tolerance, tensor);
        }
    }
}
