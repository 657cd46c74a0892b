using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Model;
using Recurrent.Gen.Schedule;

namespace Recurrent.Gen.Lower;

/// <summary>
/// Turns the plan of a pass whose rows (time steps, streams, or both) do not wait for each other into a kernel: every tile of a loop goes over all rows
/// before the next tile begins, several rows at a time. So a tile's weights are read from memory once for all rows, and from a register for several.
/// </summary>
public static class RowsLowering
{
    private const string Index = "t";

    /// <summary>The pointer to a thread's own sums of a tile, in a pass that threads share.</summary>
    public const string Sums = "sums";

    /// <summary>The kernel's parameter that a pointer to one row begins at.</summary>
    public static string AllOf(string pointer) => pointer + "Rows";

    /// <summary>The statements of the kernel.</summary>
    /// <param name="plan">The pass.</param>
    /// <param name="target">The instruction set.</param>
    /// <param name="rows">The name of the number of rows.</param>
    /// <param name="body">Receives the statements.</param>
    /// <returns>What its loops read of the packed weights.</returns>
    public static IReadOnlyList<PanelPlan> Lower(PassPlan plan, Target target, string rows, List<Statement> body)
    {
        ParameterLayout layout = new(plan.Cell);
        List<PanelPlan> panels = [];
        List<CopyPlan> copies = [];
        string? packed = plan.Pointers.Find(p => p.Role == PointerRole.Panels)?.Name;
        body.AddRange(plan.OwnFloats == 0 ? [] : [new DeclareOwn(AllOf(Sums), plan.OwnFloats)]);
        foreach (Nest nest in plan.Nests)
        {
            Address? weights = packed is null ? null : new Address(packed, panels.Sum(p => p.Size));
            NestLowering one = new(plan, nest, layout, target, 1, weights);
            NestLowering several = new(plan, nest, layout, target, one.MostTimes(target), weights);
            copies.AddRange(PassLowering.Assign(plan, nest, one));
            several.Stores.Clear();
            several.Stores.AddRange(one.Stores);
            if (nest.HasOwn || one.Stores.Count > 0)
            {
                Statement[] statements = [.. nest.Sums.Count == 0 ? EachRow(plan, rows, one.Lower()) : EachTile(plan, nest, rows, one, several)];
                body.AddRange(nest.IsForInput ? [new IfGiven(AllOf(plan.Find(PointerRole.InputGradient)!.Name), statements.ToEquatableArray())] : statements);
                body.AddRange(Meeting(plan));
            }

            panels.Add(one.PanelPlan);
        }

        Statement[] moves = [.. copies.SelectMany(copy => PassLowering.Copy(plan, copy.From, copy.To, target))];
        body.AddRange(moves.Length == 0 ? [] : [.. EachRow(plan, rows, moves), .. Meeting(plan)]);
        return panels;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Behind what one thread writes, and another reads.</summary>
    private static IEnumerable<Statement> Meeting(PassPlan plan) => plan.IsShared ? [new Meet()] : [];

    private static IEnumerable<Statement> EachRow(PassPlan plan, string rows, IEnumerable<Statement> statements) =>
        [new Loop(Index, "0", rows, 1, OfRow(plan, statements))];

    private static IEnumerable<Statement> EachTile(PassPlan plan, Nest nest, string rows, NestLowering one, NestLowering several)
    {
        if (one.Describe() is string text)
        {
            yield return new Comment(text);
        }

        int times = several.Times;
        foreach (Statement statement in plan.IsShared
            ? [new Scope(TileLoop.Shared(one.Tiling, Tile, turning: plan.TurnOf(nest)).ToEquatableArray())]
            : TileLoop.Over(one.Tiling, Tile, plan.TurnOf(nest)))
        {
            yield return statement;
        }

        IEnumerable<Statement> Tile(IndexTerm[] row, int blocks, int firstRow, int partialRows)
        {
            // What is left of the rows has its element-wise part behind its products: where that is one time step of a layer without a state, it need not wait for memory.
            bool isCut = one.IsCut && times > 1;
            TilePart ofLast = isCut && plan.Pass != Pass.Forward ? TilePart.Products : TilePart.All;
            string together = times > 1 ? $"{rows} - {rows} % {Text(times)}" : "0";
            Statement[] Of(NestLowering lowering, TilePart part) => [.. lowering.Weights(row, firstRow), .. lowering.Tile(row, blocks, firstRow, partialRows, part)];
            if (times > 1)
            {
                yield return new Comment($"{Text(times)} rows at a time, then one");
                yield return new Loop(Index, "0", rows, times, OfRow(plan, Of(several, isCut ? TilePart.Products : TilePart.All)));
            }

            yield return new Loop(Index, together, rows, 1, OfRow(plan, Of(one, ofLast)));
            if (isCut)
            {
                yield return new Loop(Index, "0", ofLast == TilePart.All ? together : rows, 1, OfRow(plan, Of(one, TilePart.Elements)));
            }
        }
    }

    /// <summary>Statements with pointers to the row that they are for.</summary>
    private static EquatableArray<Statement> OfRow(PassPlan plan, IEnumerable<Statement> statements)
    {
        Statement[] body = [.. statements];
        HashSet<string> used = [.. body.All().SelectMany(Tree.AllAddresses).Select(address => address.Pointer)];
        return plan.Pointers.Where(plan.IsOfRow).Select(p => p.Name).Append(Sums).Where(used.Contains)
            .Select(Statement (name) => new DeclarePointer(name, Address.At(AllOf(name), 0, new IndexTerm(Index, Text(plan.StrideOf(name))))))
            .Concat(body)
            .ToEquatableArray();
    }
}
