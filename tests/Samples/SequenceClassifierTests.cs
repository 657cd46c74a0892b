using Shouldly;
using Xunit;

namespace Recurrent.Tests.Samples;

public class SequenceClassifierTests
{
    [Fact]
    public void Reading_words_in_order_tells_languages_apart_better_than_counting_letters_after_one_epoch_and_a_picture_is_drawn()
    {
        string written = Sample.Run("SequenceClassifier", "confusion.png", "--quick");

        double counting = Right(written, "Letter counts, dense layers");
        Right(written, "GRU, letter by letter").ShouldBeGreaterThan(counting + 10);
        counting.ShouldBeGreaterThan(3 * Right(written, "Always [A-Z][a-z]+, the commonest"));
        Right(written, "Trigrams, naive Bayes").ShouldBeInRange(80, 90);
    }

    /// <summary>The share of right answers, in %, in a row of the table.</summary>
    private static double Right(string text, string row) => Sample.Figure(text, row + " +[0-9,]+ +([0-9.]+) %");
}
