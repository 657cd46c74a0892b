using System.IO;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Samples;

public class VanishingGradientTests
{
    [Fact]
    public void A_gru_solves_longer_tasks_than_an_rnn_and_its_gradient_reaches_farther_and_pictures_show_it_after_a_short_training()
    {
        string written = Sample.Run("VanishingGradient", "gradients.png", "--quick");

        Solved(written, "Adding problem", behind: 2).ShouldBeGreaterThan(Solved(written, "Adding problem", behind: 0));
        Solved(written, "Copy memory", behind: 2).ShouldBeGreaterThan(Solved(written, "Copy memory", behind: 0));
        Sample.Figure(written, "GRU ([0-9.e-]+) in trained ones").ShouldBeGreaterThan(100 * Sample.Figure(written, "in new networks, RNN ([0-9.e-]+),"));
        Sample.Figure(written, "GRU ([0-9.e-]+) in new networks").ShouldBeInRange(double.Epsilon, 1e-10);

        MatchCollection pictures = Regex.Matches(written, @"\S+\.png");
        pictures.Count.ShouldBe(4);
        pictures.ShouldAllBe(picture => new FileInfo(picture.Value).Length > 10_000);
        Regex.Count(written, @"GRU - LSTM [+-][0-9.]+ ± [0-9.]+ \(standard error\), ahead in [0-2] of 2 seeds").ShouldBe(2);
    }

    /// <summary>The longest task that a cell solves: the number behind so many others in a row of the table.</summary>
    private static double Solved(string text, string task, int behind) => Sample.Figure(text, $"{task}(?: +[0-9]+){{{behind}}} +([0-9]+)");
}
