using System.IO;
using Xunit.Abstractions;

namespace Recurrent.Tests.Conformance;

/// <summary>A run of ONNX's, named by its test and its number there: a row of a theory.</summary>
public sealed class OnnxCase : IXunitSerializable
{
    /// <summary>What a row is called where the file that would name it is absent.</summary>
    private const string Absent = "every run";

    /// <summary>The row of a file that is absent.</summary>
    public OnnxCase(string file)
        : this(file, Absent, 0)
    {
    }

    public OnnxCase(string file, string test, int run)
    {
        File = file;
        Test = test;
        Run = run;
    }

    /// <summary>For the runner, which makes a row and then deserializes it.</summary>
    public OnnxCase()
        : this(string.Empty)
    {
    }

    /// <summary>Below the folder of the cases.</summary>
    public string File { get; private set; }

    public string Test { get; private set; }

    public int Run { get; private set; }

    public bool IsAbsent => Test == Absent;

    public void Deserialize(IXunitSerializationInfo info) => (File, Test, Run) =
        (info.GetValue<string>(nameof(File)), info.GetValue<string>(nameof(Test)), info.GetValue<int>(nameof(Run)));

    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue(nameof(File), File);
        info.AddValue(nameof(Test), Test);
        info.AddValue(nameof(Run), Run);
    }

    public override string ToString() => IsAbsent ? $"{Test} of {Path.GetFileName(File)}" : $"{Test} run {Run}";
}
