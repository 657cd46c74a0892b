using System;
using System.Globalization;
using Recurrent.Bench.Measuring;

namespace Recurrent.Bench.Stepper;

/// <summary>A network that is stepped.</summary>
/// <param name="Name">Cell, input size and hidden size, with commas.</param>
/// <param name="Round">Takes so many steps, and gives nanoseconds for each.</param>
/// <param name="Bits">What the first steps give, as a number.</param>
internal sealed record Subject(string Name, Func<int, double> Round, Func<uint> Bits)
{
    private const int FirstSteps = 100;

    public static Subject[] All() =>
    [
        Of(Lstm1x8.Create(1), "lstm,1,8"),
        Of(Lstm1x32.Create(1), "lstm,1,32"),
        Of(Lstm128x128.Create(1), "lstm,128,128"),
        Of(Gru32x32.Create(1), "gru,32,32"),
        Of(Lstm128x128Int8.Create(1), "lstm int8,128,128"),
        Of(Edge.Policy.Create(1), "edge policy,2,16"),
    ];

    private static Subject Of<TNetwork>(TNetwork network, string name)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        float[] input = new float[TNetwork.InputSize];
        AlignedFloats state = new(TNetwork.StateSize);
        AlignedFloats output = new(TNetwork.OutputSize);
        for (int i = 0; i < input.Length; i++)
        {
            input[i] = ((i * 37 % 101) - 50) / 50f;
        }

        return new Subject(name, Round, Bits);

        double Round(int steps)
        {
            double start = Clock.Nanoseconds();
            for (int i = 0; i < steps; i++)
            {
                network.Step(input, state.Span, output.Span);
            }

            return (Clock.Nanoseconds() - start) / steps;
        }

        uint Bits()
        {
            state.Span.Clear();
            uint bits = 0;
            for (int i = 0; i < FirstSteps; i++)
            {
                network.Step(input, state.Span, output.Span);
                foreach (float value in output.Span)
                {
                    bits = unchecked((bits * 31) + BitConverter.SingleToUInt32Bits(value));
                }
            }

            return bits;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name},{Bits():x8}");
}
