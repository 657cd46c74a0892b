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
    private readonly PassPlan _plan;
    private readonly OpGraph _graph;
    private readonly ParameterLayout _layout;
    private readonly int[] _levels;
    private readonly HashSet<int> _absorbed = [];
    private readonly Dictionary<int, Sum> _sums = [];
    private readonly HashSet<int> _readWhole = [];
    private readonly HashSet<int> _computed = [];

    private PassPlanner(Pass pass, CellGraph cell, OpGraph graph)
    {
        _plan = new PassPlan(pass, cell, graph);
        _graph = graph;
        _layout = new ParameterLayout(cell);
        _levels = new int[graph.Ops.Count];
    }

    /// <summary>Plans a pass.</summary>
    /// <param name="pass">Which pass.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="graph">The pass's graph; its sums stand in the order in which they are to be added.</param>
    public static PassPlan Plan(Pass pass, LayerSpec layer, OpGraph graph)
    {
        PassPlanner planner = new(pass, layer.Cell, graph);
        planner.CountUses();
        planner.FindLoadTime();
        planner.FindSums();
        planner.AddPointers(layer.InputSize, layer.OutputSize);
        planner.PlaceGradients();
        planner.AssignLevels();
        planner.BuildNests();
        planner.AddStores();
        planner.PlaceHandedOver();
        planner.ProtectStates();
        planner.DropUnusedPointers();
        return planner._plan;
    }

    private IEnumerable<int> Operands(int value)
    {
        Op op = _graph.Ops[value];
        if (op.HasA)
        {
            yield return op.A;
        }

        if (op.HasB)
        {
            yield return op.B;
        }
    }

    private void CountUses()
    {
        for (int v = 0; v < _graph.Ops.Count; v++)
        {
            foreach (int operand in Operands(v))
            {
                _plan.Uses[operand]++;
            }
        }

        foreach (GraphOutput output in _graph.Outputs.Where(o => o.Kind != OutputKind.Saved))
        {
            _plan.Uses[output.Value]++;
        }
    }

    private void FindLoadTime()
    {
        if (_plan.Pass == Pass.Backward)
        {
            return;
        }

        for (int v = 0; v < _graph.Ops.Count; v++)
        {
            Op op = _graph.Ops[v];
            bool isParameter = op.Kind == OpKind.Parameter && op.Shape.Rank == 1;
            bool isExpression = op.IsElementwise && Operands(v).Any(_plan.LoadTime.Contains)
                && Operands(v).All(o => _plan.LoadTime.Contains(o) || _graph.Ops[o].Kind == OpKind.Constant);
            if (isParameter || isExpression)
            {
                _plan.LoadTime.Add(v);
            }
        }
    }

    private bool IsProduct(int value) => _graph.Ops[value].Kind is OpKind.Product or OpKind.TransposedProduct;

    private void FindSums()
    {
        for (int v = 0; v < _graph.Ops.Count; v++)
        {
            Op op = _graph.Ops[v];
            if (IsProduct(v))
            {
                _sums[v] = new Sum(v, -1, [v]);
            }
            else if (op.Kind == OpKind.Add && IsProduct(op.B) && _plan.Uses[op.B] == 1)
            {
                if (_plan.LoadTime.Contains(op.A))
                {
                    Absorb(op.B);
                    _sums[v] = new Sum(v, op.A, [op.B]);
                }
                else if (_sums.TryGetValue(op.A, out Sum before) && _plan.Uses[op.A] == 1)
                {
                    Absorb(op.A);
                    Absorb(op.B);
                    _sums[v] = new Sum(v, before.Initial, [.. before.Products, op.B]);
                }
            }
        }
    }

    private void Absorb(int value)
    {
        _sums.Remove(value);
        _absorbed.Add(value);
    }

    private void AddPointers(int inputSize, int outputSize)
    {
        CellGraph cell = _plan.Cell;
        HashSet<string> taken = ["steps", "t", "j", "k", "w", "parameters", "tape", "work", "scratch", "panels"];
        string Unique(string name)
        {
            while (!taken.Add(name))
            {
                name += "_";
            }

            return name;
        }

        void Add(string name, PointerRole role, int index, int stride) =>
            _plan.Pointers.Add(new PointerPlan(name, role, index, stride));

        string[] states = cell.States.Select(Unique).ToArray();
        string input = Unique(cell.Input);
        string output = Unique("y");
        int record = _graph.Outputs.Where(o => o.Kind == OutputKind.Saved).Sum(o => _graph.Ops[o.Value].Shape.Length);
        if (_plan.Pass == Pass.Backward)
        {
            Add(Unique("d" + output), PointerRole.OutputGradient, 0, outputSize);
            Add(Unique("d" + input), PointerRole.InputGradient, 0, inputSize);
            for (int s = 0; s < states.Length; s++)
            {
                Add(Unique("d" + states[s]), PointerRole.StateGradient, s, 0);
            }

            Add("tape", PointerRole.Tape, 0, PlaneOffsets().Total);
            Add("work", PointerRole.Work, 0, 0);
            Add("parameters", PointerRole.Parameters, 0, 0);
        }
        else
        {
            Add(input, PointerRole.Input, 0, inputSize);
            Add(output, PointerRole.Output, 0, outputSize);
            for (int s = 0; s < states.Length; s++)
            {
                Add(states[s], PointerRole.State, s, 0);
            }

            Add("tape", PointerRole.Tape, 0, record);
            Add("parameters", PointerRole.Parameters, 0, 0);
            Add("panels", PointerRole.Panels, 0, 0);
            _plan.RecordSize = record;
        }

        Add("scratch", PointerRole.Scratch, 0, 0);
    }

    /// <summary>Where each plane lies in a record of the tape, by the shapes of the values that read it.</summary>
    private (Dictionary<int, int> Offsets, int Total) PlaneOffsets()
    {
        Dictionary<int, int> offsets = [];
        int total = 0;
        foreach (Op op in _graph.Ops.Where(op => op.Kind == OpKind.Forward).OrderBy(op => op.A))
        {
            offsets[op.A] = total;
            total += op.Shape.Length;
        }

        return (offsets, total);
    }

    private string Pointer(PointerRole role, int index = 0) => _plan.Find(role, index)!.Name;

    /// <summary>Where a leaf lies.</summary>
    private Place? LeafPlace(int value)
    {
        Op op = _graph.Ops[value];
        return op.Kind switch
        {
            OpKind.Input => new Place(Pointer(PointerRole.Input), 0, op.Shape.Length),
            OpKind.State => new Place(Pointer(PointerRole.State, op.A), 0, op.Shape.Length),
            OpKind.Forward => new Place("tape", PlaneOffsets().Offsets[op.A], op.Shape.Length),
            OpKind.Cotangent when op.A == 0 => new Place(Pointer(PointerRole.OutputGradient), 0, op.Shape.Length),
            OpKind.Cotangent => new Place(Pointer(PointerRole.StateGradient, op.A - 1), 0, op.Shape.Length),
            OpKind.Parameter when op.Shape.Rank == 1 => new Place("parameters", _layout[op.A], op.Shape.Length),
            _ => null,
        };
    }

    /// <summary>Lays out the gradients that the gradients of the parameters are made of, one after another in a record for each time step.</summary>
    private void PlaceGradients()
    {
        Dictionary<int, Place> kept = [];
        Place Keep(int value)
        {
            Op op = _graph.Ops[value];
            if (op.Kind == OpKind.Forward || (op.Kind == OpKind.Cotangent && op.A == 0))
            {
                return LeafPlace(value)!;
            }

            if (!kept.TryGetValue(value, out Place place))
            {
                place = new Place("work", _plan.RecordSize, op.Shape.Length);
                kept.Add(value, place);
                _plan.RecordSize += op.Shape.Length;
                _computed.Add(value);
            }

            return place;
        }

        void Split(int parameter, int value)
        {
            Op op = _graph.Ops[value];
            switch (op.Kind)
            {
                case OpKind.Add when op.Shape.Rank == 2:
                    Split(parameter, op.A);
                    Split(parameter, op.B);
                    break;
                case OpKind.Outer or OpKind.RowGradient:
                    _plan.Gradients.Add(new GradientTerm(parameter, op.Kind, Keep(op.A), Keep(op.B)));
                    break;
                default:
                    _plan.Gradients.Add(new GradientTerm(parameter, OpKind.Add, Keep(value), null));
                    break;
            }
        }

        foreach (GraphOutput output in _graph.Outputs.Where(o => o.Kind == OutputKind.ParameterGradient))
        {
            Split(output.Index, output.Value);
        }

        foreach (KeyValuePair<int, Place> pair in kept)
        {
            _plan.Places[pair.Key] = pair.Value;
        }
    }

    private void AssignLevels()
    {
        for (int v = 0; v < _graph.Ops.Count; v++)
        {
            Op op = _graph.Ops[v];
            if (op.IsLeaf || _plan.LoadTime.Contains(v))
            {
                _levels[v] = 0;
            }
            else if (IsProduct(v) || op.Kind == OpKind.Row)
            {
                bool isInMemory = LeafPlace(op.B) is not null;
                _levels[v] = isInMemory ? 0 : _levels[op.B] + 1;
                _readWhole.Add(op.B);
            }
            else
            {
                _levels[v] = Operands(v).Max(o => _levels[o]);
            }
        }
    }

    private Nest NestOf(int level, int rows)
    {
        Nest? nest = _plan.Nests.Find(n => n.Level == level && n.Rows == rows);
        if (nest is null)
        {
            nest = new Nest(level, rows);
            int before = _plan.Nests.FindIndex(n => n.Level > level);
            _plan.Nests.Insert(before < 0 ? _plan.Nests.Count : before, nest);
        }

        return nest;
    }

    private Nest NestOf(int value) => NestOf(_levels[value], _graph.Ops[value].Shape.Length);

    private void BuildNests()
    {
        HashSet<int> live = [];
        void Visit(int value)
        {
            Op op = _graph.Ops[value];
            if (_plan.LoadTime.Contains(value) || op.IsLeaf || !live.Add(value))
            {
                return;
            }

            foreach (int operand in Operands(value))
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
            if (!live.Contains(v) || _absorbed.Contains(v))
            {
                continue;
            }

            if (_sums.TryGetValue(v, out Sum sum))
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
                    Store(output.Value, new Place(Pointer(PointerRole.Output), 0, length));
                    break;
                case OutputKind.NextState:
                    Store(output.Value, new Place(Pointer(PointerRole.State, output.Index), 0, length));
                    break;
                case OutputKind.InputGradient:
                    Store(output.Value, new Place(Pointer(PointerRole.InputGradient), 0, length));
                    break;
                case OutputKind.StateGradient:
                    Store(output.Value, new Place(Pointer(PointerRole.StateGradient, output.Index), 0, length));
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
                    NestOf(0, length).Stores.Add(new StorePlan(-1, new Place(pointer.Name, 0, length)));
                }
            }
        }
    }

    private void Store(int value, Place place)
    {
        if (LeafPlace(value) != place)
        {
            NestOf(_levels[value], place.Length).Stores.Add(new StorePlan(value, place));
        }
    }

    /// <summary>Gives a place to every value that a later loop reads, or that a product reads whole.</summary>
    private void PlaceHandedOver()
    {
        for (int v = 0; v < _graph.Ops.Count; v++)
        {
            if (LeafPlace(v) is Place leaf)
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
                    && (n.Values.Any(v => Operands(v).Contains(home.Key)) || n.Stores.Any(s => s.Value == home.Key)));
            if (isHandedOver && !_plan.Places.ContainsKey(home.Key))
            {
                Place place = NewScratch(home.Value.Rows);
                _plan.Places[home.Key] = place;
                home.Value.Stores.Add(new StorePlan(home.Key, place));
            }
        }
    }

    private Place NewScratch(int length)
    {
        Place place = new("scratch", _plan.ScratchSize, length);
        _plan.ScratchSize += length;
        return place;
    }

    /// <summary>
    /// A state may be overwritten in the loop that computes it, unless other rows of that loop, or later loops, read what it was before: then it is
    /// kept elsewhere until the time step ends.
    /// </summary>
    private void ProtectStates()
    {
        for (int n = 0; n < _plan.Nests.Count; n++)
        {
            Nest nest = _plan.Nests[n];
            for (int s = 0; s < nest.Stores.Count; s++)
            {
                StorePlan store = nest.Stores[s];
                bool isState = _plan.Pointers.Exists(p =>
                    p.Name == store.Place.Pointer && p.Role is PointerRole.State or PointerRole.StateGradient);
                if (!isState || store.Value < 0 || !IsReadLater(store.Place, n))
                {
                    continue;
                }

                StorePlan? elsewhere = nest.Stores.Find(o => o.Value == store.Value
                    && _plan.Pointers.Exists(p => p.Name == o.Place.Pointer && p.Role is PointerRole.Output or PointerRole.Tape or PointerRole.Work or PointerRole.Scratch));
                if (elsewhere is null)
                {
                    nest.Stores[s] = new StorePlan(store.Value, NewScratch(store.Place.Length));
                    _plan.Copies.Add(new CopyPlan(nest, store.Value, nest.Stores[s].Place, store.Place, IsReadBehind(store.Place, n)));
                }
                else
                {
                    nest.Stores.RemoveAt(s--);
                    _plan.Copies.Add(new CopyPlan(nest, store.Value, elsewhere.Place, store.Place, IsReadBehind(store.Place, n)));
                }
            }
        }
    }

    /// <summary>Whether other rows of a loop, or later loops, read a place.</summary>
    private bool IsReadLater(Place place, int nest) => IsReadWhole(place, _plan.Nests[nest]) || IsReadBehind(place, nest);

    private bool IsReadBehind(Place place, int nest) =>
        _plan.Nests.Skip(nest + 1).Any(reader => IsReadWhole(place, reader) || IsReadByRow(place, reader));

    private bool IsReadWhole(Place place, Nest reader) =>
        reader.Sums.Any(sum => sum.Products.Any(product => LeafPlace(_graph.Ops[product].B) == place));

    private bool IsReadByRow(Place place, Nest reader) =>
        reader.Values.Any(value => Operands(value).Any(operand => LeafPlace(operand) == place))
        || reader.Stores.Any(store => store.Value >= 0 && LeafPlace(store.Value) == place);

    private void DropUnusedPointers()
    {
        bool readsRaw = _plan.Pass == Pass.Backward || _plan.Nests.Any(n => n.Values.Any(v => _graph.Ops[v].Kind == OpKind.Row));
        bool readsPanels = _plan.Nests.Any(n => n.Sums.Count > 0 || n.Values.Any(v => Operands(v).Any(_plan.LoadTime.Contains)));
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
