using System.ComponentModel;
using System.Threading;

namespace Recurrent;

/// <summary>What compilers do not know of. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Unknown
{
#pragma warning disable CS0649 // Never assigned: compilers do not rely on that, as long as it is not read-only.
    private static bool s_false;
#pragma warning restore CS0649

    /// <summary>False. No compiler decides a condition with it, nor takes two reads of it for one.</summary>
    public static bool False => Volatile.Read(ref s_false);
}
