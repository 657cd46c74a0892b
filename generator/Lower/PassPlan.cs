using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>Which of a layer's programs a plan is for.</summary>
public enum Pass
{
    /// <summary>Derived parameters, from those of the weight file.</summary>
    Load,

    /// <summary>What reads the input and no state, for the time steps that the forward passes take next.</summary>
    Input,

    /// <summary>The same for <see cref="Record"/>, where inference has weights of its own.</summary>
    RecordInput,

    /// <summary>Time steps forward.</summary>
    Forward,

    /// <summary>One time step forward with all products, where a layer is small and its other forward passes leave those of the input to <see cref="Input"/>.</summary>
    Step,

    /// <summary>A time step forward of each of many streams.</summary>
    Many,

    /// <summary>Time steps forward, keeping what the backward pass reads.</summary>
    Record,

    /// <summary>A time step forward of each of many sequences, keeping what the backward pass reads.</summary>
    RecordMany,

    /// <summary>Time steps backward.</summary>
    Backward,

    /// <summary>A time step backward of each of many sequences.</summary>
    BackwardMany,

    /// <summary>Gradients of parameters, from those of derived ones.</summary>
    LoadBackward,
}

/// <summary>A vector in memory: a pointer of the kernel and a distance behind it.</summary>
/// <param name="Pointer">The pointer's name.</param>
/// <param name="Offset">Floats behind the pointer.</param>
/// <param name="Length">Its elements.</param>
public sealed record Place(string Pointer, int Offset, int Length)
{
    /// <summary>Whether another place begins where this one ends.</summary>
    public bool IsBefore(Place other) => Pointer == other.Pointer && Offset + Length == other.Offset;
}

/// <summary>A pointer of the kernel.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">What it points to.</param>
/// <param name="Index">Of several of that role, which.</param>
/// <param name="Stride">Floats from one time step to the next; 0 where all steps share the place.</param>
public sealed record PointerPlan(string Name, PointerRole Role, int Index, int Stride);

/// <summary>What a kernel's pointer points to.</summary>
public enum PointerRole
{
    Input,
    Output,
    State,
    Tape,

    /// <summary>What <see cref="Pass.Input"/> has computed.</summary>
    Hoisted,
    OutputGradient,
    InputGradient,
    StateGradient,

    /// <summary>Gradients of values, kept until they are added to the gradients of the parameters.</summary>
    Work,

    /// <summary>Values that one loop of a time step hands to another.</summary>
    Scratch,

    /// <summary>The layer's parameters as in the flat order.</summary>
    Parameters,

    /// <summary>The layer's parameters that are computed from others at load.</summary>
    Derived,

    /// <summary>The layer's parameters as its kernel reads them.</summary>
    Panels,

    /// <summary>Gradients of the layer's parameters, in the flat order.</summary>
    ParameterGradient,

    /// <summary>Gradients of the layer's derived parameters.</summary>
    DerivedGradient,
}

/// <summary>A sum over matrix products: an initial vector (a value, or -1) and products in the order in which they are added.</summary>
/// <param name="Value">The value that the sum gives.</param>
/// <param name="Initial">The value that it begins with, or -1 for 0.</param>
/// <param name="Products">Values that are products.</param>
public sealed record Sum(int Value, int Initial, IReadOnlyList<int> Products);

/// <summary>A value that is written to memory; -1 writes zeros.</summary>
public sealed record StorePlan(int Value, Place Place);

/// <summary>A state that is computed elsewhere and copied to its place when the time step ends.</summary>
/// <param name="Nest">The loop that computes it.</param>
/// <param name="Value">The value.</param>
/// <param name="From">Where it is computed.</param>
/// <param name="To">Its place.</param>
/// <param name="IsReadLater">Whether loops behind read what the state was before. If not, a loop of one tile, which has read everything before it
/// writes anything, can write the state itself.</param>
public sealed record CopyPlan(Nest Nest, int Value, Place From, Place To, bool IsReadLater);

/// <summary>
/// What a time step computes together: scalars; or a loop over the rows of some vectors of one length, in it sums of products, then element-wise
/// values, then stores; or a loop over the elements of some matrices of one shape.
/// </summary>
/// <param name="level">How many values that must be whole stand between the inputs of the time step and its values.</param>
/// <param name="shape">The shape of its values.</param>
/// <param name="isForInput">Whether only the gradient by the input needs it, which nobody may want.</param>
public sealed class Nest(int level, Shape shape, bool isForInput)
{
    public int Level { get; } = level;

    public Shape Shape { get; } = shape;

    public bool IsForInput { get; } = isForInput;

    /// <summary>Elements along the axis that vectors run over: rows of vectors, columns of matrices.</summary>
    public int Width => Shape.Rank == 2 ? Shape.Columns.Size : Shape.Rows.Size;

    /// <summary>What decides its place among the nests of a time step; at one level vectors may read scalars, and matrices both.</summary>
    public (int Level, int Rank, bool IsForInput, int Rows, int Columns) Order =>
        (Level, Shape.Rank, IsForInput, Shape.Rows.Size, Shape.Columns.Size);

    public List<Sum> Sums { get; } = [];

    /// <summary>Element-wise values, in topological order.</summary>
    public List<int> Values { get; } = [];

    /// <summary>Sums of the rows or the columns of matrices, which the loop over these computes by the way.</summary>
    public List<int> MatrixSums { get; } = [];

    /// <summary>Whether it computes anything, apart from what loops in front of it do.</summary>
    public bool HasOwn => Sums.Count + Values.Count + MatrixSums.Count > 0;

    /// <summary>Values that are others in another order, which loops in front of this one write.</summary>
    public List<int> Swaps { get; } = [];

    public List<StorePlan> Stores { get; } = [];
}

/// <summary>What the gradient of a parameter gets from each time step.</summary>
/// <param name="Parameter">The parameter's number.</param>
/// <param name="Kind"><see cref="OpKind.Outer"/>, <see cref="OpKind.RowGradient"/>, or <see cref="OpKind.Add"/> for a vector's plain sum.</param>
/// <param name="Left">The gradient of a value.</param>
/// <param name="Right">The vector, or the index, that it is multiplied with; null for a plain sum.</param>
public sealed record GradientTerm(int Parameter, OpKind Kind, Place Left, Place? Right);

/// <summary>A pass with everything decided but the instruction set.</summary>
public sealed class PassPlan(Pass pass, CellGraph cell, OpGraph graph)
{
    public Pass Pass { get; } = pass;

    public CellGraph Cell { get; } = cell;

    public OpGraph Graph { get; } = graph;

    public GraphFacts Facts { get; } = new(graph, hasPackedVectors: pass is Pass.Input or Pass.RecordInput or Pass.Forward or Pass.Step or Pass.Many or Pass.Record or Pass.RecordMany);

    /// <summary>How the matrices that it reads packed lie in memory.</summary>
    public WeightFormat Weights { get; init; } = WeightFormat.Float32;

    /// <summary>The name of each value in kernels.</summary>
    public string[] Names { get; } = LaneNames.For(cell, graph);

    /// <summary>Pointers in the order in which the kernel takes them.</summary>
    public List<PointerPlan> Pointers { get; } = [];

    /// <summary>Loops of a time step, in order.</summary>
    public List<Nest> Nests { get; } = [];

    /// <summary>Where a vector or a matrix that is no value of the reading nest lies.</summary>
    public Dictionary<int, Place> Places { get; } = [];

    /// <summary>Copies behind the last loop: states that other rows, or later loops, may still read while they are computed.</summary>
    public List<CopyPlan> Copies { get; } = [];

    public List<GradientTerm> Gradients { get; } = [];

    /// <summary>Whether the kernel runs over time steps, or over streams.</summary>
    public bool HasSteps => Pass is not (Pass.Load or Pass.LoadBackward);

    /// <summary>Whether it runs over streams, or sequences, that all take one time step.</summary>
    public bool HasStreams => Pass is Pass.Many or Pass.RecordMany or Pass.BackwardMany;

    /// <summary>Elements that the widest loop runs over; without loops, as many as there can be.</summary>
    public int Width => Nests.Select(n => n.Width).DefaultIfEmpty(int.MaxValue).Max();

    /// <summary>Shapes of the values that <see cref="Pass.Input"/> computes for the forward passes, by their numbers.</summary>
    public IReadOnlyList<Shape> Hoisted { get; init; } = [];

    /// <summary>Of the pass that computes such values: their shapes.</summary>
    public IReadOnlyList<Shape> HoistedPlanes => [.. Graph.Outputs.Where(o => o.Kind == OutputKind.Saved).OrderBy(o => o.Index).Select(o => Graph.Ops[o.Value].Shape)];

    /// <summary>Whether the kernel runs from the last time step to the first: a layer's backward pass runs against its forward passes.</summary>
    public bool Descends { get; set; }

    public int ScratchSize { get; set; }

    /// <summary>Floats of a time step on the tape, or among the gradients kept for the parameters.</summary>
    public int RecordSize { get; set; }

    /// <summary>Adds a nest where it belongs: both forward passes have their nests in one order, for they read the same packed weights.</summary>
    public void Insert(Nest nest)
    {
        (int, int, bool, int, int) order = nest.Order;
        int before = Nests.FindIndex(other => other.Order.CompareTo(order) > 0);
        Nests.Insert(before < 0 ? Nests.Count : before, nest);
    }

    /// <summary>
    /// Whether a time step reads nothing of the one before, as those of several streams do not: then several can be taken at once, for which the weights are
    /// read once.
    /// </summary>
    public bool IsTimeless => HasSteps && !Descends
        && !Pointers.Exists(p => p.Role is PointerRole.State or PointerRole.StateGradient && p.Stride == 0)
        && Nests.TrueForAll(nest => nest.Shape.Rank == 1 && nest.Swaps.Count == 0 && nest.Values.TrueForAll(value => Graph.Ops[value].Kind != OpKind.Row));

    /// <summary>Whether every tile goes over all rows before the next tile begins. Whole numbers of a vector are made when its row begins, for all tiles.</summary>
    public bool TakesRows => IsTimeless && !Weights.IsWhole && Nests.Exists(nest => nest.Sums.Count > 0);

    /// <summary>Whether what a pointer points to is another place for each row.</summary>
    public bool IsOfRow(PointerPlan pointer) => pointer.Stride > 0 || pointer.Role == PointerRole.Scratch;
    /// <summary>Whether several threads can share the rows of its loops.</summary>
    public bool IsShared => Pass is Pass.Input or Pass.Forward or Pass.Many && Sharing.Pays(Width, MultiplyAdds) && !(TakesRows && TileSums?.Pointer == "scratch");

    /// <summary>
    /// Whether threads that share it must meet behind each of its loops: unless none reads what another, or the same of another time step, writes, nor writes
    /// where it reads.
    /// </summary>
    public bool HasMeetings => !IsTimeless || TakesRows || Nests.Count > 1 || Copies.Count > 0 || ScratchSize > 0;

    /// <summary>Floats of the weights that a loop reads in a time step.</summary>
    public long WeightsOf(Nest nest) => nest.Sums.SelectMany(sum => sum.Products)
        .Sum(product => (long)nest.Width * Weights.PanelWords(Graph.Ops[Graph.Ops[product].B].Shape.Length));

    /// <summary>
    /// Whether a loop takes its tiles in turns from the first to the last and from the last to the first: where the first cache does not hold its weights, but
    /// those that it read last are still near. A loop over time steps does so in each of them; one that takes many at once, from call to call.
    /// </summary>
    public bool Turns(Nest nest) =>
        (Pass == Pass.Input || (Pass is Pass.Forward or Pass.Step or Pass.Record && !IsTimeless)) && HasPanels && Tiling.IsFar(WeightsOf(nest));

    /// <summary>Whether the kernel is told how many time steps were taken before: it may be called for one alone, again and again.</summary>
    public bool TakesTurn => Pass is Pass.Input or Pass.Forward or Pass.Step && Nests.Exists(Turns);

    /// <summary>The number of a time step among all, or of the call where many are taken at once, by which the loops turn; null for a loop that does not.</summary>
    public string? TurnOf(Nest nest) => !Turns(nest) ? null : !TakesTurn ? "t" : IsTimeless ? PassLowering.Turn : $"(t + {PassLowering.Turn})";

    /// <summary>Multiply-adds of the products of a time step.</summary>
    private long MultiplyAdds => Nests.SelectMany(nest => nest.Sums).SelectMany(sum => sum.Products).Sum(product => (long)Graph.Ops[Graph.Ops[product].A].Shape.Length);

    /// <summary>Floats of the memory that the loops of a time step hand values over in, for as many time steps as are taken at once.</summary>
    public int ScratchFloats => TakesRows ? checked(ScratchSize * Tiling.MostRows)
        : IsTimeless ? checked(ScratchSize * Tiling.MostTimes)
        : ScratchSize;

    /// <summary>Floats that each thread has for itself of each row.</summary>
    private int OwnSize => TileSums?.Pointer == RowsLowering.Sums ? TileSums.Length : 0;

    /// <summary>The same of as many time steps as are taken at once.</summary>
    public int OwnFloats => checked(OwnSize * Tiling.MostRows);

    /// <summary>Floats from one time step, or one stream, to the next behind a pointer.</summary>
    public int StrideOf(string pointer) => pointer == "scratch" ? ScratchSize : pointer == RowsLowering.Sums ? OwnSize : Pointers.Find(p => p.Name == pointer)?.Stride ?? 0;

    /// <summary>Where partial sums of the rows of a matrix lie, on instruction sets that keep them in memory.</summary>
    public Dictionary<int, Place> RowSumPartials { get; } = [];

    /// <summary>
    /// Where the products of a tile leave their sums for its element-wise part, in a pass that takes several rows at once: the registers that hold sums of
    /// several rows have no room for anything else. Of threads that share the pass, each has such memory for itself. Where weights are whole numbers, the sums of all tiles lie there. Null
    /// where no loop has both.
    /// </summary>
    public Place? TileSums { get; set; }

    /// <summary>Where vectors lie as whole numbers, which whole weights multiply.</summary>
    public Dictionary<int, Place> WholeVectors { get; } = [];

    /// <summary>Values of all matrix loops.</summary>
    public int MatrixValues => Nests.Where(nest => nest.Shape.Rank == 2).Sum(nest => nest.Values.Count);

    /// <summary>Whether the kernel reads packed weights.</summary>
    public bool HasPanels => Pointers.Exists(p => p.Role == PointerRole.Panels);

    /// <summary>Floats in front of a value that is kept, in a time step's record on the tape.</summary>
    public int SavedAt(int value) => Graph.Outputs.Where(output => output.Kind == OutputKind.Saved)
        .OrderBy(output => output.Index)
        .TakeWhile(output => output.Value != value)
        .Sum(output => Graph.Ops[output.Value].Shape.Length);

    public PointerPlan? Find(PointerRole role, int index = 0) => Pointers.Find(p => p.Role == role && p.Index == index);
}
