using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Bench.Compare.Ours;

namespace Recurrent.Bench.Compare;

/// <summary>What is measured: a network, and what is done with it.</summary>
/// <param name="Mode">What is done.</param>
/// <param name="Network">The network.</param>
/// <param name="Steps">Time steps of a sequence; in <see cref="Mode.Step"/>, the inputs that take turns.</param>
/// <param name="Streams">Streams, or sequences of a batch.</param>
/// <param name="Threads">Threads that do it, each with a core.</param>
public sealed record Workload(Mode Mode, OurNetwork Network, int Steps, int Streams, int Threads = 1)
{
    /// <summary>Adam's, in training.</summary>
    public const double LearningRate = 0.001;

    /// <summary>Low enough for clipping to have something to do.</summary>
    public const double ClipNorm = 0.01;

    public Layer Layer => Network.Layer;

    /// <summary>[Streams, Steps, Input]</summary>
    public float[] Inputs { get; } = Numbers(seed: 1, Streams * Steps * Network.Layer.Input);

    /// <summary>[Streams, Steps, Hidden]: what training wants the outputs to be.</summary>
    public float[] Targets { get; } = Numbers(seed: 2, Mode == Mode.Train ? Streams * Steps * Network.Layer.Hidden : 0);

    /// <summary>How many of what times are given for one repetition does.</summary>
    public int Units => Mode switch
    {
        Mode.Run => Steps,
        Mode.Many => Streams,
        _ => 1,
    };

    public static IReadOnlyList<Workload> All() =>
    [
        .. OurNetworks.Inference.Select(network => new Workload(Mode.Step, network, Steps: 16, Streams: 1)),
        .. OurNetworks.Inference.Select(network => new Workload(Mode.Run, network, Steps: 256, Streams: 1)),
        .. OurNetworks.Large.Select(network => new Workload(Mode.Many, network, Steps: 1, Streams: 64)),
        .. OurNetworks.Training.Select(network => new Workload(Mode.Train, network, Steps: 64, Streams: network.Layer.Input == 8 ? 1 : 32)),
        .. OurNetworks.Training.Where(network => network.Layer.Input > 8).Select(network => new Workload(Mode.Train, network, Steps: 64, Streams: 32, Threads: 2)),
    ];

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name(Mode)} {Layer.Cell} ({Layer.Input}, {Layer.Hidden}){(Threads > 1 ? $" on {Threads} threads" : "")}");

    /// <summary>A mode's name in tables and files.</summary>
    public static string Name(Mode mode) => mode switch
    {
        Mode.Step => "step",
        Mode.Run => "run",
        Mode.Many => "many",
        _ => "train",
    };

    private static float[] Numbers(int seed, int count)
    {
        Random random = new(seed);
        float[] numbers = new float[count];
        foreach (ref float number in numbers.AsSpan())
        {
            number = (2 * random.NextSingle()) - 1;
        }

        return numbers;
    }
}
