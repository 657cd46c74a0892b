using System;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Samples;

public class CustomCellTests
{
    [Fact]
    public void The_cell_of_the_sample_copies_what_the_others_forget_after_a_few_epochs_and_a_picture_is_drawn()
    {
        string written = Sample.Run("CustomCell", "loss.png", "--epochs", "4");

        double others = Math.Max(RightAnswers(written, "GRU"), RightAnswers(written, "LSTM"));
        RightAnswers(written, "Selective RoPE").ShouldBeGreaterThan(2 * others);
        others.ShouldBeGreaterThan(0);
    }

    /// <summary>The share of right answers in a row of the table, behind parameters, state and loss.</summary>
    private static double RightAnswers(string text, string cell) => Sample.Figure(text, cell + " +[0-9]+ +[0-9]+ +[0-9.]+ +([0-9.]+) %");
}
