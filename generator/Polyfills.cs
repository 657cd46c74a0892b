// What the compiler wants for records and for patterns of lists, and netstandard2.0 lacks. Packages that generate such types give them in another order
// in every build, and so no build has the bytes of another.
namespace System.Runtime.CompilerServices
{
    internal static class IsExternalInit;
}

namespace System
{
    internal readonly struct Index(int value, bool fromEnd = false)
    {
        public int GetOffset(int length) => fromEnd ? length - value : value;
    }
}
