using System.Linq;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Conformance;

/// <summary>
/// The recurrent operators of ONNX, as its own backend tests and ONNX Runtime's unit tests want them. Outputs were computed in single precision; those
/// of three tests were written down with few digits.
/// </summary>
public class OnnxTests
{
    /// <summary>What rounding to single precision costs the outputs that were written down.</summary>
    private const double Written = 3e-7;

    /// <summary>What it costs a network, over at most five time steps.</summary>
    private const double Rounding = 3e-7;

    public static TheoryData<OnnxCase> Runs
    {
        get
        {
            TheoryData<OnnxCase> rows = [];
            foreach (OnnxCase row in OnnxCases.All)
            {
                rows.Add(row);
            }

            return rows;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Runs))]
    public void A_network_gives_what_ONNX_gave(OnnxCase row)
    {
        OnnxRun run = OnnxCases.Require(row);
        foreach (InstructionSet instructionSet in InstructionSets.Supported.ToArray())
        {
            OnnxNetworks.Run(run, instructionSet).ShouldBeWithin(Tolerance(row) + Rounding, $"a network on {instructionSet}");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Runs))]
    public void The_specification_in_double_precision_gives_what_ONNX_gave(OnnxCase row) =>
        OnnxReference.Run(OnnxCases.Require(row)).ShouldBeWithin(Tolerance(row), "the specification");

    [SkippableFact]
    public void No_run_is_left_out()
    {
        Skip.If(OnnxCases.All.Any(row => row.IsAbsent), "Some of ONNX's cases are absent.");
        OnnxCases.All.Count.ShouldBe(12 + 19 + 56 + 58);
    }

    private static double Tolerance(OnnxCase row) => row.Test switch
    {
        "LSTMTest.ONNXRuntime_TestLSTMShorterSeqInMiddle" or "LSTMTest.ONNXRuntime_TestLSTMZeroSeqInMiddle" => 6.2e-5,
        "LSTMTest.ONNXRuntime_TestLSTMBatchReallocation" or "LSTMTest.ONNXRuntime_TestLSTMOutputWrite" => 4.8e-6,
        _ => Written,
    };
}
