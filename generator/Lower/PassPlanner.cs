using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Lower;

/// <summary>
/// Cuts the graph of one time step into loops over rows. A loop can work on all values of one length that wait for the same products: an
/// element-wise value needs only its own row of its operands, but a product needs the whole vector, so that what it reads must lie in memory
/// before its loop begins.
/// </summary>
public sealed class PassPlanner
{
    /// <summary>The level of loops that run when everything has been read.</summary>
    private const int BehindAll = int.MaxValue;

    private readonly PassPlan _plan;
    private readonly OpGraph _graph;
    private readonly GraphFacts _facts;
    private readonly MemoryPlanner _memory;
    private readonly int[] _levels;
    private readonly HashSet<int> _readWhole = [];
    private readonly HashSet<int> _inputOnly = [];
    private IReadOnlyCollection<int> _computed = [];

    private PassPlanner(Pass pass, CellGraph cell, OpGraph graph)
    {
        _plan = new PassPlan(pass, cell, graph);
        _graph = graph;
        _facts = _plan.Facts;
        _memory = new MemoryPlanner(_plan);
        _levels = new int[graph.Ops.Count];
    }

    /// <summary>Plans a pass.</summary>
    /// <param name="pass">Which pass.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="graph">The pass's graph; its sums stand in the order in which they are to be added.</param>
    public static PassPlan Plan(Pass pass, LayerSpec layer, OpGraph graph)
    {
        PassPlanner planner = new(pass, layer.Cell, graph);
        planner._memory.AddPointers(layer);
        planner._computed = planner._memory.PlaceGradients();
        planner.AssignLevels();
        planner.FindInputOnly();
        planner.BuildNests();
        planner.AddStores();
        planner.PlaceHandedOver();
        new StateProtection(planner._plan, planner._memory).Protect();
        planner.DropUnusedPointers();
        return planner._plan;
    }

    private void AssignLevels()
    {
        for (int v = 0; v < _graph.Ops.Count; v++)
        {
            Op op = _graph.Ops[v];
            if (op.IsLeaf || _facts.IsLoadTime(v))
            {
                _levels[v] = 0;
            }
            else if (_facts.IsProduct(v) || op.Kind == OpKind.Row)
            {
                bool isInMemory = _memory.LeafPlace(op.B) is not null;
                _levels[v] = isInMemory ? 0 : _levels[op.B] + 1;
                _readWhole.Add(op.B);
            }
            else
            {
                _levels[v] = _facts.Operands(v).Max(o => _levels[o]);
            }
        }
    }

    /// <summary>Finds the values that the gradient by the input needs and nothing else.</summary>
    private void FindInputOnly()
    {
        HashSet<int> others = [.. _computed];
        foreach (GraphOutput output in _graph.Outputs.Where(o => o.Kind is not (OutputKind.InputGradient or OutputKind.ParameterGradient)))
        {
            others.Add(output.Value);
        }

        for (int v = _graph.Ops.Count - 1; v >= 0; v--)
        {
            if (others.Contains(v))
            {
                others.UnionWith(_facts.Operands(v));
            }
        }

        foreach (GraphOutput output in _graph.Outputs.Where(o => o.Kind == OutputKind.InputGradient))
        {
            _inputOnly.Add(output.Value);
        }

        for (int v = _graph.Ops.Count - 1; v >= 0; v--)
        {
            if (_inputOnly.Contains(v))
            {
                _inputOnly.UnionWith(_facts.Operands(v));
            }
        }

        _inputOnly.ExceptWith(others);
    }

    private Nest NestOf(int level, int rows, bool isForInput)
    {
        Nest? nest = _plan.Nests.Find(n => n.Level == level && n.Rows == rows && n.IsForInput == isForInput);
        if (nest is null)
        {
            nest = new Nest(level, rows, isForInput);
            int before = _plan.Nests.FindIndex(n => n.Level > level || (n.Level == level && n.IsForInput && !isForInput));
            _plan.Nests.Insert(before < 0 ? _plan.Nests.Count : before, nest);
        }

        return nest;
    }

    private Nest NestOf(int value) => NestOf(_levels[value], _graph.Ops[value].Shape.Length, _inputOnly.Contains(value));

    private void BuildNests()
    {
        HashSet<int> live = [];
        void Visit(int value)
        {
            Op op = _graph.Ops[value];
            if (_facts.IsLoadTime(value) || op.IsLeaf || !live.Add(value))
            {
                return;
            }

            foreach (int operand in _facts.Operands(value))
            {
                Visit(operand);
            }
        }

        foreach (GraphOutput output in _graph.Outputs.Where(o => o.Kind != OutputKind.ParameterGradient))
        {
            Visit(output.Value);
        }

        foreach (int value in _computed)
        {
            Visit(value);
        }

        for (int v = 0; v < _graph.Ops.Count; v++)
        {
            if (!live.Contains(v) || _facts.IsAbsorbed(v))
            {
                continue;
            }

            if (_facts.SumOf(v) is Sum sum)
            {
                NestOf(v).Sums.Add(sum);
            }
            else
            {
                NestOf(v).Values.Add(v);
            }
        }
    }

    private void AddStores()
    {
        CellGraph cell = _plan.Cell;
        int plane = 0;
        foreach (GraphOutput output in _graph.Outputs.OrderBy(o => (o.Kind == OutputKind.Saved ? 0 : 1, o.Index)))
        {
            int length = _graph.Ops[output.Value].Shape.Length;
            switch (output.Kind)
            {
                case OutputKind.Saved:
                    Store(output.Value, new Place("tape", plane, length));
                    plane += length;
                    break;
                case OutputKind.Output:
                    Store(output.Value, new Place(_plan.Find(PointerRole.Output)!.Name, 0, length));
                    break;
                case OutputKind.NextState:
                    Store(output.Value, new Place(_plan.Find(PointerRole.State, output.Index)!.Name, 0, length));
                    break;
                case OutputKind.InputGradient:
                    Store(output.Value, new Place(_plan.Find(PointerRole.InputGradient)!.Name, 0, length), isForInput: true);
                    break;
                case OutputKind.StateGradient:
                    Store(output.Value, new Place(_plan.Find(PointerRole.StateGradient, output.Index)!.Name, 0, length));
                    break;
                default:
                    break;
            }
        }

        foreach (int value in _computed)
        {
            Store(value, _plan.Places[value]);
        }

        if (_plan.Pass == Pass.Backward)
        {
            foreach (PointerPlan pointer in _plan.Pointers.Where(p => p.Role is PointerRole.InputGradient or PointerRole.StateGradient))
            {
                OutputKind kind = pointer.Role == PointerRole.InputGradient ? OutputKind.InputGradient : OutputKind.StateGradient;
                if (!_graph.Outputs.Any(o => o.Kind == kind && o.Index == pointer.Index))
                {
                    int length = pointer.Role == PointerRole.InputGradient
                        ? pointer.Stride
                        : cell.Body.Ops[cell.Body.Outputs.First(o => o.Kind == OutputKind.NextState && o.Index == pointer.Index).Value].Shape.Length;
                    NestOf(BehindAll, length, kind == OutputKind.InputGradient).Stores.Add(new StorePlan(-1, new Place(pointer.Name, 0, length)));
                }
            }
        }
    }

    private void Store(int value, Place place, bool isForInput = false)
    {
        if (_memory.LeafPlace(value) != place)
        {
            NestOf(_levels[value], place.Length, isForInput).Stores.Add(new StorePlan(value, place));
        }
    }

    /// <summary>Gives a place to every value that a later loop reads, or that a product reads whole.</summary>
    private void PlaceHandedOver()
    {
        for (int v = 0; v < _graph.Ops.Count; v++)
        {
            if (_memory.LeafPlace(v) is Place leaf)
            {
                _plan.Places[v] = leaf;
            }
        }

        Dictionary<int, Nest> homes = [];
        foreach (Nest nest in _plan.Nests)
        {
            foreach (int value in nest.Values.Concat(nest.Sums.Select(s => s.Value)))
            {
                homes[value] = nest;
            }
        }

        foreach (KeyValuePair<int, Nest> home in homes)
        {
            bool isHandedOver = _readWhole.Contains(home.Key)
                || _plan.Nests.Any(n => n != home.Value
                    && (n.Values.Any(v => _facts.Operands(v).Contains(home.Key)) || n.Stores.Any(s => s.Value == home.Key)));
            if (isHandedOver && !_plan.Places.ContainsKey(home.Key))
            {
                Place place = _memory.NewScratch(home.Value.Rows);
                _plan.Places[home.Key] = place;
                home.Value.Stores.Add(new StorePlan(home.Key, place));
            }
        }
    }

    private void DropUnusedPointers()
    {
        bool readsRaw = _plan.Pass == Pass.Backward || _plan.Nests.Any(n => n.Values.Any(v => _graph.Ops[v].Kind == OpKind.Row)
            || n.Sums.Any(s => s.Products.Any(p => _graph.Ops[_graph.Ops[p].B].Kind == OpKind.Parameter)));
        bool readsPanels = _plan.Nests.Any(n => n.Sums.Count > 0
            || n.Values.Any(v => _facts.Operands(v).Any(_facts.IsLoadTime))
            || n.Stores.Any(s => _facts.IsLoadTime(s.Value)));
        _plan.Pointers.RemoveAll(p =>
            (p.Role == PointerRole.Scratch && _plan.ScratchSize == 0)
            || (p.Role == PointerRole.Tape && p.Stride == 0)
            || (p.Role == PointerRole.Parameters && !readsRaw)
            || (p.Role == PointerRole.Panels && !readsPanels));
        int work = _plan.Pointers.FindIndex(p => p.Role == PointerRole.Work);
        if (work >= 0)
        {
            _plan.Pointers[work] = _plan.Pointers[work] with { Stride = _plan.RecordSize };
        }
    }
}
