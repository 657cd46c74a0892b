using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>Lays out what a pass reads and writes: the kernel's pointers, the records of the tape, and the gradients kept for the parameters.</summary>
public sealed class MemoryPlanner(PassPlan plan)
{
    /// <summary>The name of the pointer to what reads the input and no state.</summary>
    public const string Hoisted = "hoisted";

    private readonly PassPlan _plan = plan;
    private readonly OpGraph _graph = plan.Graph;
    private readonly ParameterLayout _layout = new(plan.Cell);
    private readonly Dictionary<int, int> _planes = PlaneOffsets(plan.Graph);
    private readonly int[] _hoisted = [.. plan.Hoisted.Select((_, plane) => plan.Hoisted.Take(plane).Sum(shape => shape.Length))];

    /// <summary>Where the gradients are kept that the gradients of the parameters are made of.</summary>
    public Dictionary<int, Place> Kept { get; } = [];

    /// <summary>Names the pointers that a kernel may need; those that no loop uses are dropped when all is planned.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="stateStride">Floats from a stream's state to the next one's; 0 where the pass runs over one stream.</param>
    public void AddPointers(LayerSpec layer, int stateStride)
    {
        CellGraph cell = _plan.Cell;
        HashSet<string> taken =
        [
            "steps", "streams", Kernel.Share, TileLoop.Begin, TileLoop.End, TileLoop.InOrder, TileLoop.Row, TilePipeline.First, TilePipeline.Before, TilePipeline.Last, PassLowering.Turn, "t", "k", "w", MatrixLowering.Row, MatrixLowering.Lane, "parameters", "tape", "work", "scratch", RowsLowering.Sums, RowsLowering.AllOf(RowsLowering.Sums), "panels", Hoisted, ParameterLayout.Derived,
            GradientLowering.Gradients, GradientLowering.DerivedGradients, SwapLowering.Matrix, SwapLowering.Row, SwapLowering.Column,
        ];
        string Unique(string name)
        {
            while (LaneNames.HasEnding(name) || IsWordOfKernels(name) || taken.Contains(RowsLowering.AllOf(name)) || !taken.Add(name))
            {
                name += "_";
            }

            taken.Add(RowsLowering.AllOf(name));

            return name;
        }

        void Add(string name, PointerRole role, int index, int stride) =>
            _plan.Pointers.Add(new PointerPlan(name, role, index, stride));

        string[] states = cell.States.Select(Unique).ToArray();
        string input = Unique(cell.Input);
        string output = Unique("y");
        int kept = _graph.Ops.Where(op => op.Kind == OpKind.Forward).Sum(op => op.Shape.Length);
        int record = _graph.Outputs.Where(o => o.Kind == OutputKind.Saved).Sum(o => _graph.Ops[o.Value].Shape.Length);
        if (_plan.Pass == Pass.Load)
        {
            Add(ParameterLayout.Parameters, PointerRole.Parameters, 0, 0);
            Add(ParameterLayout.Derived, PointerRole.Derived, 0, 0);
            Add("panels", PointerRole.Panels, 0, 0);
        }
        else if (_plan.Pass == Pass.LoadBackward)
        {
            Add(GradientLowering.DerivedGradients, PointerRole.DerivedGradient, 0, 0);
            Add("work", PointerRole.Work, 0, 0);
            Add(ParameterLayout.Parameters, PointerRole.Parameters, 0, 0);
            Add(ParameterLayout.Derived, PointerRole.Derived, 0, 0);
            Add(GradientLowering.Gradients, PointerRole.ParameterGradient, 0, 0);
        }
        else if (_plan.Pass is Pass.Backward or Pass.BackwardMany)
        {
            Add(Unique("d" + output), PointerRole.OutputGradient, 0, layer.LevelSize);
            Add(Unique("d" + input), PointerRole.InputGradient, 0, layer.InputSize);
            for (int s = 0; s < states.Length; s++)
            {
                Add(Unique("d" + states[s]), PointerRole.StateGradient, s, stateStride);
            }

            Add("tape", PointerRole.Tape, 0, kept);
            Add("work", PointerRole.Work, 0, 0);
            Add(ParameterLayout.Parameters, PointerRole.Parameters, 0, 0);
            Add(ParameterLayout.Derived, PointerRole.Derived, 0, 0);
        }
        else if (_plan.Pass is Pass.Input or Pass.RecordInput)
        {
            Add(input, PointerRole.Input, 0, layer.InputSize);
            Add(Hoisted, PointerRole.Hoisted, 0, record);
            Add(ParameterLayout.Parameters, PointerRole.Parameters, 0, 0);
            Add(ParameterLayout.Derived, PointerRole.Derived, 0, 0);
            Add("panels", PointerRole.Panels, 0, 0);
            _plan.RecordSize = record;
        }
        else
        {
            Add(input, PointerRole.Input, 0, layer.InputSize);
            Add(Hoisted, PointerRole.Hoisted, 0, _plan.Hoisted.Sum(shape => shape.Length));
            Add(output, PointerRole.Output, 0, layer.LevelSize);
            for (int s = 0; s < states.Length; s++)
            {
                Add(states[s], PointerRole.State, s, stateStride);
            }

            Add("tape", PointerRole.Tape, 0, record);
            Add(ParameterLayout.Parameters, PointerRole.Parameters, 0, 0);
            Add(ParameterLayout.Derived, PointerRole.Derived, 0, 0);
            Add("panels", PointerRole.Panels, 0, 0);
            _plan.RecordSize = record;
        }

        Add("scratch", PointerRole.Scratch, 0, 0);
    }

    /// <summary>Whether kernels use a name for masks, for indices of rows, or for a type that they call.</summary>
    private static bool IsWordOfKernels(string name)
    {
        string letters = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return (letters.Length < name.Length && letters is "first" or "row")
            || Targets.OfKernels.Any(target => target.Mentions(name));
    }

    /// <summary>Where a leaf lies, or null where it is none.</summary>
    public Place? LeafPlace(int value)
    {
        Op op = _graph.Ops[value];
        return op.Kind switch
        {
            OpKind.Input => new Place(Pointer(PointerRole.Input), 0, op.Shape.Length),
            OpKind.State => new Place(Pointer(PointerRole.State, op.A), 0, op.Shape.Length),
            OpKind.Hoisted => new Place(Hoisted, _hoisted[op.A], op.Shape.Length),
            OpKind.Forward => new Place("tape", _planes[op.A], op.Shape.Length),
            OpKind.Mask => new Place("tape", _plan.SavedAt(value), op.Shape.Length),
            OpKind.Cotangent when _plan.Pass == Pass.LoadBackward => DerivedPlace(op.A) with { Pointer = GradientLowering.DerivedGradients },
            OpKind.Cotangent when op.A == 0 => new Place(Pointer(PointerRole.OutputGradient), 0, op.Shape.Length),
            OpKind.Cotangent when op.A > _plan.Cell.States.Count => new Place(Pointer(PointerRole.InputGradient), 0, op.Shape.Length),
            OpKind.Cotangent => new Place(Pointer(PointerRole.StateGradient, op.A - 1), 0, op.Shape.Length),
            OpKind.Parameter => _layout[op.A],
            _ => null,
        };
    }

    /// <summary>Where a derived parameter lies.</summary>
    public Place DerivedPlace(int index) => _layout[_layout.OwnCount + index];

    /// <summary>Lays out the gradients that the gradients of the parameters are made of, one after another in a record for each time step.</summary>
    /// <returns>The values that must be computed for them.</returns>
    public IReadOnlyCollection<int> PlaceGradients()
    {
        Dictionary<int, Place> kept = Kept;
        Place Keep(int value)
        {
            Op op = _graph.Ops[value];
            bool stays = op.Kind is OpKind.Forward or OpKind.Parameter
                || (op.Kind == OpKind.Cotangent && (op.A == 0 || _plan.Pass == Pass.LoadBackward));
            if (stays)
            {
                return LeafPlace(value)!;
            }

            if (!kept.TryGetValue(value, out Place place))
            {
                place = new Place("work", _plan.RecordSize, op.Shape.Length);
                kept.Add(value, place);
                _plan.RecordSize = checked(_plan.RecordSize + op.Shape.Length);
            }

            return place;
        }

        void Split(int parameter, int value)
        {
            Op op = _graph.Ops[value];
            switch (op.Kind)
            {
                case OpKind.Add when op.Shape.Rank == 2 && op.Operands.All(operand => _graph.Ops[operand].Shape == op.Shape):
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

        foreach (KeyValuePair<int, Place> pair in kept.Where(pair => !_plan.Facts.IsView(pair.Key)))
        {
            _plan.Places[pair.Key] = pair.Value;
        }

        return kept.Keys;
    }

    /// <summary>Floats from one record to the next, so that one place in many of them is not one place in the first cache: an odd number of its lines.</summary>
    public static int Staggered(int floats)
    {
        const int Line = 16;
        const int LeastFloats = 256;
        return floats < LeastFloats ? floats : checked((((floats + Line - 1) / Line) | 1) * Line);
    }

    /// <summary>A new place for values that one loop of a time step hands to another.</summary>
    public Place NewScratch(int length)
    {
        Place place = new("scratch", _plan.ScratchSize, length);
        _plan.ScratchSize = checked(_plan.ScratchSize + length);
        return place;
    }

    /// <summary>Where each plane lies in a record of the tape, by the shapes of the values that read it.</summary>
    private static Dictionary<int, int> PlaneOffsets(OpGraph graph)
    {
        Dictionary<int, int> offsets = [];
        int total = 0;
        foreach (Op op in graph.Ops.Where(op => op.Kind == OpKind.Forward).OrderBy(op => op.A))
        {
            offsets[op.A] = total;
            total = checked(total + op.Shape.Length);
        }

        return offsets;
    }

    private string Pointer(PointerRole role, int index = 0) => _plan.Find(role, index)!.Name;
}
