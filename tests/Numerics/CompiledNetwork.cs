using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Tests.Pipeline;

namespace Recurrent.Tests.Numerics;

/// <summary>A compiled network with its equations, and with parameters, inputs and a state that are the same in every test.</summary>
public sealed class CompiledNetwork
{
    /// <summary>Time steps over which a state has to stay moderate.</summary>
    private const int LongSequence = 70;

    private const double Moderate = 50;

    private static readonly Type[] Plain = [typeof(RnnAttribute), typeof(LstmAttribute), typeof(GruAttribute), typeof(DenseAttribute), typeof(EmbeddingAttribute)];

    private readonly Lazy<ReferenceNetwork> _equations;
    private readonly Lazy<float[]> _parameters;

    public CompiledNetwork(NetworkDeclaration declaration, NetworkClass network)
    {
        Declaration = declaration;
        Class = network;
        _equations = new Lazy<ReferenceNetwork>(() => new ReferenceNetwork(network));
        _parameters = new Lazy<float[]>(() => Enumerable.Range(0, 8).Select(halvings => Draw(Math.Pow(0.5, halvings))).FirstOrDefault(IsModerate) ?? Draw(1));
    }

    /// <summary>Networks of a project, by their names.</summary>
    public static Dictionary<string, CompiledNetwork> Of(Consumer consumer, IEnumerable<NetworkDeclaration> networks) => networks.ToDictionary(
        network => network.Name,
        network => new CompiledNetwork(network, NetworkClass.Of(consumer.Assembly.GetType(network.Name, throwOnError: true)!)));

    /// <summary>Compiles networks together.</summary>
    /// <param name="networks">The networks.</param>
    /// <param name="cells">What stands in front of them: the cells of their layers.</param>
    public static Dictionary<string, CompiledNetwork> Compile(IReadOnlyCollection<NetworkDeclaration> networks, string cells = "") =>
        Of(NetworkDeclaration.Build(networks, cells), networks);

    public NetworkDeclaration Declaration { get; }

    public NetworkClass Class { get; }

    /// <summary>
    /// How near floats come to the equations where numbers are below 1: a step adds up to 134 products of which each has a rounding error of 2^-24 of the
    /// partial sum, and the state carries errors from step to step. Cells that divide by sums and take exponentials of them have larger ones.
    /// </summary>
    public double Tolerance => Declaration.Layers.All(layer => !layer.Contains('=') && Plain.Any(plain => layer.StartsWith(plain.FullName + "(", StringComparison.Ordinal))) ? 2e-6 : 1e-5;

    /// <summary>The equations in double precision.</summary>
    public ReferenceNetwork Equations => _equations.Value;

    /// <summary>
    /// Parameters that take the cells through the whole range of their activations, and keep a state bounded: where equations can grow without bound,
    /// these are as small as it takes.
    /// </summary>
    public float[] Parameters() => [.. _parameters.Value];

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

    private float[] Draw(double factor)
    {
        Random random = new(1);
        float[] parameters = new float[Class.ParameterCount];
        foreach (TensorInfo tensor in Class.Parameters)
        {
            // What starts from 1 scales something, or is a variance: it stays above 0.
            double middle = tensor.Initialization.Initializer == Initializer.Ones ? 1 : 0;
            double scale = factor * (tensor.Shape.Rank == 1 ? 0.5 : 1.5 / Math.Sqrt(tensor.Shape.Columns));
            foreach (ref float value in parameters.AsSpan(tensor.Offset, tensor.Length))
            {
                value = (float)(middle + (scale * ((2 * random.NextDouble()) - 1)));
            }
        }

        return parameters;
    }

    private bool IsModerate(float[] parameters)
    {
        double[] state = Bits.ToDouble(State());
        double[] outputs = Equations.Bind(Bits.ToDouble(parameters)).Run(Class.InputSize, Bits.ToDouble(Inputs(LongSequence)), state);
        return outputs.Concat(state).All(value => Math.Abs(value) < Moderate);
    }

    /// <summary>Numbers from -1 to 1.</summary>
    public static float[] Numbers(int count, int seed)
    {
        Random random = new(seed);
        return Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray();
    }
}
