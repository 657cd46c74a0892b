using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Tests.Pipeline;
using Shouldly;

namespace Recurrent.Tests.Conformance;

/// <summary>A network that was declared in source, and compiled, to run a model of somebody else.</summary>
public abstract class Model
{
    /// <summary>Compiles a declaration.</summary>
    /// <param name="attributes">The attributes of the class.</param>
    public static Model Of(string attributes)
    {
        string source = $$"""
            using Recurrent;

            {{attributes}}
            public sealed partial class Declared;
            """;
        Type type = Consumer.Build(source).Assembly.GetType("Declared", throwOnError: true)!;
        return (Model)Activator.CreateInstance(typeof(Model<>).MakeGenericType(type))!;
    }

    /// <summary>Runs a sequence from the initial state, time step after time step.</summary>
    public abstract float[] Step(IReadOnlyDictionary<string, Tensor> weights, InstructionSet instructionSet, float[] inputs);

    /// <summary>Runs a sequence from the initial state at once.</summary>
    public abstract float[] Run(IReadOnlyDictionary<string, Tensor> weights, InstructionSet instructionSet, float[] inputs);

    /// <summary>Runs sequences that lie beside each other, [step, stream, feature], time step after time step.</summary>
    public abstract float[] StepMany(IReadOnlyDictionary<string, Tensor> weights, InstructionSet instructionSet, int streams, float[] inputs);
}

/// <summary>A model that runs as <typeparamref name="T"/>.</summary>
public sealed class Model<T> : Model
    where T : class, IStreamingNetwork<T>
{
    public override float[] Step(IReadOnlyDictionary<string, Tensor> weights, InstructionSet instructionSet, float[] inputs)
    {
        using T network = T.Create(Flat(weights), instructionSet);
        int steps = inputs.Length / T.InputSize;
        float[] state = new float[T.StateSize];
        float[] outputs = new float[steps * T.OutputSize];
        for (int step = 0; step < steps; step++)
        {
            network.Step(inputs.AsSpan(step * T.InputSize, T.InputSize), state, outputs.AsSpan(step * T.OutputSize, T.OutputSize));
        }

        return outputs;
    }

    public override float[] Run(IReadOnlyDictionary<string, Tensor> weights, InstructionSet instructionSet, float[] inputs)
    {
        using T network = T.Create(Flat(weights), instructionSet);
        float[] outputs = new float[inputs.Length / T.InputSize * T.OutputSize];
        network.Run(inputs, new float[T.StateSize], outputs);
        return outputs;
    }

    public override float[] StepMany(
        IReadOnlyDictionary<string, Tensor> weights, InstructionSet instructionSet, int streams, float[] inputs)
    {
        using T network = T.Create(Flat(weights), instructionSet);
        int input = streams * T.InputSize;
        int output = streams * T.OutputSize;
        int steps = inputs.Length / input;
        float[] states = new float[streams * T.StateSize];
        float[] outputs = new float[steps * output];
        for (int step = 0; step < steps; step++)
        {
            network.StepMany(streams, inputs.AsSpan(step * input, input), states, outputs.AsSpan(step * output, output));
        }

        return outputs;
    }

    /// <summary>The flat parameters: every tensor of the model where the network wants it, none left over.</summary>
    private static float[] Flat(IReadOnlyDictionary<string, Tensor> weights)
    {
        TensorInfo[] wanted = T.Parameters.ToArray();
        weights.Keys.ShouldBe(wanted.Select(tensor => tensor.Name), ignoreOrder: true);
        float[] parameters = new float[T.ParameterCount];
        foreach (TensorInfo tensor in wanted)
        {
            Tensor given = weights[tensor.Name];
            (given.Rows, given.Columns).ShouldBe((tensor.Shape.Rows, tensor.Shape.Columns), tensor.Name);
            given.Values.CopyTo(parameters, tensor.Offset);
        }

        return parameters;
    }
}
