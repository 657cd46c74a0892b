using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Recurrent.Tests.Numerics;

/// <summary>What the attribute of a layer and the method <c>Step</c> of its cell say about the layer; nothing of the generator takes part.</summary>
public sealed class ReferenceLayer
{
    private readonly MethodInfo _step;
    private readonly IReadOnlyDictionary<string, object> _settings;
    private readonly IReadOnlyDictionary<string, (TensorInfo Tensor, int Part, int Parts)> _tensors;
    private readonly int _size;
    private readonly int _states;

    /// <param name="attribute">The attribute as it is written.</param>
    /// <param name="tensors">Gives the tensor that the cell calls by a name.</param>
    public ReferenceLayer(CustomAttributeData attribute, Func<string, TensorInfo> tensors)
    {
        Type type = attribute.AttributeType;
        while (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(LayerAttribute<>))
        {
            type = type.BaseType!;
        }

        _step = type.GenericTypeArguments[0].GetMethod("Step")!;
        ParameterInfo[] arguments = attribute.Constructor.GetParameters();
        _settings = arguments.Zip(attribute.ConstructorArguments).ToDictionary(
            pair => pair.First.Name!,
            pair => pair.First.ParameterType.IsEnum ? Enum.ToObject(pair.First.ParameterType, pair.Second.Value!) : pair.Second.Value!);
        _size = (int)(_settings.GetValueOrDefault("size") ?? _settings[arguments[0].Name!]);

        ParameterInfo[] parameters = _step.GetParameters();
        bool hasState = parameters.Length > 1 && parameters[1].ParameterType == typeof(Vec);
        _states = !hasState ? 0 : _step.ReturnType.IsAssignableTo(typeof(ITuple)) ? _step.ReturnType.GenericTypeArguments.Length : 1;

        TensorAttribute[] stacked = _step.GetCustomAttributes<TensorAttribute>().ToArray();
        _tensors = parameters.Skip(1 + _states).Where(parameter => !_settings.ContainsKey(parameter.Name!)).ToDictionary(
            parameter => parameter.Name!,
            parameter => stacked.FirstOrDefault(tensor => tensor.Parts.Contains(parameter.Name)) is { } tensor
                ? (tensors(tensor.Name), Array.IndexOf(tensor.Parts, parameter.Name), tensor.Parts.Length)
                : (tensors(parameter.Name!), 0, 1));
    }

    public int StateSize => _states * _size;

    /// <summary>Takes the layer's parameters out of the network's.</summary>
    public BoundLayer Bind(ReadOnlySpan<double> parameters)
    {
        ParameterInfo[] wanted = _step.GetParameters();
        object[] arguments = new object[wanted.Length];
        for (int i = 1 + _states; i < wanted.Length; i++)
        {
            string name = wanted[i].Name!;
            if (_settings.TryGetValue(name, out object? setting))
            {
                arguments[i] = setting;
                continue;
            }

            (TensorInfo tensor, int part, int parts) = _tensors[name];
            int rows = tensor.Shape.Rows / parts;
            ReadOnlySpan<double> values = parameters.Slice(tensor.Offset + (part * (tensor.Length / parts)), tensor.Length / parts);
            arguments[i] = wanted[i].ParameterType == typeof(Vec) ? new Vec(values) : new Mat(rows, tensor.Shape.Columns, values);
        }

        return new BoundLayer(_step, arguments, _states, _size);
    }
}

/// <summary>A layer's equations with their parameters.</summary>
public sealed class BoundLayer(MethodInfo step, object[] arguments, int states, int size)
{
    private readonly MethodInvoker _step = MethodInvoker.Create(step);

    public int StateSize => states * size;

    /// <summary>Runs one time step and replaces the state.</summary>
    public Vec Step(Vec input, Span<double> state)
    {
        arguments[0] = input;
        for (int i = 0; i < states; i++)
        {
            arguments[1 + i] = new Vec(state.Slice(i * size, size));
        }

        object result = _step.Invoke(null, arguments.AsSpan()!)!;
        Vec[] results = result is ITuple tuple ? Enumerable.Range(0, tuple.Length).Select(i => (Vec)tuple[i]!).ToArray() : [(Vec)result];
        for (int i = 0; i < states; i++)
        {
            results[i].AsSpan().CopyTo(state.Slice(i * size, size));
        }

        return results[0];
    }
}
