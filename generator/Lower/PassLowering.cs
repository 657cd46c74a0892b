using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>A pass of a layer for one instruction set.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Panels">How its loops read their weights, loop after loop.</param>
public sealed record LoweredPass(Kernel Kernel, IReadOnlyList<PanelPlan> Panels)
{
    /// <summary>Floats of all packed weights.</summary>
    public int PanelSize => Panels.Sum(p => p.Size);
}

/// <summary>What one loop reads of the packed weights.</summary>
/// <param name="Tiling">Its tiles.</param>
/// <param name="Layout">Its order.</param>
/// <param name="Terms">For each product loop, how many terms it has.</param>
/// <param name="Format">How its matrices lie in memory.</param>
public sealed record PanelPlan(Tiling Tiling, NestLayout Layout, IReadOnlyList<int> Terms, WeightFormat Format)
{
    /// <summary>Floats, the last block padded.</summary>
    public int Size => checked(Tiling.AllBlocks * Tiling.Lanes * FloatsOfRow);

    /// <summary>Floats of a row; those of a block's rows lie among each other.</summary>
    public int FloatsOfRow => checked(Layout.Vectors.Count + Layout.Loops.Zip(Terms, (loop, terms) => loop.Packed.Count * Format.PanelWords(terms)).Sum());
}

/// <summary>Turns the plan of a pass into a kernel: the loop over time, in it the loops over rows, and behind them the copies.</summary>
public static class PassLowering
{
    /// <summary>Time steps that were taken before those of the call, or another number as odd as that.</summary>
    public const string Turn = "turn";

    private const string Steps = "steps";
    private const string Streams = "streams";

    public static LoweredPass Lower(PassPlan plan, Target target)
    {
        if (plan.TakesRows)
        {
            List<Statement> rows = [];
            IReadOnlyList<PanelPlan> ofRows = RowsLowering.Lower(plan, target, plan.HasStreams ? Streams : Steps, rows);
            return new LoweredPass(Wrap(plan, rows, target), plan.HasPanels ? ofRows : []);
        }

        List<Statement> step = [];
        IReadOnlyList<PanelPlan> panels = Step(plan, target, 1, step);
        if (!plan.HasSteps)
        {
            step.AddRange(GradientLowering.Additions(plan, target));
            return new LoweredPass(Wrap(plan, step, target), plan.HasPanels ? panels : []);
        }

        string? inputGradient = plan.Find(PointerRole.InputGradient)?.Name;
        PointerPlan[] moving = plan.Pointers.Where(p => p.Stride > 0).ToArray();
        List<Statement> body = [];
        if (plan.Descends)
        {
            body.AddRange(moving.SelectMany(p => Move(p, $"({Steps} - 1) * {Text(p.Stride)}", inputGradient)));
        }

        string steps = plan.HasStreams ? Streams : Steps;
        int times = Times(plan, target);
        if (times > 1)
        {
            List<Statement> several = [];
            Step(plan, target, times, several);
            several.AddRange(moving.SelectMany(p => Move(p, Text(times * p.Stride), inputGradient)));
            body.Add(new Comment($"{Text(times)} {(plan.HasStreams ? "streams" : "time steps")} at a time, then one"));
            body.Add(new Loop("t", "0", steps, times, several.ToEquatableArray()));
        }

        step.AddRange(moving.SelectMany(p => Move(p, (plan.Descends ? "-" : "") + Text(p.Stride), inputGradient)));
        body.InsertRange(0, KeptVectors.UsedBy(step));
        body.Add(new Loop("t", times > 1 ? $"{steps} - {steps} % {Text(times)}" : "0", steps, 1, step.ToEquatableArray()));
        return new LoweredPass(Wrap(plan, body, target), plan.HasPanels ? panels : []);
    }

    /// <summary>Time steps that are taken at once.</summary>
    private static int Times(PassPlan plan, Target target)
    {
        ParameterLayout layout = new(plan.Cell);
        return !plan.IsTimeless || plan.Nests.TrueForAll(nest => nest.Sums.Count == 0) ? 1
            : plan.Nests.Min(nest => new NestLowering(plan, nest, layout, target, 1, null).MostTimes(target));
    }

    /// <summary>Adds the statements of a time step, or of several at once.</summary>
    /// <returns>What its loops read of the packed weights.</returns>
    private static IReadOnlyList<PanelPlan> Step(PassPlan plan, Target target, int times, List<Statement> step)
    {
        ParameterLayout layout = new(plan.Cell);
        List<PanelPlan> panels = [];
        List<CopyPlan> copies = [];
        string? inputGradient = plan.Find(PointerRole.InputGradient)?.Name;
        string? packed = plan.Pointers.Find(p => p.Role == PointerRole.Panels)?.Name;
        foreach (Nest nest in plan.Nests)
        {
            ILowering lowering = nest.Shape.Rank switch
            {
                0 => new NumberLowering(plan, nest, layout),
                1 => new NestLowering(plan, nest, layout, target, times, packed is null ? null : new Address(packed, panels.Sum(p => p.Size))),
                _ => new MatrixLowering(plan, nest, layout, target),
            };
            copies.AddRange(Assign(plan, nest, lowering));
            Statement[] swaps = [.. nest.Swaps.Select(swap => SwapLowering.Lower(plan, swap))];
            Statement[] own = [.. nest.HasOwn || lowering.Stores.Count > 0 ? lowering.Lower() : []];
            Statement[] statements = [.. plan.IsShared && swaps.Length > 0 ? [new FirstAlone(swaps), new Meet()] : swaps, .. own];
            if (statements.Any(statement => statement is DeclarePointer or DeclareIndex or DeclareShare))
            {
                statements = [new Scope(statements.ToEquatableArray())];
            }

            if (nest.IsForInput)
            {
                step.Add(new IfGiven(inputGradient!, statements.ToEquatableArray()));
            }
            else
            {
                step.AddRange(statements);
            }

            if (plan.IsShared && plan.HasMeetings)
            {
                step.Add(new Meet());
            }

            if (lowering is NestLowering vectors)
            {
                panels.Add(vectors.PanelPlan);
            }
        }

        foreach (CopyPlan copy in copies)
        {
            for (int time = 0; time < times; time++)
            {
                Place At(Place place) => place with { Offset = place.Offset + (time * plan.StrideOf(place.Pointer)) };
                step.AddRange(Copy(plan, At(copy.From), At(copy.To), target));
            }
        }

        if (plan.IsShared && copies.Count > 0)
        {
            step.Add(new Meet());
        }

        return panels;
    }

    /// <summary>Has a loop write the states that it can write itself.</summary>
    /// <returns>Those that are to be copied when the time step ends.</returns>
    public static IEnumerable<CopyPlan> Assign(PassPlan plan, Nest nest, ILowering lowering)
    {
        if (lowering.IsOneTile)
        {
            lowering.Stores.AddRange(plan.Copies.Where(c => c.Nest == nest && !c.IsReadLater).Select(c => new StorePlan(c.Value, c.To)));
        }

        return plan.Copies.Where(c => c.Nest == nest && (c.IsReadLater || !lowering.IsOneTile)).OrderBy(c => c.IsReadLater);
    }

    private static Kernel Wrap(PassPlan plan, IEnumerable<Statement> body, Target target) => new(
        target.Kernel,
        Summary(plan),
        (plan.HasStreams ? [Streams] : !plan.HasSteps ? [] : plan.TakesTurn ? [Steps, Turn] : new[] { Steps }).ToEquatableArray(),
        plan.Pointers.Select(p => plan.TakesRows && plan.IsOfRow(p) ? RowsLowering.AllOf(p.Name) : p.Name).ToEquatableArray(),
        body.ToEquatableArray()) { IsShared = plan.IsShared };

    private static IEnumerable<Statement> Move(PointerPlan pointer, string amount, string? inputGradient)
    {
        Statement advance = new Advance(pointer.Name, amount);
        yield return pointer.Name == inputGradient ? new IfGiven(pointer.Name, new[] { advance }.ToEquatableArray()) : advance;
    }

    private static string Summary(PassPlan plan) => (plan.Pass, plan.Descends) switch
    {
        (Pass.Load, _) => "Computes what the equations make of parameters alone.",
        (Pass.Input, _) => "What the time steps read of the input alone.",
        (Pass.LoadBackward, _) => "Hands the gradients of derived parameters on to those that they are computed from.",
        (Pass.Step, _) => "Time steps forward, with the products of the input.",
        (Pass.Many, _) => "A time step forward of each of many streams.",
        (Pass.RecordMany, _) => "A time step forward of each of many sequences; the tape keeps what the backward pass reads.",
        (Pass.BackwardMany, _) => "A time step backward of each of many sequences.",
        (Pass.Forward, false) => "Time steps forward.",
        (Pass.Forward, true) => "Time steps of a reverse layer, from the last to the first.",
        (Pass.Record, false) => "Time steps forward; the tape keeps what the backward pass reads.",
        (Pass.Record, true) => "Time steps of a reverse layer, from the last to the first; the tape keeps what the backward pass reads.",
        (_, true) => "Time steps backward, from the last to the first.",
        _ => "Time steps of a reverse layer backward, from the first to the last.",
    };

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Copies a vector, or a thread's part of it.</summary>
    public static IEnumerable<Statement> Copy(PassPlan plan, Place from, Place to, Target target) => !plan.IsShared ? Whole(from, to, target)
        : [new Scope(TileLoop.Shared(new Tiling(from.Length, target.Lanes, 1), (j, _, first, partial) => [Move(from, to, first, partial, j)]).ToEquatableArray())];

    private static IEnumerable<Statement> Whole(Place from, Place to, Target target)
    {
        int full = from.Length / target.Lanes * target.Lanes;
        if (full > target.Lanes)
        {
            yield return new Loop("j", "0", Text(full), target.Lanes, new Statement[] { Move(from, to, 0, 0, new IndexTerm("j")) }.ToEquatableArray());
        }
        else if (full > 0)
        {
            yield return Move(from, to, 0, 0);
        }

        if (full < from.Length)
        {
            yield return Move(from, to, full, from.Length - full);
        }
    }

    private static Store Move(Place from, Place to, int offset, int lanes, params IndexTerm[] row) => new(
        Address.At(to.Pointer, to.Offset + offset, row),
        new Load(Address.At(from.Pointer, from.Offset + offset, row), lanes),
        lanes);
}
