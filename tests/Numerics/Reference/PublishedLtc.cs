using System.Globalization;

namespace Recurrent.Tests.Numerics.Reference;

/// <summary>Hasani et al., Liquid time-constant networks, 2021: the fused solver, over the synapses of the published code.</summary>
public sealed class PublishedLtc(int input, int size, double timeStep)
    : PublishedCell(string.Create(CultureInfo.InvariantCulture, $"Recurrent.Ltc({size}, {timeStep})"), input, size)
{
    public override (double[] Output, double[][] States) Step(double[] x, double[][] states, Weights weights)
    {
        double[] sensed = new double[Input];
        for (int j = 0; j < Input; j++)
        {
            sensed[j] = (weights["input_w"][j] * x[j]) + weights["input_b"][j];
        }

        double[] v = states[0];
        for (int unfold = 0; unfold < 6; unfold++)
        {
            double[] next = new double[size];
            for (int i = 0; i < size; i++)
            {
                double capacity = Softplus(weights["cm"][i]) / (timeStep / 6);
                double leak = Softplus(weights["gleak"][i]);
                double numerator = (capacity * v[i]) + (leak * weights["vleak"][i]);
                double denominator = capacity + leak + 1e-8;
                void Synapse(string prefix, int from, double potential)
                {
                    int at = (from * size) + i;
                    double conductance = Softplus(weights[prefix + "w"][at]) * Sigmoid(weights[prefix + "sigma"][at] * (potential - weights[prefix + "mu"][at]));
                    numerator += conductance * weights[prefix + "erev"][at];
                    denominator += conductance;
                }

                for (int j = 0; j < size; j++)
                {
                    Synapse("", j, v[j]);
                }

                for (int j = 0; j < Input; j++)
                {
                    Synapse("sensory_", j, sensed[j]);
                }

                next[i] = numerator / denominator;
            }

            v = next;
        }

        return (v, [v]);
    }

    public override (double[] Output, double[][] States) Call(Vec x, double[][] states, Weights weights)
    {
        double[] v = ToArray(Ltc.Step(
            x, new Vec(states[0]),
            weights.Vec("gleak"), weights.Vec("vleak"), weights.Vec("cm"),
            weights.Mat("w"), weights.Mat("sigma"), weights.Mat("mu"), weights.Mat("erev"),
            weights.Mat("sensory_w"), weights.Mat("sensory_sigma"), weights.Mat("sensory_mu"), weights.Mat("sensory_erev"),
            weights.Vec("input_w"), weights.Vec("input_b"),
            timeStep));
        return (v, [v]);
    }
}
