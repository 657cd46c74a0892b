using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Numerics;

/// <summary>Equations whose parts read parameters alone: computed once when parameters are set, to the numbers that the equations give.</summary>
public class DerivedParameterTests
{
    private const int Steps = 5;

    /// <summary>More steps than a pass takes at once.</summary>
    private const int LongSequence = 67;

    private static readonly (string Name, string Step)[] Cells =
    [
        ("SumOfBiases", "Vec Step(Vec x, Vec h, Mat W, Mat U, Vec b, Vec a) => Tanh(W * x + b + U * h + a)"),
        ("InsideActivations", "Vec Step(Vec x, Vec h, Mat W, Vec b, Vec a) { Vec gate = Sigmoid(Tanh(b) * h + Relu(a)); return gate * Tanh(W * x) + (1 - gate) * h; }"),
        ("ProductOperand", "Vec Step(Vec x, Vec h, Mat W, Mat U, Vec b) => Tanh(W * x - U * Sigmoid(b)) - 0.5 * h"),
        ("ProductsOfProducts", "Vec Step(Vec x, Vec h, Mat W, Mat U, Vec b, Vec a) { Vec p = U * b; return Tanh(W * x + (U * p) * (p + a)) * Sigmoid(h + U * (p * a)); }"),
        ("OutputAlone", "(Vec, Vec) Step(Vec x, Vec h, Vec c, Mat W, Vec b) => (b * b - Tanh(b), Tanh(W * x) + 0.5 * c)"),
        ("StateAlone", "(Vec, Vec) Step(Vec x, Vec h, Vec c, Mat W, Vec b) => (Tanh(W * x) * c, Sigmoid(b))"),
        ("Chain", "Vec Step(Vec x, Vec h, Mat W, Vec b, Vec a) { Vec p = Tanh(b); Vec q = Sigmoid(p * a) - 0.5; Vec r = q - p * q; return Tanh(W * x + r) * p + q * h - r; }"),
        ("ReadWholeAndByRow", "Vec Step(Vec x, Vec h, Mat U, Mat W, Vec b, Vec a) { Vec p = a - 2 * b; return Tanh(U * p + U * h + W * x) * p - U * (p * h); }"),
        ("OtherSizes", "Vec Step(Vec x, Vec h, [Shape(\"hidden\", 17)] Mat V, [Shape(17, \"input\")] Mat Q, [Shape(\"input\")] Vec c) => Tanh(V * Sigmoid(Q * c) - V * (Q * (x + Tanh(c)))) + 0.5 * h"),
        ("NamesOfPointers", "Vec Step(Vec panels, Vec derived, Mat W, Mat derivedGradients, Vec b, Vec gradients) { Vec yPart = Tanh(b); Vec w = derivedGradients * yPart; return Tanh(W * panels + w * (w - gradients) + derived); }"),
        ("Detour", "Vec Step(Vec x, Vec h, Mat W, Vec b, Vec a) { Vec p = -b; Vec q = a + b; return Tanh((W * x + p) * q + (p + q) * h) - 0.1 * q; }"),
    ];

    private static readonly NetworkDeclaration[] Declarations =
    [
        .. Cells.Select(cell => new NetworkDeclaration("Small" + cell.Name, 3, $"Recurrent.Layer<{cell.Name}>(5, Name = \"layer\")")),
        .. Cells.Select(cell => new NetworkDeclaration("Wide" + cell.Name, 18, $"Recurrent.Layer<{cell.Name}>(35, Name = \"layer\")")),
        new("Stack", 4, "Recurrent.Lstm(9)", "Recurrent.Layer<ProductsOfProducts>(8, Name = \"products\")", "Recurrent.Gru(17)", "Recurrent.Layer<Chain>(3, Name = \"chain\")"),
        new("MuchScratchNetwork", 2, "Recurrent.Layer<MuchScratch>(3, Name = \"layer\")"),
    ];

    private static readonly Lazy<Consumer> Built = new(() => NetworkDeclaration.Build(
        Declarations,
        "using Recurrent;\nusing static Recurrent.Equations;\n\n"
        + string.Concat(Cells
            .Append(("MuchScratch", "Vec Step(Vec x, Vec h, Mat W, [Shape(\"hidden\", 8209)] Mat V, [Shape(8209)] Vec c) => Tanh(W * x + V * Tanh(c)) - 0.5 * h"))
            .Select(cell => Struct(cell.Item1, cell.Item2)))));

    internal static readonly Lazy<Dictionary<string, CompiledNetwork>> Compiled = new(() => CompiledNetwork.Of(Built.Value, Declarations));

    public static TheoryData<string> Networks => new(Declarations.Select(declaration => declaration.Name));

    public static TheoryData<string, InstructionSet> OnEveryInstructionSet => Numerics.Networks.Cross(Declarations);

    [Fact]
    public void Neither_the_analyzer_nor_the_compiler_has_anything_to_say()
    {
        Built.Value.AnalyzerDiagnostics(withGenerated: false).ShouldBeEmpty();
        Built.Value.CompilerDiagnostics().Where(diagnostic => diagnostic.Location.SourceTree?.FilePath != "Source0.cs").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_mode_gives_what_the_equations_give_with_the_same_bits_everywhere(string name)
    {
        CompiledNetwork network = Compiled.Value[name];
        float[] inputs = network.Inputs(Steps);
        double[] state = Bits.ToDouble(network.State());
        BoundNetwork equations = network.Equations.Bind(Bits.ToDouble(network.Parameters()));
        foreach ((int step, float[] output, float[] after) in ForwardTests.Trajectory(network, InstructionSet.Scalar, Steps))
        {
            double[] expected = equations.Step(Bits.ToDouble(inputs.AsSpan(step * network.Class.InputSize, network.Class.InputSize)), state);
            Bits.ShouldBeNear(output, expected, 1e-5, $"step {step}: output");
            Bits.ShouldBeNear(after, state, 1e-5, $"step {step}: state");
        }

        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            ForwardTests.CheckSequence(network, LongSequence, instructionSet);
            ForwardTests.CheckStreams(network, 3, instructionSet);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradients_are_those_of_the_equations_with_the_same_bits_everywhere(string name)
    {
        CompiledNetwork network = Compiled.Value[name];
        GradientTests.Check(network, Steps, most: 60, least: 1e-2);
        Gradients scalar = Gradients.Of(network, LongSequence, InstructionSet.Scalar);
        foreach (InstructionSet instructionSet in InstructionSets.Supported)
        {
            Bits.ShouldBeSame(Gradients.Of(network, LongSequence, instructionSet).Parameters, scalar.Parameters, $"{instructionSet}: parameters");
            Bits.ShouldBeSame(Gradients.Of(network, LongSequence, instructionSet, withInputs: false).Parameters, scalar.Parameters, $"{instructionSet}, without inputs: parameters");
        }
    }

    [Theory]
    [MemberData(nameof(OnEveryInstructionSet))]
    public void Parameters_that_are_replaced_are_computed_with_anew(string name, InstructionSet instructionSet)
    {
        CompiledNetwork network = Compiled.Value[name];
        float[] other = [.. network.Parameters().Select(value => -0.5f * value)];
        using Network replaced = network.Class.Create(network.Parameters(), instructionSet);
        using Network created = network.Class.Create(other, instructionSet);

        float[] before = Forward(replaced, network).Outputs;
        replaced.SetParameters(other);
        (float[] outputs, float[] gradients) = Forward(replaced, network);
        (float[] expectedOutputs, float[] expectedGradients) = Forward(created, network);

        outputs.ShouldNotBe(before);
        Bits.ShouldBeSame(outputs, expectedOutputs, "outputs");
        Bits.ShouldBeSame(gradients, expectedGradients, "gradients");
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_sequence_without_steps_has_no_gradient(string name)
    {
        CompiledNetwork network = Compiled.Value[name];
        float[] gradients = [.. Enumerable.Repeat(1f, network.Class.ParameterCount)];
        using Network compiled = network.Class.Create(network.Parameters());

        compiled.Backward([], new float[network.Class.StateSize], [], gradients, []);

        gradients.ShouldAllBe(gradient => gradient == 1f);
    }

    [Theory]
    [InlineData("Vec s = Sigmoid(b); return s * h + s * (W * x);", "s = sigmoid(b)")]
    [InlineData("Vec f = Sigmoid(W * x + b + a); return f * h;", "fBias = b + a")]
    [InlineData("Vec f = Sigmoid((W * x) * Tanh(b)); return f * h;", "fFactor = tanh(b)")]
    [InlineData("return Tanh(W * x + b + a) - h;", "hNextBias = b + a")]
    [InlineData("Vec f = W * x; return f * Tanh(b) - h * Tanh(b);", "bDerived = tanh(b)")]
    [InlineData("Vec f = W * x; return f * (a * b) - h * (a * b);", "derived = a * b")]
    [InlineData("Vec fBias = W * x; Vec f = Sigmoid(U * fBias + b + a); return f * h * fBias;", "fBias2 = b + a")]
    public void What_is_computed_at_load_has_a_name_that_tells_its_purpose(string body, string expected)
    {
        Consumer consumer = Consumer.Build(
            "using Recurrent;\nusing static Recurrent.Equations;\n\n"
            + Struct("Named", "Vec Step(Vec x, Vec h, Mat W, Mat U, Vec b, Vec a) { " + body + " }")
            + new NetworkDeclaration("Net", 4, "Recurrent.Layer<Named>(4, Name = \"layer\")").Source);

        consumer.Sources["Net.layer.Load.g.cs"].ShouldContain($"/// {expected}\n");
        consumer.Sources["Net.layer.Forward.g.cs"].ShouldContain($"/// {expected} (at load)\n");
    }

    private static (float[] Outputs, float[] Gradients) Forward(Network compiled, CompiledNetwork network)
    {
        float[] state = network.State();
        float[] outputs = new float[Steps * network.Class.OutputSize];
        float[] tape = new float[network.Class.TapeSize(Steps)];
        compiled.Forward(network.Inputs(Steps), state, outputs, tape);
        float[] gradients = new float[network.Class.ParameterCount];
        compiled.Backward(CompiledNetwork.Numbers(outputs.Length, 7), CompiledNetwork.Numbers(state.Length, 8), tape, gradients, default);
        return (outputs, gradients);
    }

    private static string Struct(string name, string step) => "[Recurrent.Cell]\npublic readonly struct " + name + "\n{\n    public static "
        + Shaped(step) + (step.EndsWith('}') ? "" : ";") + "\n}\n\n";

    /// <summary>Nothing in the equations settles the sizes of these.</summary>
    private static string Shaped(string step) => step
        .Replace("Mat U", "[Shape(\"hidden\", \"hidden\")] Mat U", StringComparison.Ordinal)
        .Replace("Mat derivedGradients", "[Shape(\"hidden\", \"hidden\")] Mat derivedGradients", StringComparison.Ordinal)
        .Replace("Mat W", "[Shape(\"hidden\", \"input\")] Mat W", StringComparison.Ordinal)
        .Replace("Vec b", "[Shape(\"hidden\")] Vec b", StringComparison.Ordinal)
        .Replace("Vec a", "[Shape(\"hidden\")] Vec a", StringComparison.Ordinal);
}

/// <summary>After the first calls nothing is allocated, parameters that are replaced included.</summary>
[Collection(nameof(AllocationTests))]
public class DerivedParameterAllocationTests
{
    private const int Steps = 5;

    [Theory]
    [MemberData(nameof(DerivedParameterTests.OnEveryInstructionSet), MemberType = typeof(DerivedParameterTests))]
    public void Setting_parameters_and_training_allocate_nothing(string name, InstructionSet instructionSet)
    {
        CompiledNetwork network = DerivedParameterTests.Compiled.Value[name];
        float[] parameters = network.Parameters();
        float[] state = new float[network.Class.StateSize];
        float[] tape = new float[network.Class.TapeSize(Steps)];
        float[] outputs = new float[Steps * network.Class.OutputSize];
        float[] inputs = network.Inputs(Steps);
        float[] gradients = new float[parameters.Length];
        using Network compiled = network.Class.Create(parameters, instructionSet);
        void Train()
        {
            compiled.SetParameters(parameters);
            compiled.Forward(inputs, state, outputs, tape);
            compiled.Backward(outputs, state, tape, gradients, default);
        }

        Train();
        Train();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Train();
        Train();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
