using System;
using System.Linq;
using Recurrent.Tests.Numerics;
using Recurrent.Training;

namespace Recurrent.Tests.Training.Shapes;

/// <summary>A task's shape: a network, the inputs of its time steps, and how many of these are scored; and the network's equations in double precision.</summary>
internal abstract class TaskShape
{
    private const double Move = 1e-5;

    private readonly Lazy<(double[] Below, double[] Above)[]> _moved;

    protected TaskShape(string name, int scoredSteps)
    {
        (Name, ScoredSteps) = (name, scoredSteps);
        _moved = new(() => [.. Enumerable.Range(0, Parameters.Length + Inputs.Length + State.Length).Select(i => (Moved(i, -Move), Moved(i, Move)))]);
    }

    public string Name { get; }

    public int ScoredSteps { get; }

    public abstract float[] Inputs { get; }

    public abstract float[] State { get; }

    public abstract float[] Parameters { get; }

    /// <summary>Gradients by parameters, inputs and the initial state.</summary>
    public abstract (float[] Parameters, float[] Inputs, float[] State) Gradients(Loss loss, TrainingSequence sequence);

    /// <summary>Central differences of a function of the scored outputs, by parameters, inputs and the initial state.</summary>
    public (double[] Parameters, double[] Inputs, double[] State) Slopes(Func<double[], double> function)
    {
        double[] slopes = [.. _moved.Value.Select(outputs => (function(outputs.Above) - function(outputs.Below)) / (2 * Move))];
        return (slopes[..Parameters.Length], slopes[Parameters.Length..^State.Length], slopes[^State.Length..]);
    }

    /// <summary>What the equations give at the scored steps.</summary>
    protected abstract double[] Outputs(double[] parameters, double[] inputs, double[] state);

    private double[] Moved(int i, double move)
    {
        double[] numbers = [.. Parameters, .. Inputs, .. State];
        numbers[i] += move;
        return Outputs(numbers[..Parameters.Length], numbers[Parameters.Length..^State.Length], numbers[^State.Length..]);
    }
}

/// <summary>The shape of a task for a network of the class <typeparamref name="T"/>.</summary>
internal class TaskShape<T>(string name, int steps, int scoredSteps, float[]? inputs = null) : TaskShape(name, scoredSteps)
    where T : class, ITrainableNetwork<T>
{
    private readonly Lazy<ReferenceNetwork> _equations = new(() => new ReferenceNetwork(NetworkClass.Of(typeof(T))));

    public override float[] Inputs { get; } = inputs ?? Numbers.Random(steps * T.InputSize, seed: 11);

    public override float[] State { get; } = Numbers.Random(T.StateSize, seed: 12);

    public override float[] Parameters { get; } = [.. Numbers.Random(T.ParameterCount, seed: 13).Select(number => number / 2)];

    public override (float[] Parameters, float[] Inputs, float[] State) Gradients(Loss loss, TrainingSequence sequence)
    {
        using T network = T.Create(Parameters);
        return Gradients(network, [.. State], loss, sequence);
    }

    protected (float[] Parameters, float[] Inputs, float[] State) Gradients(T network, float[] state, Loss loss, TrainingSequence sequence)
    {
        float[] outputs = new float[steps * T.OutputSize];
        float[] outputGradients = new float[outputs.Length];
        float[] tape = new float[T.TapeSize(steps)];
        network.Forward(Inputs, state, outputs, tape);
        loss.Compute(outputs, steps, sequence, outputGradients);
        float[] parameterGradients = new float[T.ParameterCount];
        float[] stateGradients = new float[T.StateSize];
        float[] inputGradients = new float[Inputs.Length];
        network.Backward(outputGradients, stateGradients, tape, parameterGradients, inputGradients);
        return (parameterGradients, inputGradients, stateGradients);
    }

    protected override double[] Outputs(double[] parameters, double[] inputs, double[] state) =>
        _equations.Value.Bind(parameters).Run(T.InputSize, inputs, state)[^(ScoredSteps * T.OutputSize)..];
}

/// <summary>An encoder's steps and then a decoder's.</summary>
internal sealed class PairShape(string name, int encoderSteps, int decoderSteps)
    : TaskShape<EncoderDecoder<Reader, Writer>>(
        name,
        encoderSteps + decoderSteps,
        decoderSteps,
        EncoderDecoder<Reader, Writer>.Pair(
            Numbers.Random(encoderSteps * Reader.InputSize, seed: 11), Numbers.Random(decoderSteps * Writer.InputSize, seed: 10), new float[1]).Inputs.ToArray())
{
    private readonly ReferenceNetwork _reader = new(NetworkClass.Of(typeof(Reader)));
    private readonly ReferenceNetwork _writer = new(NetworkClass.Of(typeof(Writer)));

    protected override double[] Outputs(double[] parameters, double[] inputs, double[] state)
    {
        double[][] rows = [.. inputs.Chunk(EncoderDecoder<Reader, Writer>.InputSize)];
        double[] Read(Range steps, int size) => [.. rows[steps].SelectMany(row => row.Skip(1).Take(size))];
        _reader.Bind(parameters.AsSpan(0, Reader.ParameterCount)).Run(Reader.InputSize, Read(..encoderSteps, Reader.InputSize), state);
        return _writer.Bind(parameters.AsSpan(Reader.ParameterCount)).Run(Writer.InputSize, Read(encoderSteps.., Writer.InputSize), state);
    }
}

/// <summary>A sequence that begins in a state that is learned: among the parameters, so that nothing else is differentiated by.</summary>
internal sealed class LearnedShape(string name, int steps) : TaskShape<LearnedBeginning>(name, steps, steps)
{
    public override float[] State => [];

    public override (float[] Parameters, float[] Inputs, float[] State) Gradients(Loss loss, TrainingSequence sequence)
    {
        using LearnedBeginning network = LearnedBeginning.Create(Parameters);
        float[] state = new float[LearnedBeginning.StateSize];
        network.StartState(state);
        (float[] byParameters, float[] byInputs, float[] byState) = Gradients(network, state, loss, sequence);
        network.BackwardStart(byState, byParameters);
        return (byParameters, byInputs, []);
    }

    protected override double[] Outputs(double[] parameters, double[] inputs, double[] state)
    {
        double[] Learned(string tensor)
        {
            TensorInfo place = LearnedBeginning.Parameters.ToArray().Single(one => one.Name == tensor);
            return parameters[place.Offset..(place.Offset + place.Length)];
        }

        return base.Outputs(parameters, inputs, [.. Learned("lstm0.h0"), .. Learned("lstm0.c0")]);
    }
}
