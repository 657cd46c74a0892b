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
/// The gradient of a batch of sequences of 5, 3 and 7 time steps by every parameter, beside PyTorch's: LSTM and GRU of two layers in both directions, and an encoder
/// and a decoder of GRUs of two layers.
/// </summary>
/// <remarks>
/// PyTorch 2.10 gave the figures through TorchSharp 0.107, in double precision: modules of the names in the file, each sequence for itself, the mean of the three
/// losses, autograd. Number i of what is called n is s sin(0.7 i + (sum of n's letters) mod 97), rounded to a float: parameters with s = 0.5 under their names in
/// files, inputs with s = 1.5 as inputs0, inputs1, inputs2 (of a decoder: inputs10, ...), targets with s = 1 as targets0, .... The class at step i of sequence q is (3 i + q) mod 4.
/// </remarks>
public class TorchGradientTests
{
    private const double Tolerance = 1e-4;

    private static readonly int[] Lengths = [5, 3, 7];

    private static readonly ILookup<string, string[]> Figures = File.ReadLines(Path.Combine(Repository.Root, "tests", "Training", "Shapes", "torch-gradients.csv"))
        .Select(line => line.Split(','))
        .ToLookup(cells => cells[0]);

    [Theory]
    [InlineData("aligned")]
    [InlineData("many to one")]
    [InlineData("numbers")]
    [InlineData("ctc")]
    public void An_lstm_of_two_layers_in_both_directions(string task) => Check<TorchLstm>($"lstm {task}", task);

    [Theory]
    [InlineData("aligned")]
    [InlineData("many to one")]
    [InlineData("numbers")]
    [InlineData("ctc")]
    public void A_gru_of_two_layers_in_both_directions(string task) => Check<TorchGru>($"gru {task}", task);

    [Fact]
    public void An_encoder_and_a_decoder() => Check<EncoderDecoder<TorchReader, TorchWriter>>("pair", new CrossEntropyLoss(), i =>
        EncoderDecoder<TorchReader, TorchWriter>.Pair(Inputs(i, Lengths[i]), Inputs(i + 10, Lengths[i] + 1), Classes(i, Lengths[i] + 1)));

    private static void Check<T>(string name, string task)
        where T : class, ITrainableNetwork<T>
    {
        (Loss Loss, Func<int, TrainingSequence> Sequence) example = task switch
        {
            "aligned" => (new CrossEntropyLoss(), i => new(Inputs(i, Lengths[i]), Classes(i, Lengths[i]))),
            "many to one" => (new CrossEntropyLoss(), i => TrainingSequence.ManyToOne(Inputs(i, Lengths[i]), Classes(i, 1)[0])),
            "numbers" => (new MeanSquaredErrorLoss(), i => new(Inputs(i, Lengths[i]), Fill($"targets{i}", 4 * Lengths[i], 1))),
            _ => (new CtcLoss(), i => new(Inputs(i, Lengths[i]), new[] { 1, 3 })),
        };
        Check<T>(name, example.Loss, example.Sequence);
    }

    /// <summary>Takes one step of gradient descent, whose length divided by the learning rate is the gradient: a large rate, beside which the parameters' roundings are small.</summary>
    private static void Check<T>(string name, Loss loss, Func<int, TrainingSequence> sequence)
        where T : class, ITrainableNetwork<T>
    {
        float[] before = new float[T.ParameterCount];
        foreach (TensorInfo tensor in T.Parameters)
        {
            Fill(tensor.Name, tensor.Length, 0.5).CopyTo(before.AsSpan(tensor.Offset));
        }

        using T network = T.Create(before);
        TrainingOptions options = new() { Optimizer = new SgdOptions(), LearningRate = 16, ClipNorm = double.PositiveInfinity };
        double value = new Trainer<T>(network, loss, options).TrainBatch([.. Enumerable.Range(0, 3).Select(sequence)]);
        float[] after = new float[before.Length];
        network.CopyParametersTo(after);

        Dictionary<string, string> figures = Figures[name].ToDictionary(cells => cells[1], cells => cells[2]);
        figures.Count.ShouldBe(T.Parameters.Length + 1);
        value.ShouldBe(double.Parse(figures["loss"], CultureInfo.InvariantCulture), 1e-6);
        foreach (TensorInfo tensor in T.Parameters)
        {
            double[] wanted = Array.ConvertAll(figures[tensor.Name].Split(' '), number => double.Parse(number, CultureInfo.InvariantCulture));
            double largest = wanted.Max(Math.Abs);
            for (int i = 0; i < wanted.Length; i++)
            {
                int at = tensor.Offset + i;
                (((double)before[at] - after[at]) / 16).ShouldBe(wanted[i], (Tolerance * Math.Max(Math.Abs(wanted[i]), 0.1 * largest)) + 1e-12, $"{tensor.Name}[{i}]");
            }
        }
    }

    private static float[] Inputs(int sequence, int steps) => Fill($"inputs{sequence}", 3 * steps, 1.5);

    private static int[] Classes(int sequence, int steps) => [.. Enumerable.Range(0, steps).Select(i => ((3 * i) + sequence) % 4)];

    private static float[] Fill(string name, int count, double scale) =>
        [.. Enumerable.Range(0, count).Select(i => (float)(scale * Math.Sin((0.7 * i) + (name.Sum(letter => letter) % 97))))];
}
