using System;
using System.Collections.Generic;
using Recurrent.Training;

namespace Recurrent.Tests.Training.Optimizers;

/// <summary>An optimiser whose steps are compared with libtorch's: on a matrix of six parameters and a bias of two, under gradients that formulas give.</summary>
/// <param name="Name">What it is called in files.</param>
/// <param name="Options">Its settings.</param>
/// <param name="LearningRate">Its learning rate.</param>
public sealed record OptimizerCase(string Name, OptimizerOptions Options, double LearningRate)
{
    /// <summary>How many steps are taken.</summary>
    public const int Steps = 100;

    public static TensorInfo[] Parameters { get; } =
    [
        new("weight", new TensorShape(2, 3), Offset: 0, default),
        new("bias", new TensorShape(2), Offset: 6, default),
    ];

    public static IReadOnlyList<OptimizerCase> All { get; } =
    [
        new("sgd", new SgdOptions(), 0.1),
        new("sgd-decay", new SgdOptions { WeightDecay = 0.05 }, 0.1),
        new("momentum", new SgdOptions { Momentum = 0.9, Dampening = 0.3, WeightDecay = 0.05 }, 0.02),
        new("nesterov", new SgdOptions { Momentum = 0.9, Nesterov = true }, 0.02),
        new("rmsprop", new RmsPropOptions(), 0.01),
        new("rmsprop-momentum", new RmsPropOptions { Alpha = 0.9, Momentum = 0.5, WeightDecay = 0.05 }, 0.01),
        new("rmsprop-centered", new RmsPropOptions { Centered = true }, 0.01),
        new("rmsprop-centered-momentum", new RmsPropOptions { Centered = true, Momentum = 0.5, Epsilon = 1e-3 }, 0.01),
        new("adam", new AdamOptions(), 0.01),
        new("adam-amsgrad", new AdamOptions { AmsGrad = true, WeightDecay = 0.05, Beta2 = 0.9 }, 0.01),
        new("adamw", new AdamWOptions { WeightDecay = 0.05 }, 0.01),
        new("adamw-amsgrad-biases-kept", new AdamWOptions { AmsGrad = true, Beta2 = 0.9, WeightDecay = 0.05, DecayBiases = false }, 0.01),
    ];

    /// <summary>The parameters in front of the first step.</summary>
    public static float[] Start(int count = 8)
    {
        float[] parameters = new float[count];
        for (int i = 0; i < count; i++)
        {
            parameters[i] = (float)Math.Cos(i);
        }

        return parameters;
    }

    /// <summary>The gradients of a step, counted from 1: waves of different lengths, heights 1 to 1/128.</summary>
    public static void Gradients(int step, Span<float> gradients)
    {
        for (int i = 0; i < gradients.Length; i++)
        {
            gradients[i] = (float)(Math.Sin((1.3 * i) + (0.21 * step * ((i % 8) + 1))) / (1 << (i % 8)));
        }
    }

    public override string ToString() => Name;
}
