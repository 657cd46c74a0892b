using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Recurrent.Tests.Conformance;

/// <summary>The runs of ONNX's backend node tests and of ONNX Runtime's unit tests.</summary>
public static class OnnxCases
{
    private static readonly string[] Nodes =
    [
        "gru_batchwise", "gru_defaults", "gru_seq_length", "gru_with_initial_bias", "lstm_batchwise", "lstm_defaults", "lstm_with_initial_bias",
        "lstm_with_peepholes", "rnn_seq_length", "simple_rnn_batchwise", "simple_rnn_defaults", "simple_rnn_with_initial_bias",
    ];

    private static readonly string[] Files =
    [
        .. Nodes.Select(node => $"onnx-node/json/test_{node}.json"),
        "onnxruntime/rnn_op_test.json",
        "onnxruntime/deep_cpu_gru_op_test.json",
        "onnxruntime/deep_cpu_lstm_op_test.json",
    ];

    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, OnnxRun>> Read = [];

    /// <summary>Every run that must succeed; a file that is absent is one row.</summary>
    public static IReadOnlyList<OnnxCase> All { get; } = Files
        .SelectMany(file => File.Exists(Cases.Find(file)) ? Elements(file).Select(run => CaseOf(file, run)) : [new OnnxCase(file)])
        .ToList();

    /// <summary>A run; the test that asks for one that is absent is skipped.</summary>
    public static OnnxRun Require(OnnxCase row)
    {
        Cases.Require(row.File);
        return Read.GetOrAdd(row.File, file => Elements(file).ToDictionary(run => CaseOf(file, run).ToString(), RunOf))[row.ToString()];
    }

    /// <summary>ONNX Runtime's files are arrays of runs; those of a node test are one run, of one node.</summary>
    private static IEnumerable<JsonElement> Elements(string file)
    {
        JsonElement root = Cases.Json(file);
        return root.ValueKind == JsonValueKind.Array
            ? root.EnumerateArray().Where(run => run.GetProperty("expect").GetString() == "success")
            : [root];
    }

    private static OnnxCase CaseOf(string file, JsonElement run) => run.TryGetProperty("run", out JsonElement number)
        ? new OnnxCase(file, run.GetProperty("test").GetString()!, number.GetInt32())
        : new OnnxCase(file, Path.GetFileNameWithoutExtension(file), 0);

    private static OnnxRun RunOf(JsonElement run)
    {
        JsonElement node = run.TryGetProperty("nodes", out JsonElement nodes) ? nodes[0] : run;
        return new OnnxRun(
            node.GetProperty("op").GetString()!, node.GetProperty("attributes"), run.GetProperty("inputs"), run.GetProperty("outputs"));
    }
}
