using System.IO;
using System.Runtime.CompilerServices;
using Shouldly;

namespace Recurrent.Tests.Snapshots;

/// <summary>
/// Compares a text with the one that was last read and accepted: <c>_snapshots/Class.Method#Hint.verified.cs</c>. Where they differ, the new text is
/// left beside it as <c>.received.cs</c>; who has read it renames it.
/// </summary>
public static class Snapshot
{
    /// <param name="text">The text.</param>
    /// <param name="hint">What tells the snapshots of one test apart.</param>
    /// <param name="path">The test's file: its name is that of the class.</param>
    /// <param name="method">The test.</param>
    public static void Matches(string text, string hint, [CallerFilePath] string path = "", [CallerMemberName] string method = "") =>
        text.ShouldMatchApproved(configuration => configuration
            .NoDiff()
            .SubFolder("_snapshots")
            .WithFileExtension("cs")
            .LocateTestMethodUsingAttribute<Xunit.FactAttribute>()
            .WithFilenameGenerator((_, _, kind, extension) =>
                $"{Path.GetFileNameWithoutExtension(path)}.{method}#{hint}.{(kind == "approved" ? "verified" : "received")}.{extension}"));
}
