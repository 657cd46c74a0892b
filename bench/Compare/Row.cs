using System;
using System.Globalization;

namespace Recurrent.Bench.Compare;

/// <summary>One workload beside one peer, in nanoseconds.</summary>
public sealed record Row(Mode Mode, string Cell, int Input, int Hidden, string Peer, double Ours, double PeerTime)
{
    public const string Header = "mode,cell,input,hidden,peer,ours_ns,peer_ns,ratio";

    /// <summary>How many times as long the peer takes.</summary>
    public double Ratio => PeerTime / Ours;

    public string ToCsv() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Workload.Name(Mode)},{Cell},{Input},{Hidden},{Peer},{Ours:F1},{PeerTime:F1},{Ratio:F3}");
}
