using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Shouldly;

namespace Recurrent.Tests.Graph;

/// <summary>
/// A cell over three time steps and a loss that is linear in every output and in the final states, so that its gradient enters through
/// every cotangent. Everything is drawn from one seed.
/// </summary>
internal sealed class DifferentiateUnrolled
{
    private const int Steps = 3;

    private readonly double[][] _inputs;
    private readonly double[][] _states;
    private readonly double[][] _parameters;
    private readonly double[][] _outputWeights;
    private readonly double[][] _stateWeights;

    public DifferentiateUnrolled(CellSketch cell, int seed)
        : this(cell.Graph, cell.InputShape, cell.States, cell.Parameters, seed)
    {
    }

    public DifferentiateUnrolled(OpGraph graph, Shape input, IReadOnlyList<Shape> states, IReadOnlyList<Shape> parameters, int seed, IReadOnlyList<double>? middles = null)
    {
        Random random = new(seed);
        bool isTable = graph.Ops.Any(op => op.Kind == OpKind.Row);
        Shape output = graph.Ops[graph.Outputs.Single(o => o.Kind == OutputKind.Output).Value].Shape;
        _inputs = [.. Enumerable.Range(0, Steps).Select(step => isTable ? [step] : Draw(random, input.Length))];
        _states = [.. states.Select(shape => Draw(random, shape.Length))];
        _parameters = [.. parameters.Select((shape, i) => Draw(random, shape.Length).Select(value => (middles?[i] ?? 0) + value).ToArray())];
        _outputWeights = [.. Enumerable.Range(0, Steps).Select(_ => Draw(random, output.Length))];
        _stateWeights = [.. states.Select(shape => Draw(random, shape.Length))];
        Variables = [.. _parameters, .. _states, .. isTable ? [] : _inputs];
    }

    /// <summary>Everything that the loss is differentiated by: parameters, states before the first step, inputs.</summary>
    public List<double[]> Variables { get; }

    /// <summary>The gradient by <see cref="Variables"/>, by running the backward graph from the last step to the first.</summary>
    public List<double[]> Backward(OpGraph forward, OpGraph backward)
    {
        double[][] parameterGradients = [.. _parameters.Select(values => new double[values.Length])];
        double[][] inputGradients = [.. _inputs.Select(values => new double[values.Length])];
        double[][] stateGradients = _stateWeights;
        List<double[][]> tape = Forward(forward).Tape;
        for (int step = Steps - 1; step >= 0; step--)
        {
            Leaves leaves = new() { Parameters = _parameters, Forward = tape[step], Cotangents = [_outputWeights[step], .. stateGradients] };
            double[][] given = GraphInterpreter.Outputs(backward, leaves);
            stateGradients = [.. _states.Select(values => new double[values.Length])];
            foreach ((GraphOutput output, double[] gradient) in backward.Outputs.Zip(given))
            {
                double[] sum = output.Kind switch
                {
                    OutputKind.InputGradient => inputGradients[step],
                    OutputKind.StateGradient => stateGradients[output.Index],
                    OutputKind.ParameterGradient => parameterGradients[output.Index],
                    _ => throw new InvalidOperationException($"A backward graph does not give {output.Kind}."),
                };
                gradient.Length.ShouldBe(sum.Length);
                for (int i = 0; i < sum.Length; i++)
                {
                    sum[i] += gradient[i];
                }
            }
        }

        return [.. parameterGradients, .. stateGradients, .. Variables.Count > _parameters.Length + _states.Length ? inputGradients : []];
    }

    /// <summary>Compares every element of a gradient with a central difference of the loss.</summary>
    public void ShouldBeTheGradient(OpGraph forward, List<double[]> gradient)
    {
        const double step = 1e-5;
        gradient.Count.ShouldBe(Variables.Count);
        gradient.SelectMany(values => values).ShouldContain(value => Math.Abs(value) > 1e-3);
        double[][][] constants = Forward(forward).Values;
        foreach ((int number, double[] variable) in Variables.Index())
        {
            for (int i = 0; i < variable.Length; i++)
            {
                double value = variable[i];
                variable[i] = value + step;
                double above = Forward(forward, constants).Loss;
                variable[i] = value - step;
                double below = Forward(forward, constants).Loss;
                variable[i] = value;
                double difference = (above - below) / (2 * step);
                gradient[number][i].ShouldBe(difference, 1e-6 * Math.Max(Math.Abs(difference), 1e-3), $"variable {number}, element {i}");
            }
        }
    }

    /// <summary>The loss, all values, and what each step keeps: the planes of the tape where the graph saves any; else every value.</summary>
    private (double Loss, List<double[][]> Tape, double[][][] Values) Forward(OpGraph graph, double[][][]? constants = null)
    {
        double[][][] all = new double[Steps][][];
        double loss = 0;
        List<double[][]> tape = [];
        double[][] states = _states;
        GraphOutput[] saved = [.. graph.Outputs.Where(o => o.Kind == OutputKind.Saved).OrderBy(o => o.Index)];
        for (int step = 0; step < Steps; step++)
        {
            double[][] values = GraphInterpreter.Evaluate(graph, new Leaves { Input = _inputs[step], States = states, Parameters = _parameters }, constants?[step]);
            all[step] = values;
            tape.Add(saved.Length > 0 ? [.. saved.Select(o => values[o.Value])] : values);
            loss += Dot(_outputWeights[step], values[graph.Outputs.Single(o => o.Kind == OutputKind.Output).Value]);
            states = [.. graph.Outputs.Where(o => o.Kind == OutputKind.NextState).OrderBy(o => o.Index).Select(o => values[o.Value])];
        }

        return (loss + _stateWeights.Zip(states).Sum(pair => Dot(pair.First, pair.Second)), tape, all);
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b).Sum(pair => pair.First * pair.Second);

    private static double[] Draw(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (2 * random.NextDouble()) - 1)];
}
