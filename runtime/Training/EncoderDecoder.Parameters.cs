using System;

namespace Recurrent.Training;

/// <content>The parameters of both networks as those of one, and their files.</content>
public sealed partial class EncoderDecoder<TEncoder, TDecoder>
{
    private static readonly TensorInfo[] Tensors =
    [
        .. Prefixed(TEncoder.Parameters, "encoder.", 0),
        .. Prefixed(TDecoder.Parameters, "decoder.", TEncoder.ParameterCount),
    ];

    /// <summary>Floats of a row: 0 or 1, and the longer of both networks' inputs.</summary>
    public static int InputSize => 1 + Math.Max(TEncoder.InputSize, TDecoder.InputSize);

    /// <summary>Floats that the decoder gives in a time step.</summary>
    public static int OutputSize => TDecoder.OutputSize;

    /// <summary>Floats of the state that one network hands to the other.</summary>
    public static int StateSize => TDecoder.StateSize;

    /// <summary>Floats of all parameters of both.</summary>
    public static int ParameterCount => TEncoder.ParameterCount + TDecoder.ParameterCount;

    /// <summary>The tensors of both, with <c>encoder.</c> and <c>decoder.</c> in front of their names.</summary>
    public static ReadOnlySpan<TensorInfo> Parameters => Tensors;

    /// <summary>The instruction set whose kernels the decoder runs.</summary>
    public InstructionSet InstructionSet => Decoder.InstructionSet;

    /// <summary>Threads that may work on one call of either network, which has threads of its own; asked for, those of the decoder.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to less than 1, or more than 64.</exception>
    public int DegreeOfParallelism
    {
        get => Decoder.DegreeOfParallelism;
        set
        {
            Encoder.DegreeOfParallelism = value;
            Decoder.DegreeOfParallelism = value;
        }
    }

    /// <inheritdoc/>
    public static EncoderDecoder<TEncoder, TDecoder> Create(ReadOnlySpan<float> parameters)
    {
        Boundary.Length(parameters.Length, ParameterCount, nameof(parameters));
        return new(TEncoder.Create(parameters[..TEncoder.ParameterCount]), TDecoder.Create(parameters[TEncoder.ParameterCount..]));
    }

    /// <inheritdoc/>
    public static EncoderDecoder<TEncoder, TDecoder> Create(ReadOnlySpan<float> parameters, InstructionSet instructionSet)
    {
        Boundary.Length(parameters.Length, ParameterCount, nameof(parameters));
        return new(
            TEncoder.Create(parameters[..TEncoder.ParameterCount], instructionSet), TDecoder.Create(parameters[TEncoder.ParameterCount..], instructionSet));
    }

    /// <inheritdoc/>
    public static EncoderDecoder<TEncoder, TDecoder> Create(int seed)
    {
        SplitMix64 seeds = new((uint)seed);
        return new(TEncoder.Create((int)seeds.Next()), TDecoder.Create((int)seeds.Next()));
    }

    /// <inheritdoc/>
    public static EncoderDecoder<TEncoder, TDecoder> Load(string path)
    {
        float[] parameters = new float[ParameterCount];
        Safetensors.Read(path, Parameters, parameters);
        return Create(parameters);
    }

    /// <inheritdoc/>
    public static EncoderDecoder<TEncoder, TDecoder> Load(ReadOnlySpan<byte> safetensors)
    {
        float[] parameters = new float[ParameterCount];
        Safetensors.Read(safetensors, Parameters, parameters);
        return Create(parameters);
    }

    /// <inheritdoc/>
    public void Save(string path)
    {
        float[] parameters = new float[ParameterCount];
        CopyParametersTo(parameters);
        Safetensors.Write(path, Parameters, parameters);
    }

    /// <inheritdoc/>
    public void CopyParametersTo(Span<float> parameters)
    {
        Boundary.Length(parameters.Length, ParameterCount, nameof(parameters));
        Encoder.CopyParametersTo(parameters[..TEncoder.ParameterCount]);
        Decoder.CopyParametersTo(parameters[TEncoder.ParameterCount..]);
    }

    /// <inheritdoc/>
    public void SetParameters(ReadOnlySpan<float> parameters)
    {
        Boundary.Length(parameters.Length, ParameterCount, nameof(parameters));
        Encoder.SetParameters(parameters[..TEncoder.ParameterCount]);
        Decoder.SetParameters(parameters[TEncoder.ParameterCount..]);
    }

    /// <summary>Disposes both networks.</summary>
    public void Dispose()
    {
        Encoder.Dispose();
        Decoder.Dispose();
    }

    private static TensorInfo[] Prefixed(ReadOnlySpan<TensorInfo> tensors, string prefix, int offset)
    {
        TensorInfo[] prefixed = tensors.ToArray();
        foreach (ref TensorInfo tensor in prefixed.AsSpan())
        {
            tensor = tensor with { Name = prefix + tensor.Name, Offset = tensor.Offset + offset };
        }

        return prefixed;
    }
}
