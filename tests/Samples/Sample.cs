using System;
using System.Collections.Generic;
using System.IO;
using System.Text.RegularExpressions;
using Recurrent.Tests.Conventions;
using Recurrent.Tests.Package;
using Shouldly;

namespace Recurrent.Tests.Samples;

/// <summary>Samples as programs, built in the configuration, and for the framework, of the tests.</summary>
internal static class Sample
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    /// <summary>Runs a sample that draws a picture, and says where it is.</summary>
    /// <returns>What it wrote to standard output.</returns>
    public static string Run(string name, string picture, params string[] arguments)
    {
        string path = Path.Combine(Folder(name), picture);
        File.Delete(path);

        string written = Run(name, arguments);

        written.ShouldContain(path);
        File.ReadAllBytes(path).AsSpan(0, Png.Length).ToArray().ShouldBe(Png);
        return written;
    }

    /// <summary>Runs a sample.</summary>
    /// <returns>What it wrote to standard output.</returns>
    public static string Run(string name, string[] arguments) =>
        Dotnet.Run(Folder(name), new Dictionary<string, string>(), [Path.Combine(Folder(name), name + ".dll"), .. arguments]);

    /// <summary>The number that a pattern's group finds.</summary>
    public static double Figure(string text, string pattern)
    {
        Match match = Regex.Match(text, pattern);
        match.Success.ShouldBeTrue($"'{pattern}' in:\n{text}");
        return double.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Folder(string name)
    {
        DirectoryInfo framework = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(Repository.Root, "samples", name, "bin", framework.Parent!.Name, framework.Name);
    }
}
