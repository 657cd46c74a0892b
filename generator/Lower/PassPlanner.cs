using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>
/// Cuts the graph of one time step into nests: loops over the elements of all values of one shape that can be computed at the same time (see
/// <see cref="Levels"/>). At each level scalars come first, then vectors, then matrices: each may read those before.
/// </summary>
public sealed class PassPlanner
{
    /// <summary>The level of loops that run when everything has been read.</summary>
    private const int BehindAll = int.MaxValue;

    private readonly PassPlan _plan;
    private readonly OpGraph _graph;
    private readonly GraphFacts _facts;
    private readonly MemoryPlanner _memory;
    private readonly Levels _levels;
    private readonly HashSet<int> _inputOnly = [];
    private IReadOnlyCollection<int> _computed = [];

    private PassPlanner(Pass pass, CellGraph cell, OpGraph graph, IReadOnlyList<Shape> hoisted, WeightFormat weights)
    {
        _plan = new PassPlan(pass, cell, graph) { Hoisted = hoisted, Weights = weights };
        _graph = graph;
        _facts = _plan.Facts;
        _memory = new MemoryPlanner(_plan);
        _levels = new Levels(graph, _facts);
    }

    /// <summary>Plans a pass.</summary>
    /// <param name="pass">Which pass.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="graph">The pass's graph; its sums stand in the order in which they are to be added.</param>
    /// <param name="input">The plan of the pass that computes what it reads as hoisted, where there is one.</param>
    /// <param name="stateStride">Floats from a stream's state to the next one's, where the pass runs over many streams.</param>
    /// <param name="weights">How its packed matrices lie in memory; floats as they are unless given.</param>
    public static PassPlan Plan(Pass pass, LayerSpec layer, OpGraph graph, PassPlan? input = null, int stateStride = 0, WeightFormat? weights = null)
    {
        PassPlanner planner = new(pass, layer.Cell, graph, input is null ? [] : input.HoistedPlanes, weights ?? WeightFormat.Float32);
        planner._plan.Descends = pass is Pass.Forward or Pass.Record or Pass.Backward && layer.Cell.States.Count > 0 && layer.IsReverse != (pass == Pass.Backward);
        planner._memory.AddPointers(layer, stateStride);
        planner._computed = planner._memory.PlaceGradients();
        planner.FindInputOnly();
        planner.BuildNests();
        planner.AddStores();
        new PlacePlanner(planner._plan, planner._memory, planner._levels, planner.NestOf).Place();
        new StateProtection(planner._plan, planner._memory).Protect();
        planner.PlaceTileSums();
        planner.DropUnusedPointers();
        return planner._plan;
    }

    /// <summary>Finds the values that the gradient by the input needs and nothing else.</summary>
    private void FindInputOnly()
    {
        // Numbers stand in locals for all loops behind them, so none is computed in a condition.
        HashSet<int> others = [.. _computed, .. Enumerable.Range(0, _graph.Ops.Count).Where(v => _graph.Ops[v].Shape.Rank == 0)];
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

    private Nest NestOf(int level, Shape shape, bool isForInput)
    {
        Nest? nest = _plan.Nests.Find(n => n.Level == level && n.Shape == shape && n.IsForInput == isForInput);
        if (nest is null)
        {
            nest = new Nest(level, shape, isForInput);
            _plan.Insert(nest);
        }

        return nest;
    }

    /// <summary>The nest in which a value can be computed, or written elsewhere.</summary>
    private Nest NestOf(int value) => NestOf(_levels[value], _graph.Ops[value].Shape, _inputOnly.Contains(value));

    /// <summary>The nest of the matrix whose rows or columns a value is the sum of.</summary>
    private Nest NestOfMatrix(int sum)
    {
        int matrix = _graph.Ops[sum].A;
        return NestOf(_levels[matrix], _graph.Ops[matrix].Shape, _inputOnly.Contains(_graph.Ops[matrix].IsLeaf ? sum : matrix));
    }

    private void BuildNests()
    {
        HashSet<int> live = [];
        void Visit(int value)
        {
            Op op = _graph.Ops[value];
            bool isThere = op.IsLeaf && (op.Shape.Rank > 0 || op.Kind == OpKind.Constant);
            if (isThere || !live.Add(value))
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
            if (!live.Contains(v) || _facts.IsAbsorbed(v) || _facts.IsView(v) || _facts.IsRepeated(v))
            {
                continue;
            }

            if (_facts.IsMatrixSum(v))
            {
                NestOfMatrix(v).MatrixSums.Add(v);
            }
            else if (_facts.IsSwap(v))
            {
                NestOf(_levels[v] - 1, Shape.Vector(_graph.Ops[v].Shape.Length), _inputOnly.Contains(v)).Swaps.Add(v);
            }
            else if (_facts.SumOf(v) is Sum sum)
            {
                NestOf(v).Sums.Add(sum);
            }
            else
            {
                NestOf(v).Values.Add(v);
            }
        }

        foreach (Nest nest in _plan.Nests)
        {
            CriticalPath.Sort(_graph, nest);
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
                    Store(output.Value, new Place(_plan.Pass is Pass.Input or Pass.RecordInput ? MemoryPlanner.Hoisted : "tape", plane, length));
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
                case OutputKind.Derived:
                    Derive(output.Value, _memory.DerivedPlace(output.Index));
                    break;
                default:
                    break;
            }
        }

        foreach (int value in _computed)
        {
            Store(value, _memory.Kept[value]);
        }

        if (_plan.Pass is Pass.Backward or Pass.BackwardMany)
        {
            foreach (PointerPlan pointer in _plan.Pointers.Where(p => p.Role is PointerRole.InputGradient or PointerRole.StateGradient))
            {
                OutputKind kind = pointer.Role == PointerRole.InputGradient ? OutputKind.InputGradient : OutputKind.StateGradient;
                if (!_graph.Outputs.Any(o => o.Kind == kind && o.Index == pointer.Index))
                {
                    Shape shape = pointer.Role == PointerRole.InputGradient
                        ? Shape.Vector(pointer.Stride)
                        : cell.Body.Ops[cell.Body.Outputs.First(o => o.Kind == OutputKind.NextState && o.Index == pointer.Index).Value].Shape;
                    NestOf(BehindAll, shape, kind == OutputKind.InputGradient).Stores.Add(new StorePlan(-1, new Place(pointer.Name, 0, shape.Length)));
                }
            }
        }
    }

    private void Store(int value, Place place, bool isForInput = false)
    {
        if (_memory.LeafPlace(value) != place)
        {
            NestOf(_levels[value], _graph.Ops[value].Shape, isForInput).Stores.Add(new StorePlan(value, place));
        }
    }

    /// <summary>Has a derived parameter written, and read again from there.</summary>
    private void Derive(int value, Place place)
    {
        if (!_facts.IsView(value))
        {
            _plan.Places[value] = place;
        }

        Store(value, place);
    }

    private void PlaceTileSums()
    {
        ParameterLayout layout = new(_plan.Cell);
        int floats = _plan.Nests.Where(nest => nest.Shape.Rank == 1)
            .SelectMany(nest => Targets.All.Select(target => new NestLowering(_plan, nest, layout, target, 1, null).CutFloats))
            .DefaultIfEmpty().Max();
        _plan.TileSums = floats == 0 ? null
            : _plan.IsShared && floats <= Sharing.MostOwnFloats ? new Place(RowsLowering.Sums, 0, floats)
            : _memory.NewScratch(floats);
    }

    private void DropUnusedPointers()
    {
        HashSet<string> used = UsedPointers.Of(PassLowering.Lower(_plan, Targets.All[0]).Kernel);
        used.UnionWith(_plan.Gradients.SelectMany(g => new[] { g.Left, g.Right }).OfType<Place>().Select(place => place.Pointer));
        _plan.Pointers.RemoveAll(p =>
            (p.Role == PointerRole.Scratch && _plan.ScratchSize == 0)
            || (p.Role is PointerRole.Tape or PointerRole.Hoisted && p.Stride == 0)
            || (p.Role == PointerRole.Input && _plan.Hoisted.Count > 0 && !used.Contains(p.Name))
            || (p.Role == PointerRole.Work && _plan.RecordSize == 0)
            || (p.Role is PointerRole.Parameters or PointerRole.Derived or PointerRole.DerivedGradient or PointerRole.Panels && !used.Contains(p.Name)));
        int work = _plan.Pointers.FindIndex(p => p.Role == PointerRole.Work);
        if (work >= 0)
        {
            _plan.RecordSize = _plan.HasSteps ? MemoryPlanner.Staggered(_plan.RecordSize) : _plan.RecordSize;
            _plan.Pointers[work] = _plan.Pointers[work] with { Stride = _plan.RecordSize };
        }
    }
}
