using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Recurrent.Tests.Conventions;

/// <summary>The sources that the tests were built from.</summary>
public static class Repository
{
    private static readonly Lazy<string> Folder = new(Find);

    public static string Root => Folder.Value;

    /// <summary>The C# files below a folder that people write, by their paths from the root.</summary>
    public static IReadOnlyDictionary<string, string> Sources(params string[] folders) => folders
        .Select(folder => Path.Combine(Root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "_snapshots"))
        .ToDictionary(path => path, path => File.ReadAllText(Path.Combine(Root, path)));

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Recurrent.Gen.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Recurrent.Gen.sln.");
    }
}
