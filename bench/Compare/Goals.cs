namespace Recurrent.Bench.Compare;

/// <summary>The ratios that this project wants, for the machine that it is developed on.</summary>
public static class Goals
{
    /// <summary>The lowest ratio that is good enough, or <see langword="null"/> where none is set.</summary>
    public static double? Of(Row row)
    {
        bool isLstm = row.Cell == "lstm";
        return (row.Mode, row.Peer) switch
        {
            (Mode.Step, "onnxruntime") => (isLstm ? 1 : 0.85) * StepOfOnnxRuntime(row.Input, row.Hidden),
            (Mode.Step, "libtorch") => (isLstm ? 1 : 0.85) * StepOfTorch(row.Hidden),
            (Mode.Run, "onnxruntime") => RunOfOnnxRuntime(row.Hidden),
            (Mode.Many, "own-step") => row.Hidden switch { 128 => 1.8, 256 => 2.0, _ => null },
            (Mode.Train, "own-one-thread") => 1.7,
            (Mode.Train, "libtorch") => isLstm ? LstmTraining(row.Hidden) : GruTraining(row.Hidden),
            _ => null,
        };
    }

    private static double? StepOfOnnxRuntime(int input, int hidden) => (input, hidden) switch
    {
        (1, 8) => 110,
        (1, 16) => 80,
        (16, 16) => 55,
        (1, 32) => 36,
        (32, 32) => 21,
        (64, 64) => 4.8,
        (128, 128) => 2.2,
        (256, 256) => 1.4,
        _ => null,
    };

    private static double? StepOfTorch(int hidden) => hidden switch
    {
        <= 32 => 50,
        64 => 12,
        128 => 5,
        _ => null,
    };

    private static double? RunOfOnnxRuntime(int hidden) => hidden switch
    {
        8 or 16 => 3,
        32 => 1.8,
        64 => 1.25,
        128 => 1.05,
        256 => 1.0,
        _ => null,
    };

    private static double? LstmTraining(int hidden) => hidden switch
    {
        32 => 6,
        64 => 1.3,
        128 => 1.1,
        256 => 1.0,
        _ => null,
    };

    private static double? GruTraining(int hidden) => hidden switch
    {
        32 => 40,
        64 => 2.5,
        128 => 1.5,
        256 => 1.2,
        _ => null,
    };
}
