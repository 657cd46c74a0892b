using System;
using System.Collections.Generic;
using Recurrent.Bench.Roofline;

namespace Recurrent.Bench.Precisions;

/// <summary>A network in one precision.</summary>
/// <param name="Precision">What it keeps of its weights.</param>
/// <param name="Step">Its step.</param>
/// <param name="Outputs">What it gives for the inputs of its subject.</param>
public sealed record PrecisionNetwork(Precision Precision, StepOfNetwork Step, float[] Outputs);

/// <summary>A model whose network is there in every precision.</summary>
/// <param name="Name">The model.</param>
/// <param name="InputSize">Floats of the input.</param>
/// <param name="OutputSize">Floats of the output.</param>
/// <param name="StateSize">Floats of the state.</param>
/// <param name="Weights">Weights of all matrices.</param>
/// <param name="Rows">Rows of all matrices.</param>
/// <param name="Inputs">A sequence of inputs.</param>
/// <param name="Networks">The networks, that of floats first.</param>
public sealed record PrecisionSubject(
    string Name, int InputSize, int OutputSize, int StateSize, int Weights, int Rows, float[] Inputs, IReadOnlyList<PrecisionNetwork> Networks)
{
    /// <summary>A model with the same parameters in every precision.</summary>
    /// <param name="name">The model.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="inputs">A sequence of inputs.</param>
    public static PrecisionSubject Of<TFloat32, TBFloat16, TFloat16, TInt8>(string name, float[] parameters, float[] inputs)
        where TFloat32 : class, IStreamingNetwork<TFloat32>
        where TBFloat16 : class, IStreamingNetwork<TBFloat16>
        where TFloat16 : class, IStreamingNetwork<TFloat16>
        where TInt8 : class, IStreamingNetwork<TInt8>
    {
        int weights = 0;
        int rows = 0;
        foreach (TensorInfo tensor in TFloat32.Parameters)
        {
            weights += tensor.Shape.Rank == 2 ? tensor.Length : 0;
            rows += tensor.Shape.Rank == 2 ? tensor.Shape.Rows : 0;
        }

        return new PrecisionSubject(name, TFloat32.InputSize, TFloat32.OutputSize, TFloat32.StateSize, weights, rows, inputs,
        [
            Network<TFloat32>(Precision.Float32, parameters, inputs),
            Network<TBFloat16>(Precision.BFloat16, parameters, inputs),
            Network<TFloat16>(Precision.Float16, parameters, inputs),
            Network<TInt8>(Precision.Int8, parameters, inputs),
        ]);
    }

    /// <summary>Bytes of all matrices in a precision; a row of whole numbers has a scale.</summary>
    public int BytesOfMatrices(Precision precision) => precision switch
    {
        Precision.Float32 => 4 * Weights,
        Precision.Int8 => Weights + (4 * Rows),
        _ => 2 * Weights,
    };

    private static PrecisionNetwork Network<TNetwork>(Precision precision, float[] parameters, float[] inputs)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        TNetwork network = TNetwork.Create(parameters);
        float[] outputs = new float[inputs.Length / TNetwork.InputSize * TNetwork.OutputSize];
        network.Run(inputs, new float[TNetwork.StateSize], outputs);
        return new PrecisionNetwork(precision, network.Step, outputs);
    }
}
