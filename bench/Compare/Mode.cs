namespace Recurrent.Bench.Compare;

/// <summary>What is done with a network.</summary>
public enum Mode
{
    /// <summary>One time step of one stream.</summary>
    Step,

    /// <summary>A whole sequence from a state of zeros; times are those of a time step.</summary>
    Run,

    /// <summary>One time step of many streams; times are those of a stream.</summary>
    Many,

    /// <summary>One step of training: forward, backward, clipping, Adam.</summary>
    Train,
}
