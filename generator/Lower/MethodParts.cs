using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Lower;

/// <summary>
/// Makes methods of their own of statements that are to be such, and where a kernel has more names than the JIT follows well, of its loops: they get what they read as parameters.
/// </summary>
public sealed class MethodParts
{
    /// <summary>The JIT follows 1,024 locals, its own among them, and gives up optimising at 2,000.</summary>
    private const int MostNames = 192;

    /// <summary>Fewer names than this are not worth a call.</summary>
    private const int FewNames = 16;

    private readonly Kernel _kernel;
    private readonly bool _isLarge;
    private readonly List<Kernel> _parts = [];

    private MethodParts(Kernel kernel)
    {
        _kernel = kernel;
        _isLarge = NamesIn(kernel.Body) > MostNames;
    }

    private enum Kind
    {
        Number,
        Pointer,
        Vector,
        Words,
    }

    /// <summary>The kernel, and behind it the methods that it calls.</summary>
    public static IReadOnlyList<Kernel> Of(Kernel kernel)
    {
        MethodParts parts = new(kernel);
        List<KeyValuePair<string, Kind>> known =
        [
            .. kernel.Numbers.Select(name => new KeyValuePair<string, Kind>(name, Kind.Number)),
            .. kernel.Pointers.Select(name => new KeyValuePair<string, Kind>(name, Kind.Pointer)),
        ];
        Kernel whole = kernel with { Body = parts.Cut(kernel.Body, known) };
        return [.. parts._parts.Prepend(whole).Select(WithoutScopes)];
    }

    private static Kernel WithoutScopes(Kernel kernel) => kernel with { Body = Scopes.Dissolve(kernel.Body) };

    private static int NamesIn(IEnumerable<Statement> statements) => statements.All().Count(statement => statement.Declared is not null);

    private EquatableArray<Statement> Cut(IEnumerable<Statement> statements, IReadOnlyList<KeyValuePair<string, Kind>> outer)
    {
        List<KeyValuePair<string, Kind>> known = [.. outer];
        List<Statement> result = [];
        foreach (Statement statement in statements)
        {
            if (statement.Inner.Count == 0)
            {
                AddDeclared(statement, known);
                result.Add(statement);
            }
            else if (statement is Apart)
            {
                result.Add(Part(statement, known));
            }
            else if (_isLarge && NamesIn(statement.Inner) < FewNames && !HasApart(statement))
            {
                result.Add(statement);
            }
            else if (_isLarge && !HasApart(statement) && !HasParts(statement) && !Changed(statement).Overlaps(known.Select(name => name.Key)))
            {
                result.Add(Part(statement, known));
            }
            else
            {
                List<KeyValuePair<string, Kind>> inner = [.. known];
                AddDeclared(statement, inner);
                result.Add(statement.With(Cut(statement.Inner, inner)));
            }
        }

        return result.ToEquatableArray();
    }

    private static bool HasApart(Statement statement) => statement.Inner.All().Any(inner => inner is Apart);

    /// <summary>Whether a statement is too large for a method, and is several loops one behind the other.</summary>
    private static bool HasParts(Statement statement) => statement is Scope or IfGiven && NamesIn(statement.Inner) > MostNames
        && statement.Inner.Count(inner => NamesIn(inner.Inner) >= FewNames) > 1;

    private Invoke Part(Statement statement, List<KeyValuePair<string, Kind>> known)
    {
        HashSet<string> read = [.. new[] { statement }.All().SelectMany(ReadBy)];
        string[] Free(Kind kind) => [.. known.Where(name => name.Value == kind && read.Contains(name.Key)).Select(name => name.Key).Distinct()];
        string[] numbers = Free(Kind.Number);
        string[] pointers = Free(Kind.Pointer);
        string[] vectors = Free(Kind.Vector);
        string name = $"{_kernel.Name}Part{(_parts.Count + 1).ToString(CultureInfo.InvariantCulture)}";
        EquatableArray<Statement> body = statement is Scope or Apart ? statement.Inner : new[] { statement }.ToEquatableArray();
        bool isShared = body.All().Any(inner => inner is DeclareShare or FirstAlone or Meet);
        _parts.Add(new Kernel(name, $"A part of {_kernel.Name}.", numbers.ToEquatableArray(), pointers.ToEquatableArray(), body)
        {
            Vectors = vectors.ToEquatableArray(),
            IsShared = isShared,
        });
        return new Invoke(name, numbers.Concat(isShared ? [Kernel.Share] : []).Concat(pointers).Concat(vectors).ToEquatableArray());
    }

    /// <summary>The names that a statement reads itself.</summary>
    private static IEnumerable<string> ReadBy(Statement statement)
    {
        IEnumerable<string> named = statement switch
        {
            Assign assign => [assign.Name],
            Advance advance => Words(advance.Amount).Append(advance.Pointer),
            Point point => [point.Pointer],
            Loop loop => Words(loop.Start).Concat(Words(loop.End)),
            DeclareTurned turned => Words(turned.Up).Concat(Words(turned.Down)).Concat(Words(turned.Time)),
            IfGiven given => [given.Pointer],
            Invoke invoke => invoke.Arguments.SelectMany(Words),
            _ => [],
        };
        return named
            .Concat(statement.AllValues().OfType<Local>().Select(local => local.Name))
            .Concat(statement.AllAddresses().SelectMany(address => address.Terms.SelectMany(term => new[] { term.Index, term.Factor }).Append(address.Pointer)));
    }

    private static IEnumerable<string> Words(string expression) => expression.Split(' ', '(', ')', '+', '-', '*', '%');

    private static void AddDeclared(Statement statement, List<KeyValuePair<string, Kind>> known)
    {
        if (statement.Declared is string name)
        {
            known.Add(new(name, statement switch
            {
                Declare => Kind.Vector,
                DeclareWords => Kind.Words,
                DeclarePointer or DeclareOwn => Kind.Pointer,
                _ => Kind.Number,
            }));
        }
    }

    /// <summary>The names that a statement gives new values and does not declare.</summary>
    private static HashSet<string> Changed(Statement statement)
    {
        Statement[] all = [.. new[] { statement }.All()];
        HashSet<string> changed = [.. all.Select(inner => inner switch
        {
            Assign assign => assign.Name,
            Advance advance => advance.Pointer,
            Point point => point.Pointer,
            _ => null,
        }).OfType<string>()];
        changed.ExceptWith(all.Select(inner => inner.Declared).OfType<string>());
        return changed;
    }
}
