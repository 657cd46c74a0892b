using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Tests.Numerics;
using Recurrent.Tests.Pipeline;
using Shouldly;

namespace Recurrent.Tests.Conformance;

/// <summary>A network that was declared in source, and compiled, to run a model of somebody else.</summary>
public sealed class Model
{
    private readonly NetworkClass _network;

    private Model(NetworkClass network) => _network = network;

    /// <summary>Compiles a declaration.</summary>
    /// <param name="attributes">The attributes of the class.</param>
    public static Model Of(string attributes) => Of([attributes])[0];

    /// <summary>Compiles declarations together.</summary>
    /// <param name="attributes">The attributes of each class.</param>
    public static IReadOnlyList<Model> Of(IReadOnlyList<string> attributes)
    {
        IEnumerable<string> classes = attributes.Select((of, i) => $"{of}\npublic sealed partial class Declared{i};\n");
        Consumer consumer = Consumer.Build("using Recurrent;\n\n" + string.Join('\n', classes));
        return attributes
            .Select((_, i) => new Model(NetworkClass.Of(consumer.Assembly.GetType($"Declared{i}", throwOnError: true)!)))
            .ToList();
    }

    /// <summary>Runs a sequence from the initial state, time step after time step.</summary>
    public float[] Step(IReadOnlyDictionary<string, Tensor> weights, InstructionSet instructionSet, float[] inputs)
    {
        using Network running = Create(weights, instructionSet);
        int steps = inputs.Length / _network.InputSize;
        float[] state = new float[_network.StateSize];
        float[] outputs = new float[steps * _network.OutputSize];
        for (int step = 0; step < steps; step++)
        {
            running.Step(
                inputs.AsSpan(step * _network.InputSize, _network.InputSize),
                state,
                outputs.AsSpan(step * _network.OutputSize, _network.OutputSize));
        }

        return outputs;
    }

    /// <summary>Runs sequences that lie beside each other, [step, stream, feature], time step after time step.</summary>
    public float[] StepMany(IReadOnlyDictionary<string, Tensor> weights, InstructionSet instructionSet, int streams, float[] inputs)
    {
        using Network running = Create(weights, instructionSet);
        int input = streams * _network.InputSize;
        int output = streams * _network.OutputSize;
        int steps = inputs.Length / input;
        float[] states = new float[streams * _network.StateSize];
        float[] outputs = new float[steps * output];
        for (int step = 0; step < steps; step++)
        {
            running.StepMany(streams, inputs.AsSpan(step * input, input), states, outputs.AsSpan(step * output, output));
        }

        return outputs;
    }

    /// <summary>Runs a sequence from the initial state at once.</summary>
    public float[] Run(IReadOnlyDictionary<string, Tensor> weights, InstructionSet instructionSet, float[] inputs) =>
        Run(weights, instructionSet, inputs, new float[_network.StateSize]);

    /// <summary>Runs a sequence at once.</summary>
    /// <param name="weights">Every tensor of the network by its name, and no other.</param>
    /// <param name="instructionSet">Whose kernels run.</param>
    /// <param name="inputs">[step, feature].</param>
    /// <param name="state">In, the state before the first step; out, behind the last.</param>
    /// <returns>[step, output].</returns>
    public float[] Run(IReadOnlyDictionary<string, Tensor> weights, InstructionSet instructionSet, float[] inputs, float[] state)
    {
        using Network running = Create(weights, instructionSet);
        float[] outputs = new float[inputs.Length / _network.InputSize * _network.OutputSize];
        running.Run(inputs, state, outputs);
        return outputs;
    }

    /// <summary>The network with every tensor of the model where it wants it, none left over.</summary>
    private Network Create(IReadOnlyDictionary<string, Tensor> weights, InstructionSet instructionSet)
    {
        TensorInfo[] wanted = _network.Parameters.ToArray();
        weights.Keys.ShouldBe(wanted.Select(tensor => tensor.Name), ignoreOrder: true);
        float[] parameters = new float[_network.ParameterCount];
        foreach (TensorInfo tensor in wanted)
        {
            Tensor given = weights[tensor.Name];
            (given.Rows, given.Columns).ShouldBe((tensor.Shape.Rows, tensor.Shape.Columns), tensor.Name);
            given.Values.CopyTo(parameters, tensor.Offset);
        }

        return _network.Create(parameters, instructionSet);
    }
}
