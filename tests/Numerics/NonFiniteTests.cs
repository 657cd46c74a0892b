using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>NaN and infinity give what the equations give, in their own stream only.</summary>
public class NonFiniteTests
{
    private const int Streams = 5;
    private const int Bad = 2;

    public static TheoryData<string, InstructionSet, float> BadInputs
    {
        get
        {
            TheoryData<string, InstructionSet, float> rows = [];
            foreach (NetworkDeclaration network in Networks.Small.Concat(Networks.Stacks))
            {
                if (network.Layers[0].Contains(nameof(EmbeddingAttribute), StringComparison.Ordinal))
                {
                    continue;
                }

                foreach (InstructionSet instructionSet in InstructionSets.Supported)
                {
                    rows.Add(network.Name, instructionSet, float.NaN);
                    rows.Add(network.Name, instructionSet, float.PositiveInfinity);
                    rows.Add(network.Name, instructionSet, float.NegativeInfinity);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(BadInputs))]
    public void A_bad_number_gives_what_the_equations_give_and_stays_in_its_stream(string name, InstructionSet instructionSet, float bad)
    {
        CompiledNetwork network = Networks.Get(name);
        NetworkClass shape = network.Class;
        float[] inputs = network.Inputs(Streams);
        float[] states = CompiledNetwork.Numbers(Streams * shape.StateSize, 4);
        (float[] goodStates, float[] goodOutputs) = StepMany(network, instructionSet, inputs, states);

        inputs[Bad * shape.InputSize] = bad;
        (float[] badStates, float[] badOutputs) = StepMany(network, instructionSet, inputs, states);

        for (int stream = 0; stream < Streams; stream++)
        {
            Range output = (stream * shape.OutputSize)..((stream + 1) * shape.OutputSize);
            Range state = (stream * shape.StateSize)..((stream + 1) * shape.StateSize);
            if (stream != Bad)
            {
                Bits.ShouldBeSame(badOutputs[output], goodOutputs[output], $"stream {stream}: outputs");
                Bits.ShouldBeSame(badStates[state], goodStates[state], $"stream {stream}: states");
                continue;
            }

            double[] expectedState = Bits.ToDouble(states[state]);
            double[] expected = network.Equations.Bind(Bits.ToDouble(network.Parameters()))
                .Step(Bits.ToDouble(inputs.AsSpan(stream * shape.InputSize, shape.InputSize)), expectedState);
            badOutputs[output].Select(Kind).ShouldBe(expected.Select(value => Kind((float)value)), "outputs");
            badStates[state].Select(Kind).ShouldBe(expectedState.Select(value => Kind((float)value)), "states");
        }
    }

    private static (float[] States, float[] Outputs) StepMany(CompiledNetwork network, InstructionSet instructionSet, float[] inputs, float[] states)
    {
        using Network compiled = network.Class.Create(network.Parameters(), instructionSet);
        float[] after = [.. states];
        float[] outputs = new float[Streams * network.Class.OutputSize];
        compiled.StepMany(Streams, inputs, after, outputs);
        return (after, outputs);
    }

    private static string Kind(float value) =>
        float.IsNaN(value) ? "NaN" : float.IsPositiveInfinity(value) ? "infinity" : float.IsNegativeInfinity(value) ? "-infinity" : "finite";
}
