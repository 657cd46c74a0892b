using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Recurrent.Tests.Numerics;

/// <summary>What the attribute of a layer and the method <c>Step</c> of its cell say about the layer; nothing of the generator takes part.</summary>
public sealed class ReferenceLayer
{
    private readonly CellMethod _cell;
    private readonly LayerArguments _arguments;
    private readonly ReferenceParameters _parameters;
    private readonly int[][] _states;
    private readonly double _someInput;

    /// <param name="attribute">The attribute as it is written.</param>
    /// <param name="inputSize">Floats that the layer reads per time step.</param>
    /// <param name="tensors">Gives the tensor that the cell calls by a name, or null where the layer has none.</param>
    public ReferenceLayer(CustomAttributeData attribute, int inputSize, Func<string, TensorInfo?> tensors)
    {
        _cell = CellMethod.Of(attribute.AttributeType);
        _arguments = new LayerArguments(attribute, _cell, inputSize);
        _states = _cell.States.Select(state => _arguments.Shape(state, "hidden")).ToArray();
        StateSize = _states.Sum(Length);
        _someInput = NetworkDeclaration.ReadsIndex(attribute.AttributeType) ? 0 : 0.3;
        _parameters = new ReferenceParameters(_cell, _arguments, tensors, Runs);
        OutputSize = Bind(new double[_parameters.Length]).Step(new Vec(new double[inputSize]), new double[StateSize]).Length;
    }

    public int StateSize { get; }

    /// <summary>Floats that the layer gives per time step.</summary>
    public int OutputSize { get; }

    /// <summary>Takes the layer's parameters out of the network's.</summary>
    public BoundLayer Bind(ReadOnlySpan<double> parameters) => new(_cell, Arguments(_parameters.Of(parameters)), _states);

    private static int Length(int[] shape) => shape.Aggregate(1, (length, size) => length * size);

    /// <summary>The arguments of <c>Step</c>, but for the input and the states.</summary>
    private object[] Arguments(IReadOnlyDictionary<string, object> parameters) => _cell.Step.GetParameters()
        .Select(parameter => parameters.GetValueOrDefault(parameter.Name!) ?? _arguments.Settings.GetValueOrDefault(parameter.Name!)!)
        .ToArray();

    /// <summary>The results of a step with these parameters, or null where they do not fit.</summary>
    private double[]? Runs(IReadOnlyDictionary<string, object> parameters)
    {
        double[] state = Enumerable.Repeat(0.25, StateSize).ToArray();
        try
        {
            double[] input = Enumerable.Repeat(_someInput, _arguments.InputSize).ToArray();
            Vec output = new BoundLayer(_cell, Arguments(parameters), _states).Step(new Vec(input), state);
            return [.. output.AsSpan(), .. state];
        }
        catch (Exception mismatch) when ((mismatch as TargetInvocationException)?.InnerException is ArgumentException or IndexOutOfRangeException || mismatch is ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>A layer's equations with their parameters.</summary>
public sealed class BoundLayer(CellMethod cell, object[] arguments, int[][] states)
{
    private readonly MethodInvoker _step = MethodInvoker.Create(cell.Step);

    /// <summary>Elements of each state.</summary>
    public int[] StateLengths { get; } = [.. states.Select(shape => shape.Aggregate(1, (length, size) => length * size))];

    public int StateSize { get; } = states.Sum(shape => shape.Aggregate(1, (length, size) => length * size));

    /// <summary>
    /// The states that products with weights read. In the cells that tests run with masks on these, the matrices that multiply the first state are those, and those alone,
    /// whose names begin with U or R; T, if it is transposed; and V those of the second one.
    /// </summary>
    public IReadOnlyList<int> MultipliedStates => [.. cell.Parameters.Select(StateOf).Where(state => state >= 0).Distinct().Order()];

    /// <summary>The layer whose products read states times factors: the same as columns of their matrices times these, rows where they are transposed.</summary>
    /// <param name="factors">For each of <see cref="MultipliedStates"/>, a factor for each element.</param>
    public BoundLayer MultiplyingStatesTimes(double[][] factors)
    {
        object[] scaled = [.. arguments];
        foreach (ParameterInfo parameter in cell.Parameters.Where(parameter => StateOf(parameter) >= 0))
        {
            // A matrix that the settings leave unused is no argument.
            if (arguments[parameter.Position] is Mat matrix)
            {
                double[] own = factors[MultipliedStates.ToList().IndexOf(StateOf(parameter))];
                bool isTransposed = parameter.Name![0] == 'T';
                IEnumerable<double> values = matrix.AsSpan().ToArray().Select((value, i) => value * own[isTransposed ? i / matrix.Columns : i % matrix.Columns]);
                scaled[parameter.Position] = new Mat(matrix.Rows, matrix.Columns, values.ToArray());
            }
        }

        return new BoundLayer(cell, scaled, states);
    }

    private static int StateOf(ParameterInfo parameter) => parameter.ParameterType != typeof(Mat) ? -1 : parameter.Name![0] switch
    {
        'U' or 'R' or 'T' => 0,
        'V' => 1,
        _ => -1,
    };

    /// <summary>Runs one time step and replaces the state.</summary>
    public Vec Step(Vec input, Span<double> state)
    {
        arguments[0] = input;
        int at = 0;
        for (int i = 0; i < states.Length; i++)
        {
            arguments[cell.States[i].Position] = states[i] switch
            {
                [] => state[at++],
                [int length] => new Vec(state.Slice((at += length) - length, length)),
                [int rows, int columns] => new Mat(rows, columns, state.Slice((at += rows * columns) - (rows * columns), rows * columns)),
                _ => throw new InvalidOperationException("A state has at most two dimensions."),
            };
        }

        object result = _step.Invoke(null, arguments.AsSpan()!)!;
        object[] results = result is ITuple tuple ? Enumerable.Range(0, tuple.Length).Select(i => tuple[i]!).ToArray() : [result];
        at = 0;
        for (int i = 0; i < states.Length; i++)
        {
            ReadOnlySpan<double> next = results[cell.NextStates[i]] switch
            {
                double number => [number],
                Vec vector => vector.AsSpan(),
                Mat matrix => matrix.AsSpan(),
                object odd => throw new InvalidOperationException($"A state is a {odd.GetType()}."),
            };
            int length = states[i].Aggregate(1, (product, size) => product * size);
            if (next.Length != length)
            {
                throw new ArgumentException($"The next value of '{cell.States[i].Name}' has {next.Length} elements; {length} are wanted.");
            }

            next.CopyTo(state.Slice(at, length));
            at += length;
        }

        return (Vec)results[0];
    }
}
