using Recurrent.Tests.Pipeline;
using Xunit;

namespace Recurrent.Tests.Snapshots;

/// <summary>What a consumer sees who opens a generated file; each holds a kernel for every instruction set that the layer is wide enough for.</summary>
public class KernelTests
{
    [Theory]
    [InlineData("Policy.lstm0.Forward")]
    [InlineData("Policy.lstm0.Load")]
    [InlineData("Policy.lstm0.LoadBackward")]
    [InlineData("Policy.Passes")]
    [InlineData("Policy.Avx2")]
    public void An_lstm(string file) => Check("[Recurrent.Network(Input = 3), Recurrent.Lstm(5)] public sealed partial class Policy;", file);

    [Theory]
    [InlineData("Policy.gru0.Forward")]
    [InlineData("Policy.gru0.Backward")]
    [InlineData("Policy.gru0.Panels")]
    public void A_gru(string file) => Check("[Recurrent.Network(Input = 3), Recurrent.Gru(20)] public sealed partial class Policy;", file);

    [Theory]
    [InlineData("Policy.gru0.Forward")]
    [InlineData("Policy.Passes")]
    public void A_gru_that_threads_can_share(string file) => Check("[Recurrent.Network(Input = 3), Recurrent.Gru(520), Recurrent.Dense(2)] public sealed partial class Policy;", file);

    private static void Check(string source, string file, [System.Runtime.CompilerServices.CallerMemberName] string method = "") =>
        Snapshot.Matches(Consumer.Build(source).Sources[file + ".g.cs"], file, method: method);
}
