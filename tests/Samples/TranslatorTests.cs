using Shouldly;
using Xunit;

namespace Recurrent.Tests.Samples;

public class TranslatorTests
{
    [Fact]
    public void A_few_numbers_teach_the_translator_to_read_others_better_than_remembering_them_does_and_a_picture_is_drawn()
    {
        string written = Sample.Run("Translator", "accuracy.png", "--quick");

        double right = Sample.Figure(written, "All languages +([0-9.]+) %");
        right.ShouldBeGreaterThan(Sample.Figure(written, "All languages +[0-9.]+ % +([0-9.]+) %"));

        // The weights are there now.
        Sample.Run("Translator", ["--quick", "einundzwanzig"]).ShouldBe("einundzwanzig -> 21\n");
    }
}
