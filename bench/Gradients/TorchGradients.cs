using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Tests.Training.Shapes;
using TorchSharp;
using TorchSharp.Modules;

namespace Recurrent.Bench.Gradients;

/// <summary>libtorch's gradients of a <see cref="TorchTask"/>, by autograd in double precision, each sequence for itself.</summary>
internal static class TorchGradients
{
    private static readonly int[] Sequences = [.. Enumerable.Range(0, TorchTask.Lengths.Length)];

    /// <summary>Of a layer in both directions and a linear one.</summary>
    /// <param name="cell"><c>lstm</c> or <c>gru</c>.</param>
    /// <param name="task">One of <see cref="TorchTask.All"/>.</param>
    public static Dictionary<string, double[]> Of(string cell, TorchTask task)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using TorchLayer layer = new(cell + "0", isLstm: cell == "lstm", isBidirectional: true);
        using Linear linear = torch.nn.Linear(8, TorchTask.OutputSize, dtype: torch.float64);
        (string Name, torch.Tensor Tensor)[] parameters = [.. layer.Named, .. TorchParameters.Set(linear, "dense1")];
        torch.Tensor[] inputs = [.. Sequences.Select(i => Leaf(TorchTask.Inputs(i, TorchTask.Lengths[i]), TorchTask.Lengths[i], TorchTask.InputSize))];
        torch.Tensor[] states = [.. Sequences.Select(i => Leaf(TorchTask.State(i, layer.StateSize), layer.StateSize))];

        double loss = Backward(i => Loss(task.Name, i, linear.forward(layer.Run(inputs[i], states[i]).Outputs)));
        return Collect(loss, parameters, inputs.Select(input => Doubles(input.grad)), states);
    }

    /// <summary>Of an encoder and a decoder of GRUs.</summary>
    public static Dictionary<string, double[]> OfPair()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using TorchLayer encoder = new("encoder.gru0", isLstm: false, isBidirectional: false);
        using TorchLayer decoder = new("decoder.gru0", isLstm: false, isBidirectional: false);
        using Linear linear = torch.nn.Linear(4, TorchTask.OutputSize, dtype: torch.float64);
        (string Name, torch.Tensor Tensor)[] parameters = [.. encoder.Named, .. decoder.Named, .. TorchParameters.Set(linear, "decoder.dense1")];
        torch.Tensor[] sources = [.. Sequences.Select(i => Leaf(TorchTask.Inputs(i, TorchTask.Lengths[i]), TorchTask.Lengths[i], TorchTask.InputSize))];
        torch.Tensor[] targets = [.. Sequences.Select(i => Leaf(TorchTask.Inputs(i + 10, TorchTask.Lengths[i] + 1), TorchTask.Lengths[i] + 1, TorchTask.InputSize))];
        torch.Tensor[] states = [.. Sequences.Select(i => Leaf(TorchTask.State(i, encoder.StateSize), encoder.StateSize))];

        double loss = Backward(i => torch.nn.functional.cross_entropy(
            linear.forward(decoder.Run(targets[i], encoder.Run(sources[i], states[i]).State).Outputs), Classes(i, TorchTask.Lengths[i] + 1)));

        // To our pair both sequences are one, and a row's first number says whose it is: nothing depends on that.
        IEnumerable<double[]> inputs = Sequences.Select(i => Doubles(sources[i].grad).Concat(Doubles(targets[i].grad)).Chunk(TorchTask.InputSize).SelectMany(row => row.Prepend(0)).ToArray());
        return Collect(loss, parameters, inputs, states);
    }

    private static torch.Tensor Loss(string task, int sequence, torch.Tensor outputs) => task switch
    {
        "aligned" => torch.nn.functional.cross_entropy(outputs, Classes(sequence, TorchTask.Lengths[sequence])),
        "many to one" => torch.nn.functional.cross_entropy(outputs[^1].unsqueeze(0), Classes(sequence, 1)),
        "numbers" => torch.nn.functional.mse_loss(outputs, torch.tensor(TorchTask.Targets(sequence), outputs.shape, dtype: torch.float64)),
        "ctc" => torch.nn.functional.ctc_loss(
            torch.nn.functional.log_softmax(outputs, 1).unsqueeze(1),
            torch.tensor(Array.ConvertAll(TorchTask.Labels, label => (long)label), 1, TorchTask.Labels.Length),
            torch.tensor([(long)TorchTask.Lengths[sequence]]),
            torch.tensor([(long)TorchTask.Labels.Length])),
        _ => throw new ArgumentException($"libtorch's loss of the task {task} is not written here.", nameof(task)),
    };

    private static torch.Tensor Classes(int sequence, int steps) => torch.tensor(Array.ConvertAll(TorchTask.Classes(sequence, steps), index => (long)index));

    private static double Backward(Func<int, torch.Tensor> loss)
    {
        torch.Tensor mean = torch.stack(Sequences.Select(loss)).mean();
        mean.backward();
        return mean.item<double>();
    }

    private static Dictionary<string, double[]> Collect(double loss, (string Name, torch.Tensor Tensor)[] parameters, IEnumerable<double[]> inputs, torch.Tensor[] states) =>
        parameters.Select(parameter => (parameter.Name, Doubles(parameter.Tensor.grad)))
            .Concat(inputs.Select((gradients, i) => ($"inputs{i}", gradients)))
            .Concat(states.Select((state, i) => ($"states{i}", Doubles(state.grad))))
            .Prepend(("loss", [loss]))
            .ToDictionary(one => one.Item1, one => one.Item2);

    private static torch.Tensor Leaf(float[] values, params long[] shape) => torch.tensor(values, shape, dtype: torch.float64).detach().requires_grad_();

    private static double[] Doubles(torch.Tensor? gradient) => [.. gradient!.contiguous().data<double>()];
}
