using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Recurrent.Tests.Conventions;
using Xunit;

namespace Recurrent.Tests.Conformance;

/// <summary>
/// Models with outputs that other implementations gave. They are no part of the repository: they lie in <c>../shared/cases</c> beside it, or in
/// the folder that the environment variable <c>RECURRENT_CASES</c> names.
/// </summary>
public static class Cases
{
    private const string Variable = "RECURRENT_CASES";

    /// <summary>Where a file of the cases is, if it is there.</summary>
    public static string Find(params string[] path)
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        string folder = string.IsNullOrEmpty(named) ? Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "cases")) : named;
        return Path.Combine([folder, .. path]);
    }

    /// <summary>A file of the cases; the test that asks for one that is absent is skipped.</summary>
    public static string Require(params string[] path)
    {
        string file = Find(path);
        Skip.IfNot(File.Exists(file), $"There is no {file}; {Variable} can name the folder of the cases.");
        return file;
    }

    /// <summary>A file of one number per line.</summary>
    public static float[] Numbers(params string[] path) => File.ReadLines(Require(path))
        .Where(line => line.Length > 0)
        .Select(line => (float)double.Parse(line, NumberStyles.Float, CultureInfo.InvariantCulture))
        .ToArray();

    public static JsonElement Json(params string[] path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Require(path)));
        return document.RootElement.Clone();
    }
}
