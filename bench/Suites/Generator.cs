using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Recurrent.Bench.Building;

namespace Recurrent.Bench.Suites;

/// <summary>Time and memory of the generator in a project with some networks, and what it costs to compile what it writes.</summary>
[MemoryDiagnoser]
public class Generator
{
    private Project _project = null!;
    private GeneratorDriver _driver = null!;

    [Params(1, 10)]
    public int Networks { get; set; }

    [GlobalSetup]
    public void Build()
    {
        _project = new Project(Networks);
        _driver = Project.Driver().RunGenerators(_project.Compilation);
    }

    /// <summary>The generator alone, from a compilation that nothing has looked at.</summary>
    [Benchmark]
    public GeneratorDriver Generate() => Project.Driver().RunGenerators(_project.Compilation.Clone());

    /// <summary>The generator and the compiler.</summary>
    [Benchmark(Baseline = true)]
    public void Compile()
    {
        Project.Driver().RunGeneratorsAndUpdateCompilation(_project.Compilation.Clone(), out Compilation generated, out _);
        Project.Emit(generated);
    }

    /// <summary>The generator again, after a keystroke in a file that has nothing to do with networks.</summary>
    [Benchmark]
    public GeneratorDriver Keystroke() => _driver.RunGenerators(_project.Edited);
}
