using System;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Expressions;
using System.Reflection;
using Recurrent.Tests.Pipeline;

namespace Recurrent.Bench.Accuracy;

/// <summary>The words of equations that are functions of one number, each as a network that does nothing else.</summary>
public static class Words
{
    /// <summary>All of them, with the defaults of what other parameters they have.</summary>
    /// <param name="chunk">Floats that a network takes at once.</param>
    public static IEnumerable<Subject> All(int chunk) => typeof(Equations).GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(method => method.ReturnType == typeof(double))
        .Where(method => method.GetParameters() is [{ } first, .. ParameterInfo[] rest] && first.ParameterType == typeof(double) && rest.All(parameter => parameter.HasDefaultValue))
        .OrderBy(method => method.Name, StringComparer.Ordinal)
        .Select(method => new Subject(method.Name, Exact(method), instructionSet => Network(method.Name, chunk, instructionSet)));

    private static Func<double, double> Exact(MethodInfo method)
    {
        ParameterExpression x = Expression.Parameter(typeof(double));
        return Expression.Lambda<Func<double, double>>(
            Expression.Call(method, [x, .. method.GetParameters().Skip(1).Select(parameter => Expression.Constant(parameter.DefaultValue, parameter.ParameterType))]), x).Compile();
    }

    private static Action<float[], float[]> Network(string word, int chunk, InstructionSet instructionSet)
    {
        Type network = Consumer.Build($$"""
            using Recurrent;

            [Cell]
            public readonly struct Cell
            {
                public static Vec Step(Vec x) => Equations.{{word}}(x);
            }

            [Network(Input = {{chunk}}), Layer<Cell>({{chunk}})]
            public sealed partial class Network;
            """).Assembly.GetType("Network", throwOnError: true)!;
        return (Action<float[], float[]>)typeof(Words).GetMethod(nameof(Step), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(network).Invoke(null, [instructionSet])!;
    }

    private static Action<float[], float[]> Step<TNetwork>(InstructionSet instructionSet)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        TNetwork network = TNetwork.Create([], instructionSet);
        return (x, y) => network.Step(x, [], y);
    }
}
