using Shouldly;
using Xunit;

namespace Recurrent.Tests.Samples;

public class CharacterModelTests
{
    [Fact]
    public void A_few_chapters_teach_the_character_model_more_than_pairs_of_characters_do_and_it_writes_on_from_a_prompt()
    {
        string written = Sample.Run("CharacterModel", "bits.png", "--quick", "--prompt", "And God said", "--length", "80");

        double bits = Sample.Figure(written, "LSTM, [0-9,]+ weights +([0-9.]+)");
        bits.ShouldBeLessThan(Sample.Figure(written, "counting, 1 characters? before +([0-9.]+)"));
        bits.ShouldBeGreaterThan(1);
        written.ShouldContain("\nAnd God said");

        // The weights are there now: the same text again without training, and one that plays safe.
        string[] write = ["--write", "--quick", "--prompt", "And God said", "--length", "80"];
        written.ShouldContain(Sample.Run("CharacterModel", write).Trim());
        Sample.Run("CharacterModel", [.. write, "--temperature", "0", "--seed", "1"]).ShouldBe(Sample.Run("CharacterModel", [.. write, "--top-k", "1", "--seed", "2"]));
    }
}
