using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>Parameters that have no gradient.</summary>
public class FrozenParameterTests
{
    private const int Steps = 5;

    private static readonly (string Name, string[] Frozen, string Step)[] Cells =
    [
        ("OneMatrix", ["U"], "Vec Step(Vec x, Vec h, Mat W, [Init(Initializer.Orthogonal, Frozen = true)] Mat U, Vec b) => Tanh(W * x + U * h + b)"),
        ("Stacked", ["recurrent"], "[Tensor(\"recurrent\", nameof(U), nameof(V), Frozen = true)] public static Vec Step(Vec x, Vec h, Mat W, Mat U, Mat V) => Tanh(W * x + U * h) * Sigmoid(V * h)"),
        ("InDerived", ["mean"], "Vec Step(Vec x, Vec h, Mat W, Vec a, [Init(Initializer.Zeros, Frozen = true)] Vec mean) => Tanh(W * x + a * mean - Tanh(mean)) + 0.5 * h"),
        ("DerivedOfFrozen", ["a", "b"], "Vec Step(Vec x, Vec h, Mat W, [Init(Initializer.Ones, Frozen = true)] Vec a, [Init(Initializer.Uniform, Frozen = true)] Vec b) => Tanh(W * x * Sigmoid(a * b)) + a * b * h"),
        ("All", ["W", "b"], "Vec Step(Vec x, Vec h, [Init(Initializer.Glorot, Frozen = true)] Mat W, [Init(Initializer.Zeros, Frozen = true)] Vec b) => Tanh(W * x + b + 0.5 * h)"),
    ];

    private static readonly NetworkDeclaration[] Declarations =
        [.. Cells.Select(cell => new NetworkDeclaration(cell.Name + "Network", 3, $"Recurrent.Layer<{cell.Name}>(5, Name = \"layer\")"))];

    private static readonly Lazy<Consumer> Built = new(() => NetworkDeclaration.Build(
        Declarations,
        "using Recurrent;\nusing static Recurrent.Equations;\n\n"
        + string.Concat(Cells.Select(cell => $"[Cell] public struct {cell.Name} {{ {(cell.Step.StartsWith('[') ? "" : "public static ")}{cell.Step}; }}\n"))));

    private static readonly Lazy<Dictionary<string, CompiledNetwork>> Compiled = new(() => CompiledNetwork.Of(Built.Value, Declarations));

    public static TheoryData<string> Networks => new(Declarations.Select(declaration => declaration.Name));

    [Fact]
    public void Neither_the_analyzer_nor_the_compiler_has_anything_to_say()
    {
        Built.Value.AnalyzerDiagnostics(withGenerated: false).ShouldBeEmpty();
        Built.Value.CompilerDiagnostics().Where(diagnostic => diagnostic.Location.SourceTree?.FilePath != "Source0.cs").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_tensors_tell_which_of_them_are_frozen(string name)
    {
        TensorInfo[] tensors = Compiled.Value[name].Class.Parameters.ToArray();

        tensors.Where(tensor => tensor.IsFrozen).Select(tensor => tensor.Name["layer.".Length..]).ShouldBe(Cells.Single(cell => cell.Name + "Network" == name).Frozen);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradients_are_those_of_the_equations_but_for_frozen_parameters_to_which_nothing_is_added(string name)
    {
        CompiledNetwork network = Compiled.Value[name];
        GradientTests.Check(network, Steps, most: int.MaxValue, least: 1e-2);
        float[] before = CompiledNetwork.Numbers(network.Class.ParameterCount, 4);
        Gradients gradients = Gradients.Of(network, 40, InstructionSets.Best, before);
        foreach (TensorInfo tensor in network.Class.Parameters)
        {
            for (int i = tensor.Offset; i < tensor.Offset + tensor.Length; i++)
            {
                (gradients.Parameters[i] == before[i]).ShouldBe(tensor.IsFrozen, tensor.Name);
            }
        }
    }
}
