using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Gen.Lower;

/// <summary>Which pointers a kernel reads from or writes to.</summary>
public static class UsedPointers
{
    /// <summary>The names of the pointers, a pointer that another one begins at included.</summary>
    public static HashSet<string> Of(Kernel kernel)
    {
        Statement[] all = [.. kernel.Body.All()];
        HashSet<string> used = [.. all.Where(statement => statement is not DeclarePointer).SelectMany(Tree.AllAddresses).Select(address => address.Pointer)];
        foreach (DeclarePointer alias in all.OfType<DeclarePointer>().Reverse().Where(alias => used.Contains(alias.Name)))
        {
            used.Add(alias.Address.Pointer);
        }

        return used;
    }
}
