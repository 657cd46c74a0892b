using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Training;

namespace Recurrent.Tests.Training.Shapes;

/// <summary>
/// A batch of sequences of 5, 3 and 7 time steps whose gradients are compared with libtorch's, and a shape of a task for it.
/// </summary>
/// <remarks>
/// Number i of what is called n is s sin(0.7 i + (sum of n's letters) mod 97), rounded to a float: parameters with s = 0.5 under their names in files, inputs with
/// s = 1.5 as inputs0, inputs1, inputs2 (of a decoder: inputs10, ...), initial states with s = 0.8 as states0, ..., targets with s = 1 as targets0, .... The class at
/// step i of sequence q is (3 i + q) mod 4.
/// </remarks>
/// <param name="Name">What figures call it.</param>
/// <param name="Loss">What is differentiated.</param>
/// <param name="Sequence">A sequence of the batch, without its initial state.</param>
internal sealed record TorchTask(string Name, Loss Loss, Func<int, TrainingSequence> Sequence)
{
    public const int InputSize = 3;
    public const int OutputSize = 4;
    public const double Tolerance = 1e-4;

    public static int[] Lengths { get; } = [5, 3, 7];

    /// <summary>The labels of every sequence where they are fewer than the time steps.</summary>
    public static int[] Labels { get; } = [1, 3];

    /// <summary>For a network that reads <see cref="InputSize"/> numbers and writes <see cref="OutputSize"/>.</summary>
    public static IReadOnlyList<TorchTask> All { get; } =
    [
        new("aligned", new CrossEntropyLoss(), i => new(Inputs(i, Lengths[i]), Classes(i, Lengths[i]))),
        new("many to one", new CrossEntropyLoss(), i => TrainingSequence.ManyToOne(Inputs(i, Lengths[i]), Classes(i, 1)[0])),
        new("numbers", new MeanSquaredErrorLoss(), i => new(Inputs(i, Lengths[i]), Targets(i))),
        new("ctc", new CtcLoss(), i => new(Inputs(i, Lengths[i]), Labels)),
    ];

    /// <summary>For an encoder and a decoder, which has one time step more.</summary>
    public static TorchTask Pair { get; } = new("pair", new CrossEntropyLoss(), i =>
        EncoderDecoder<TorchReader, TorchWriter>.Pair(Inputs(i, Lengths[i]), Inputs(i + 10, Lengths[i] + 1), Classes(i, Lengths[i] + 1)));

    public static float[] Inputs(int sequence, int steps) => Fill($"inputs{sequence}", InputSize * steps, 1.5);

    public static float[] Targets(int sequence) => Fill($"targets{sequence}", OutputSize * Lengths[sequence], 1);

    public static int[] Classes(int sequence, int steps) => [.. Enumerable.Range(0, steps).Select(i => ((3 * i) + sequence) % OutputSize)];

    public static float[] State(int sequence, int size) => Fill($"states{sequence}", size, 0.8);

    public static float[] Parameter(string name, int length) => Fill(name, length, 0.5);

    /// <summary>
    /// Our gradients of the mean loss, by every tensor under its name and by the inputs and the initial state of every sequence as inputs0, ..., states0, ...; and the loss itself, as loss.
    /// </summary>
    /// <typeparam name="T">The network.</typeparam>
    public Dictionary<string, double[]> Gradients<T>()
        where T : class, ITrainableNetwork<T>
    {
        float[] parameters = new float[T.ParameterCount];
        foreach (TensorInfo tensor in T.Parameters)
        {
            Parameter(tensor.Name, tensor.Length).CopyTo(parameters.AsSpan(tensor.Offset));
        }

        using T network = T.Create(parameters);
        TrainingSequence[] sequences = [.. Enumerable.Range(0, Lengths.Length).Select(Sequence)];
        float[] x = [.. sequences.SelectMany(sequence => sequence.Inputs.ToArray())];
        int[] lengths = [.. sequences.Select(sequence => sequence.Inputs.Length / T.InputSize)];
        int steps = lengths.Sum();
        float[] states = [.. Enumerable.Range(0, lengths.Length).SelectMany(i => State(i, T.StateSize))];
        float[] y = new float[steps * T.OutputSize];
        float[] dy = new float[y.Length];
        float[] tape = new float[T.TapeSize(steps)];
        network.ForwardMany(lengths, x, states, y, tape, seeds: []);
        double loss = 0;
        for (int i = 0, at = 0; i < lengths.Length; at += lengths[i++] * T.OutputSize)
        {
            Range outputs = at..(at + (lengths[i] * T.OutputSize));
            loss += Loss.Compute(y.AsSpan(outputs), lengths[i], sequences[i], dy.AsSpan(outputs)) / lengths.Length;
        }

        foreach (ref float gradient in dy.AsSpan())
        {
            gradient /= lengths.Length;
        }

        float[] byParameters = new float[parameters.Length];
        float[] byInputs = new float[x.Length];
        Array.Clear(states);
        network.BackwardMany(lengths, dy, states, tape, byParameters, byInputs);

        Dictionary<string, double[]> gradients = new() { ["loss"] = [loss] };
        foreach (TensorInfo tensor in T.Parameters)
        {
            gradients[tensor.Name] = Doubles(byParameters, tensor.Offset, tensor.Length);
        }

        for (int i = 0, at = 0; i < lengths.Length; at += lengths[i++] * T.InputSize)
        {
            gradients[$"inputs{i}"] = Doubles(byInputs, at, lengths[i] * T.InputSize);
            gradients[$"states{i}"] = Doubles(states, i * T.StateSize, T.StateSize);
        }

        return gradients;
    }

    /// <summary>
    /// The largest error of gradients, relative to each wanted one, or to a tenth of the largest of the same name where that is more: beside that a float has no more digits.
    /// </summary>
    public static double Error(double[] gradients, double[] wanted)
    {
        double floor = Math.Max(0.1 * wanted.Max(Math.Abs), 1e-12);
        return gradients.Zip(wanted, (ours, theirs) => Math.Abs(ours - theirs) / Math.Max(Math.Abs(theirs), floor)).Max();
    }

    private static double[] Doubles(float[] values, int start, int length) => Array.ConvertAll(values[start..(start + length)], value => (double)value);

    private static float[] Fill(string name, int count, double scale) =>
        [.. Enumerable.Range(0, count).Select(i => (float)(scale * Math.Sin((0.7 * i) + (name.Sum(letter => letter) % 97))))];
}
