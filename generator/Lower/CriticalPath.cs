using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>
/// How long a loop still takes from the moment at which a value can be computed, in operations that wait for each other. What the most waits for is to come first: of operations that could
/// begin, processors begin the oldest, and a small layer has no others to do while it waits.
/// </summary>
public sealed class CriticalPath
{
    /// <summary>A division takes as long as so many multiply-adds.</summary>
    private const int OperationsOfADivision = 3;

    /// <summary>The longest chain of each function's operations.</summary>
    private static readonly Dictionary<string, int> OfFunctions = Activations.All.ToDictionary(function => function.Name, OperationsOf);

    private readonly OpGraph _graph;
    private readonly int[] _operations;

    private CriticalPath(OpGraph graph, Nest nest)
    {
        _graph = graph;
        _operations = new int[graph.Ops.Count];
        foreach (int value in Enumerable.Reverse(nest.Values))
        {
            _operations[value] += OperationsOf(value);
            foreach (int operand in graph.Ops[value].Operands)
            {
                _operations[operand] = Math.Max(_operations[operand], _operations[value]);
            }
        }
    }

    /// <summary>Sorts the sums and the values of a loop, these staying in topological order.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="nest">The loop, its values in topological order.</param>
    public static void Sort(OpGraph graph, Nest nest)
    {
        CriticalPath path = new(graph, nest);
        Sort(nest.Sums, sum => path._operations[sum.Value]);
        Sort(nest.Values, value => path._operations[value]);
    }

    private static void Sort<T>(List<T> list, Func<T, int> operations)
    {
        T[] sorted = [.. list.OrderByDescending(operations)];
        list.Clear();
        list.AddRange(sorted);
    }

    private int OperationsOf(int value) => _graph.Ops[value].Kind switch
    {
        OpKind.Divide => OperationsOfADivision,
        OpKind kind => Activations.NameOf(kind) is string name ? OfFunctions[name] : 1,
    };

    private static int OperationsOf(Function function)
    {
        Dictionary<string, int> done = [];
        int last = 0;
        foreach (Statement statement in function.Body)
        {
            last = statement.Values.Select(Chain).DefaultIfEmpty().Max();
            if (statement is Declare local)
            {
                done[local.Name] = last;
            }
        }

        return last;

        int Chain(Expression expression) => expression switch
        {
            Local local => done.TryGetValue(local.Name, out int operations) ? operations : 0,
            { Operands.Count: 0 } => 0,
            _ => (expression is Apply { Primitive: Primitive.Divide } ? OperationsOfADivision : 1) + expression.Operands.Max(Chain),
        };
    }
}
