using System;
using System.Linq;

namespace Recurrent.Tests.Numerics;

/// <summary>A compiled network with its equations, and with parameters, inputs and a state that are the same in every test.</summary>
public sealed class CompiledNetwork
{
    private readonly Lazy<ReferenceNetwork> _equations;

    public CompiledNetwork(NetworkDeclaration declaration, NetworkClass network)
    {
        Declaration = declaration;
        Class = network;
        _equations = new Lazy<ReferenceNetwork>(() => new ReferenceNetwork(network));
    }

    public NetworkDeclaration Declaration { get; }

    public NetworkClass Class { get; }

    /// <summary>The equations in double precision.</summary>
    public ReferenceNetwork Equations => _equations.Value;

    /// <summary>Parameters that take the cells through the whole range of their activations, and keep a state bounded.</summary>
    public float[] Parameters()
    {
        Random random = new(1);
        float[] parameters = new float[Class.ParameterCount];
        foreach (TensorInfo tensor in Class.Parameters)
        {
            double scale = tensor.Shape.Rank == 1 ? 0.5 : 1.5 / Math.Sqrt(tensor.Shape.Columns);
            foreach (ref float value in parameters.AsSpan(tensor.Offset, tensor.Length))
            {
                value = (float)(scale * ((2 * random.NextDouble()) - 1));
            }
        }

        return parameters;
    }

    /// <summary>Inputs of a sequence: indices where the first layer reads them, else numbers from -2 to 2.</summary>
    public float[] Inputs(int steps, int seed = 2)
    {
        Random random = new(seed);
        return Enumerable.Range(0, steps * Class.InputSize)
            .Select(_ => Equations.IndexCount is int count ? random.Next(count) : (float)((4 * random.NextDouble()) - 2))
            .ToArray();
    }

    /// <summary>A state in the middle of a stream: numbers from -1 to 1.</summary>
    public float[] State(int seed = 3) => Numbers(Class.StateSize, seed);

    /// <summary>Numbers from -1 to 1.</summary>
    public static float[] Numbers(int count, int seed)
    {
        Random random = new(seed);
        return Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray();
    }
}
