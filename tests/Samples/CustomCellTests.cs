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

public class CustomCellTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    [Fact]
    public void The_cell_of_the_sample_copies_what_the_others_forget_after_a_few_epochs_and_a_picture_is_drawn()
    {
        // The sample is built in the configuration, and for the framework, of the tests.
        DirectoryInfo framework = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string folder = Path.Combine(Repository.Root, "samples", "CustomCell", "bin", framework.Parent!.Name, framework.Name);
        string picture = Path.Combine(folder, "loss.png");
        File.Delete(picture);

        string written = Dotnet.Run(folder, new Dictionary<string, string>(), Path.Combine(folder, "CustomCell.dll"), "--epochs", "4");

        double others = Math.Max(RightAnswers(written, "GRU"), RightAnswers(written, "LSTM"));
        RightAnswers(written, "Selective RoPE").ShouldBeGreaterThan(2 * others);
        others.ShouldBeGreaterThan(0);
        written.ShouldContain(picture);
        File.ReadAllBytes(picture).AsSpan(0, 8).ToArray().ShouldBe(Png);
    }

    /// <summary>The share of right answers in a row of the table, behind parameters, state and loss.</summary>
    private static double RightAnswers(string text, string cell)
    {
        Match match = Regex.Match(text, cell + " +[0-9]+ +[0-9]+ +[0-9.]+ +([0-9.]+) %");
        match.Success.ShouldBeTrue($"A row of {cell} in:\n{text}");
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }
}
