using System.Globalization;

namespace Recurrent.Gen.Emit;

/// <summary>Memory on the stack that begins with a cache line, so that no vector lies across two lines, or two pages: by where the caller's stack is, a step would take a fifth longer.</summary>
public static class StackMemory
{
    /// <summary>Floats of a cache line.</summary>
    public const int LineFloats = 16;

    private const int LineBytes = LineFloats * sizeof(float);

    /// <summary>Writes the declaration of a pointer to so many floats.</summary>
    public static void Declare(CodeWriter code, string name, int floats)
    {
        code.Line($"float* {name}Memory = stackalloc float[{Text(floats + LineFloats)}];");

        // The memory is named twice, so that it stays a local: the JIT moves an expression with stackalloc in it into the next call's arguments, and loses those that it has put on the stack.
        code.Line($"float* {name} = {name}Memory + ((-(nint){name}Memory & {Text(LineBytes - 1)}) / sizeof(float));");
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
