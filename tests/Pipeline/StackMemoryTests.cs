using System;
using System.Linq;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Pipeline;

/// <summary>Memory on the stack begins where the caller's stack happens to be; vectors in it must not lie across two lines of the cache, or two pages.</summary>
public partial class StackMemoryTests
{
    [Theory]
    [InlineData("Network(Input = 2), Lstm(16), Lstm(16)")]
    [InlineData("Network(Input = 2), Gru(16), Dense(1, Activation.Tanh)")]
    [InlineData("Network(Input = 3), Gru(33)")]
    [InlineData("Network(Input = 3), LayerNorm, Dense(5), Softmax")]
    public void What_is_taken_from_the_stack_begins_with_a_cache_line(string attributes)
    {
        string source = string.Concat(Consumer.Build($"using Recurrent;\n\n[{attributes}]\npublic sealed partial class Policy;\n").Sources.Values);
        Match[] taken = Taken().Matches(source).ToArray();

        taken.Length.ShouldBe(source.Split("stackalloc").Length - 1);
        taken.ShouldNotBeEmpty();
        taken.ShouldAllBe(match => source.Substring(match.Index + match.Length).TrimStart().StartsWith(
            $"float* {match.Groups["name"].Value} = {match.Groups["name"].Value}Memory + ((-(nint){match.Groups["name"].Value}Memory & 63) / sizeof(float));", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"float\* (?<name>\w+)Memory = stackalloc float\[\d+\];")]
    private static partial Regex Taken();
}
