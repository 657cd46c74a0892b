using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Tests.Conformance;

/// <summary>The networks of all runs of ONNX's that are there, each declaration once, compiled together.</summary>
public static class OnnxNetworks
{
    private static readonly Lazy<IReadOnlyDictionary<string, Model>> Compiled = new(Compile);

    public static OnnxResults Run(OnnxRun run, InstructionSet instructionSet)
    {
        OnnxResults results = new(run);
        foreach (OnnxLayer layer in OnnxLayer.Of(run))
        {
            layer.Run(Compiled.Value[layer.Declaration], instructionSet, results);
        }

        return results;
    }

    private static IReadOnlyDictionary<string, Model> Compile()
    {
        string[] declarations = OnnxCases.All
            .Where(row => !row.IsAbsent)
            .SelectMany(row => OnnxLayer.Of(OnnxCases.Require(row)))
            .Select(layer => layer.Declaration)
            .Distinct()
            .ToArray();
        return declarations.Zip(Model.Of(declarations)).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}
