using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Pipeline;

/// <summary>Cells that come from another assembly than the network.</summary>
public class LibraryTests
{
    private const string Cells =
        """
        using Recurrent;
        namespace Cells;
        public sealed class LeakyAttribute(int size, int rank) : LayerAttribute<Leaky>(size) { public int Rank => rank; }
        [Cell] public struct Leaky
        {
            public static Vec Step(Vec x, Vec h, Mat W, [Shape("hidden", "rank")] Mat U, Mat V) => 0.5 * h + W * x + U * (V * h);
        }
        """;

    private const string Network = "using Recurrent; using Cells; [Network(Input = 2), Leaky(4, 3)] public partial class Policy;";

    [Fact]
    public void A_network_reads_the_graph_that_a_library_carries()
    {
        Consumer library = Consumer.Run(Consumer.Compile(Cells).WithAssemblyName("Library"));

        Consumer consumer = Consumer.Run(Consumer.Compile(Network).AddReferences(MetadataReference.CreateFromImage(library.Emit())));

        consumer.AnalyzerDiagnostics().ShouldBeEmpty();
        consumer.Network("Policy").ShouldNotBeNull().Layers
            .ShouldBe(Consumer.Build(Cells, Network).Network("Policy").ShouldNotBeNull().Layers);
    }

    [Fact]
    public void A_network_reads_the_graph_of_another_project_of_the_solution()
    {
        Consumer library = Consumer.Run(Consumer.Compile(Cells).WithAssemblyName("Library"));

        Consumer consumer = Consumer.Run(Consumer.Compile(Network).AddReferences(library.Compilation.ToMetadataReference()));

        consumer.AnalyzerDiagnostics().ShouldBeEmpty();
        consumer.Network("Policy").ShouldNotBeNull().Layers.Single().Cell.Parameters.Count.ShouldBe(3);
    }

    [Fact]
    public void A_library_built_without_the_generator_is_named()
    {
        CSharpCompilation library = Consumer.Compile(Cells).WithAssemblyName("Library");

        Diagnostic diagnostic = Told(library);

        diagnostic.Id.ShouldBe("RGEN014");
        diagnostic.GetMessage().ShouldContain("'Leaky' cannot be a layer: its assembly, 'Library', does not carry its graph");
    }

    [Fact]
    public void A_library_whose_graph_cannot_be_read_is_named_with_the_reason()
    {
        CSharpCompilation library = Consumer.Compile(Cells, """[assembly: Recurrent.CellGraph(typeof(Cells.Leaky), "recurrent cell graph 99\n")]""").WithAssemblyName("Library");

        Diagnostic diagnostic = Told(library);

        diagnostic.Id.ShouldBe("RGEN014");
        diagnostic.GetMessage().ShouldContain("its graph in the assembly 'Library' cannot be read. A cell's graph begins with 'recurrent cell graph 2'");
    }

    private static Diagnostic Told(CSharpCompilation library) =>
        Consumer.Run(Consumer.Compile(Network).AddReferences(library.ToMetadataReference())).AnalyzerDiagnostics().ShouldHaveSingleItem();
}
