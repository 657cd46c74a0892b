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
    /// <summary>The statements of both, each in its own order, the second spread over the first.</summary>
    /// <param name="products">Loops over terms, which are cut where others come between, and what stands beside them, whose names are its own.</param>
    /// <param name="others">What is spread over them.</param>
    public static IEnumerable<Statement> Spread(IReadOnlyList<Statement> products, IReadOnlyList<Statement> others)
    {
        Statement[] pieces = [.. Pieces(products, others.Count + 1)];
        int before = 0;
        for (int piece = 0; piece < pieces.Length; piece++)
        {
            // The first of the others stands in front of the second piece, and the last in front of the last.
            int due = pieces.Length == 1 ? 0 : ((piece * others.Count) + pieces.Length - 2) / (pieces.Length - 1);
            for (; before < due; before++)
            {
                yield return others[before];
            }

            yield return pieces[piece];
        }

        for (; before < others.Count; before++)
        {
            yield return others[before];
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
