using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Gen.Lower;

/// <summary>Which pointers a kernel reads from or writes to.</summary>
public static class UsedPointers
{
    /// <summary>The names of the pointers, a pointer that another one begins at included.</summary>
    public static HashSet<string> Of(Kernel kernel)
    {
        HashSet<string> used = [];
        List<DeclarePointer> aliases = [];
        Visit(kernel.Body, used, aliases);
        for (int i = aliases.Count - 1; i >= 0; i--)
        {
            if (used.Contains(aliases[i].Name))
            {
                used.Add(aliases[i].Address.Pointer);
            }
        }

        return used;
    }

    private static void Visit(IEnumerable<Statement> statements, HashSet<string> used, List<DeclarePointer> aliases)
    {
        foreach (Statement statement in statements)
        {
            switch (statement)
            {
                case Declare declare:
                    used.UnionWith(Of(declare.Value));
                    break;
                case Assign assign:
                    used.UnionWith(Of(assign.Value));
                    break;
                case Store store:
                    used.Add(store.Address.Pointer);
                    used.UnionWith(Of(store.Value));
                    break;
                case DeclareIndex index:
                    used.Add(index.Address.Pointer);
                    break;
                case DeclarePointer pointer:
                    aliases.Add(pointer);
                    break;
                case Loop loop:
                    Visit(loop.Body, used, aliases);
                    break;
                case Scope scope:
                    Visit(scope.Body, used, aliases);
                    break;
                case IfGiven given:
                    Visit(given.Body, used, aliases);
                    break;
                default:
                    break;
            }
        }
    }

    private static IEnumerable<string> Of(Expression expression) => expression switch
    {
        Load load => [load.Address.Pointer],
        Splat splat => [splat.Address.Pointer],
        FirstLanes first => Of(first.Value),
        Apply apply => apply.Arguments.SelectMany(Of),
        Call call => call.Arguments.SelectMany(Of),
        _ => [],
    };
}
