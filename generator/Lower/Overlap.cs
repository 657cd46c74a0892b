using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Lower;

/// <summary>
/// Puts statements among loops that do not depend on them: a processor that waits for the result of one has multiply-adds of the other to do, and looks for them
/// in what comes next.
/// </summary>
public static class Overlap
{
    /// <summary>Pieces of products behind the last of what is spread over them: enough to do while its result is awaited.</summary>
    private const int PiecesBehind = 3;

    /// <summary>The statements of both, each in its own order, the second spread over the first.</summary>
    /// <param name="products">Loops over terms, which are cut where others come between, and what stands beside them, whose names are its own.</param>
    /// <param name="others">What is spread over them.</param>
    /// <param name="together">How many of the others stand together, as they do not wait for each other.</param>
    public static IEnumerable<Statement> Spread(IReadOnlyList<Statement> products, IReadOnlyList<Statement> others, int together)
    {
        // What only writes a result stands with what computes one.
        Statement[][] groups = [.. Groups(others, together)];
        Statement[] pieces = [.. Pieces(products, groups.Length == 0 ? 1 : groups.Length + PiecesBehind)];
        int before = 0;
        for (int piece = 0; piece < pieces.Length; piece++)
        {
            // The first of the others stands in front of the second piece.
            int among = Math.Max(1, pieces.Length - PiecesBehind);
            int due = Math.Min(groups.Length, ((piece * groups.Length) + among - 1) / among);
            foreach (Statement statement in groups.Skip(before).Take(due - before).SelectMany(group => group))
            {
                yield return statement;
            }

            before = due;
            yield return pieces[piece];
        }

        foreach (Statement statement in groups.Skip(before).SelectMany(group => group))
        {
            yield return statement;
        }
    }

    private static IEnumerable<Statement[]> Groups(IReadOnlyList<Statement> statements, int together)
    {
        List<Statement> group = [];
        int results = 0;
        foreach (Statement statement in statements)
        {
            if (statement is not Store && results++ == together)
            {
                yield return [.. group];
                group = [];
                results = 1;
            }

            group.Add(statement);
        }

        if (group.Count > 0)
        {
            yield return [.. group];
        }
    }

    private static IEnumerable<Statement> Pieces(IReadOnlyList<Statement> products, int wanted)
    {
        int all = products.OfType<Loop>().Sum(Iterations);
        List<Statement> between = [];
        foreach (Statement statement in products)
        {
            if (statement is not Loop loop)
            {
                between.Add(statement);
                continue;
            }

            if (between.Count > 0)
            {
                yield return new Scope(between.ToEquatableArray());
                between = [];
            }

            // Of all pieces, as many as the loop has of all iterations.
            int iterations = Iterations(loop);
            int parts = Math.Max(1, Math.Min(iterations, (wanted * iterations) / all));
            int start = Number(loop.Start);
            for (int part = 0; part < parts; part++)
            {
                yield return loop with { Start = At(part), End = At(part + 1) };
            }

            string At(int part) => (start + (iterations * part / parts * loop.Step)).ToString(CultureInfo.InvariantCulture);
        }

        if (between.Count > 0)
        {
            yield return new Scope(between.ToEquatableArray());
        }
    }

    private static int Iterations(Loop loop) => (Number(loop.End) - Number(loop.Start)) / loop.Step;

    private static int Number(string bound) => int.Parse(bound, CultureInfo.InvariantCulture);
}
