using System.Collections.Generic;

namespace Recurrent.Gen.Lower;

/// <summary>Turns a nest into statements.</summary>
public interface ILowering
{
    /// <summary>Whether everything is read before anything is written.</summary>
    bool IsOneTile { get; }

    /// <summary>What the nest writes; more may be added before it is lowered.</summary>
    List<StorePlan> Stores { get; }

    IEnumerable<Statement> Lower();
}
