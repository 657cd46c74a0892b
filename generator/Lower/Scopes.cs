using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Lower;

/// <summary>Takes away the braces around statements whose names nothing beside them has.</summary>
public static class Scopes
{
    public static EquatableArray<Statement> Dissolve(EquatableArray<Statement> block)
    {
        Statement[] statements = [.. block.Select(statement => statement.Inner.Count == 0 ? statement : statement.With(Dissolve(statement.Inner)))];
        return statements.SelectMany((statement, i) => statement is Scope scope && !IsNamedBeside(scope, statements, i)
            ? scope.Body
            : new[] { statement }.ToEquatableArray()).ToEquatableArray();
    }

    /// <summary>Whether statements beside a scope declare a name, at any depth, that stands in the scope outside of inner ones.</summary>
    private static bool IsNamedBeside(Scope scope, Statement[] statements, int index)
    {
        HashSet<string> names = [.. scope.Body.Where(statement => statement.Inner.Count == 0).Select(statement => statement.Declared).OfType<string>()];
        return names.Count > 0 && statements.Where((_, i) => i != index).All().Any(statement => statement.Declared is string name && names.Contains(name));
    }
}
