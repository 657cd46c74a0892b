using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using Recurrent.Tests.Conventions;
using Recurrent.Tests.Package;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Samples;

public class QuickstartTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    [Fact]
    public void The_quickstart_forecasts_better_than_persistence_draws_a_picture_and_allocates_nothing_per_step()
    {
        // The sample is built in the configuration, and for the framework, of the tests.
        DirectoryInfo framework = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        DirectoryInfo configuration = framework.Parent!;
        string folder = Path.Combine(Repository.Root, "samples", "Quickstart", "bin", configuration.Name, framework.Name);
        string picture = Path.Combine(folder, "forecast.png");
        File.Delete(picture);

        string written = Dotnet.Run(folder, new Dictionary<string, string>(), Path.Combine(folder, "Quickstart.dll"));

        Figure(written, "RMSE of the model +([0-9.]+)").ShouldBeLessThan(Figure(written, "RMSE of persistence +([0-9.]+)"));
        Figure(written, "Allocated +([0-9]+) bytes by 100,000 steps").ShouldBe(0);
        Figure(written, "Median step +([0-9.]+) ns").ShouldBeGreaterThan(0);
        written.ShouldContain(picture);
        File.ReadAllBytes(picture).AsSpan(0, 8).ToArray().ShouldBe(Png);
    }

    private static double Figure(string text, string pattern)
    {
        Match match = Regex.Match(text, pattern);
        match.Success.ShouldBeTrue($"'{pattern}' in:\n{text}");
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }
}
