using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Recurrent.Gen;
using Recurrent.Gen.Emit;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Lower;
using Recurrent.Gen.Model;
using Recurrent.Tests.Pipeline;

namespace Recurrent.Tests.Numerics;

/// <summary>Networks of one layer whose equations are given as graphs: what the stages behind the parser make of them.</summary>
public static class GraphNetwork
{
    /// <summary>Compiles a class for each graph.</summary>
    /// <param name="cells">Cells whose dimensions are sizes.</param>
    public static IReadOnlyList<NetworkClass> Compile(IReadOnlyList<CellGraph> cells)
    {
        string[] names = [.. cells.Select((_, i) => $"Graph{i}")];
        List<string> sources = [.. names.Select(name => $"public sealed partial class {name};")];
        foreach ((string name, CellGraph cell) in names.Zip(cells))
        {
            int input = cell.Body.Ops.First(op => op.Kind == OpKind.Input).Shape.Length;
            int output = cell.Body.Ops[cell.Body.Outputs.First(o => o.Kind == OutputKind.Output).Value].Shape.Length;
            LayerSpec layer = new("layer", "Graph", input, output, cell);
            NetworkPlan plan = NetworkCompiler.Compile(new NetworkSpec(new ClassSpec("", EquatableArray<string>.Empty, name), input, new[] { layer }.ToEquatableArray()));
            sources.Add(NetworkEmitter.Surface(plan).Text);
            sources.AddRange(NetworkEmitter.Implementation(plan).Select(file => file.Text));
        }

        using MemoryStream stream = new();
        CSharpCompilation compilation = Consumer.Compile([.. sources]);
        EmitResult result = compilation.Emit(stream);
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).Take(10)
                .Select(d => d + "\n" + d.Location.SourceTree?.ToString())));
        }

        stream.Position = 0;
        Assembly assembly = new AssemblyLoadContext("graphs", isCollectible: true).LoadFromStream(stream);
        return [.. names.Select(name => NetworkClass.Of(assembly.GetType(name, throwOnError: true)!))];
    }
}
