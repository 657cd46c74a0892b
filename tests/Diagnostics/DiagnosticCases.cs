using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis.Text;

namespace Recurrent.Tests.Diagnostics;

/// <summary>A mistake and what is said about it.</summary>
/// <param name="Name">What the mistake is.</param>
/// <param name="Id">The diagnostic.</param>
/// <param name="Source">The source; <c>«»</c> stand around the place that is told.</param>
/// <param name="Message">A part of the message.</param>
public sealed record DiagnosticCase(string Name, string Id, string Source, string Message, bool AllowUnsafe = true)
{
    public (string Source, TextSpan Span) Unmarked()
    {
        string source = "using Recurrent;\nusing static Recurrent.Equations;\n" + Source;
        int start = source.IndexOf('«', StringComparison.Ordinal);
        int end = source.IndexOf('»', StringComparison.Ordinal) - 1;
        return (source.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal), TextSpan.FromBounds(start, end));
    }
}

/// <summary>At least one row for each diagnostic.</summary>
public static class DiagnosticCases
{
    public static IReadOnlyList<DiagnosticCase> All { get; } =
    [
        new("class not partial", "RGEN001", "[Network(Input = 1), Gru(2)] class «Policy»;", "'Policy' must be partial"),
        new("containing type not partial", "RGEN001", "class «Outer» { [Network(Input = 1), Gru(2)] partial class Policy; }", "'Outer' must be partial"),
        new("record class", "RGEN002", "[Network(Input = 1), Gru(2)] partial record «Policy»;", "'Policy' is a record"),
        new("struct", "RGEN002", "[Network(Input = 1)] partial struct «Policy»;", "'Policy' is a struct"),
        new("abstract", "RGEN003", "[Network(Input = 1), Gru(2)] abstract partial class «Policy»;", "is abstract"),
        new("static", "RGEN003", "[Network(Input = 1), Gru(2)] static partial class «Policy»;", "is static"),
        new("generic", "RGEN004", "[Network(Input = 1), Gru(2)] partial class «Policy»<T>;", "'Policy' is generic"),
        new("nested in generic", "RGEN004", "partial class Outer<T> { [Network(Input = 1), Gru(2)] partial class «Policy»; }", "'Policy' is generic"),
        new("file-local", "RGEN005", "[Network(Input = 1), Gru(2)] file partial class «Policy»;", "remove 'file'"),
        new("nested in file-local", "RGEN005", "file partial class «Outer» { [Network(Input = 1), Gru(2)] public partial class Policy; }", "'Outer' is visible"),
        new("no layers", "RGEN006", "[Network(Input = 1)] partial class «Policy»;", "'Policy' has no layers"),
        new("scattered layers", "RGEN007", "[Network(Input = 1), Gru(2)] partial class Policy; [«Dense(3)»] partial class Policy;", "several partial declarations"),
        new("input 0", "RGEN008", "[Network(Input = «0»), Gru(2)] partial class Policy;", "'Input' of 'Policy' is 0"),
        new("input missing", "RGEN008", "[«Network», Gru(2)] partial class Policy;", "'Input' of 'Policy' is 0"),
        new("no precision", "RGEN026", "[Network(Input = 1, Weights = «(Precision)77»), Gru(2)] partial class Policy;", "'Weights' of 'Policy' is 77; it must be a member of Precision"),
        new("size 0", "RGEN008", "[Network(Input = 1), Gru(«0»)] partial class Policy;", "'hiddenSize' of [Gru] is 0"),
        new("size negative, named", "RGEN008", "[Network(Input = 1), Gru(hiddenSize: «-2»)] partial class Policy;", "'hiddenSize' of [Gru] is -2"),
        new("count 0", "RGEN008", "[Network(Input = 1), Embedding(«0», 3)] partial class Policy;", "'count' of [Embedding] is 0"),
        new("embedding size 0", "RGEN008", "[Network(Input = 1), Embedding(4, «0»)] partial class Policy;", "'size' of [Embedding] is 0"),
        new("too many parameters", "RGEN009", "[Network(Input = 2000000000), Dense(2000000000)] partial class «Policy»;", "would be 4000000002000000000"),
        new("too much state", "RGEN009", TooMuchState, "The state size of 'Policy' would be 2400000000"),
        new("too large a matrix in a time step", "RGEN009", TooLargeMatrix, "The memory of a time step, in floats, of 'Policy' would be 3200240000"),
        new("a size 0 that is a dimension by its name", "RGEN008", "[Network(Input = 1), SelectiveStateSpace(«0»)] partial class Policy;", "'stateSize' of [SelectiveStateSpace] is 0"),
        new("too much memory", "RGEN009", "[Network(Input = 200000000), Dense(1)] partial class «Policy»;", "The memory of the weights, in floats, of 'Policy' would be"),
        new("embedding not first", "RGEN010", "[Network(Input = 1), Dense(1), «Embedding(4, 3)»] partial class Policy;", "here it is layer 2"),
        new("embedding with input 2", "RGEN011", "[Network(Input = 2), «Embedding(4, 3)»] partial class Policy;", "The input of 'Embedding' has size 1, and [Network(Input = 2)] gives size 2"),
        new("duplicate name", "RGEN012", "[Network(Input = 1), Gru(2, Name = \"a\"), Gru(2, Name = «\"a\"»)] partial class Policy;", "named 'a'"),
        new("name that differs in case alone", "RGEN012", "[Network(Input = 1), Gru(2, Name = \"a\"), Gru(2, Name = «\"A\"»)] partial class Policy;", "named 'A'"),
        new("duplicate of a default name", "RGEN012", "[Network(Input = 1), Gru(2, Name = \"gru1\"), «Gru(2)»] partial class Policy;", "named 'gru1'"),
        new("name with a dot", "RGEN013", "[Network(Input = 1), Gru(2, Name = «\"a.b\"»)] partial class Policy;", "'a.b' cannot name"),
        new("empty name", "RGEN013", "[Network(Input = 1), Gru(2, Name = «\"\"»)] partial class Policy;", "'' cannot name"),
        new("name that begins with a digit", "RGEN013", "[Network(Input = 1), Gru(2, Name = «\"1a\"»)] partial class Policy;", "'1a' cannot name"),
        new("no cell", "RGEN014", "struct Plain; [Network(Input = 1), «Layer<Plain>(2)»] partial class Policy;", "not marked with [Cell]"),
        new("no cell, elsewhere", "RGEN014", "[Network(Input = 1), «Layer<int>(2)»] partial class Policy;", "'Int32' cannot be a layer"),
        new("setting left open", "RGEN015", "[Network(Input = 1), «Layer<Rnn>(2)»] partial class Policy;", "'Rnn' needs 'activation', and [Rnn]"),
        new("dimension left open", "RGEN015", "[Network(Input = 1), «Layer<Embedding>(2)»] partial class Policy;", "'Embedding' needs 'count'"),
        new("size left open", "RGEN015", "class TinyAttribute() : LayerAttribute<Gru>(2); [Network(Input = 1), «Tiny»] partial class Policy;", "'Gru' needs 'size', and [Tiny] has no int argument"),
        new("dimension of another type", "RGEN015", "class RowsAttribute(int size, long count) : LayerAttribute<Embedding>(size) { public long Count => count; } [Network(Input = 1), «Rows(2, 3)»] partial class Policy;", "no int argument of that name"),
        new("no such activation", "RGEN016", "[Network(Input = 1), Rnn(2, «(Activation)99»)] partial class Policy;", "99 is no value for 'activation'; it must be a member of Activation"),
        new("half of an odd size", "RGEN203", OddHalf, "15 / 2 is no whole number"),
        new("sizes that differ", "RGEN203", "[Cell] struct Three { public static Vec Step(Vec x, [Shape(3, \"input\")] Mat A) => A * x; } [Network(Input = 2), Layer<Three>(«4»)] partial class Policy;", "they give 3 floats per time step whatever the size of the layer, which is 4 here"),
        new("property collides", "RGEN017", "[Network(Input = 1), Gru(2)] partial class Policy { public int «InputSize» => 1; }", "InputSize"),
        new("method collides", "RGEN017", "[Network(Input = 1), Gru(2)] partial class Policy { public void «Dispose»() { } }", "Dispose"),
        new("nested type collides", "RGEN017", "[Network(Input = 1), Gru(2)] partial class Policy { class «Step»; }", "Step"),
        new("constructor collides", "RGEN017", "[Network(Input = 1), Gru(2)] partial class Policy { «Policy»(int x) { } }", "a constructor"),
        new("primary constructor collides", "RGEN017", "[Network(Input = 1), Gru(2)] partial class «Policy»(int x) { int X => x; }", "a constructor"),
        new("the class's own name collides", "RGEN017", "[Network(Input = 1), Gru(2)] partial class «Forward»;", "Forward"),
        new("a base class's member collides", "RGEN017", "class Base { public int StateSize => 1; } [Network(Input = 1), Gru(2)] partial class «Policy» : Base;", "StateSize"),
        new("private member collides", "RGEN017", "[Network(Input = 1), Gru(2)] partial class Policy { int «_compiled» = 1; int X => _compiled; }", "_compiled"),
        new("unsafe code not allowed", "RGEN018", "[Network(Input = 1), Gru(2)] partial class «Policy»;", "AllowUnsafeBlocks", AllowUnsafe: false),
        new("layers without network", "RGEN019", "[«Gru(2)»] partial class Policy;", "no [Network] attribute"),
        new("too large in both directions", "RGEN009", "[Network(Input = 1), «Gru(1500000000, Bidirectional = true)»] partial class Policy;", "The output size of 'gru0' of 'Policy' would be 3000000000"),
        new("no level", "RGEN020", "[Network(Input = 1), Gru(2, Layers = «0»)] partial class Policy;", "'Layers' of [Gru] is 0; it must be from 1 to 256"),
        new("too many levels", "RGEN020", "[Network(Input = 1), Gru(2, Layers = «257»)] partial class Policy;", "is 257"),
        new("residual of another size", "RGEN021", "[Network(Input = 3), Gru(2, Residual = «true»)] partial class Policy;", "'gru0' cannot be added to its output: its output has size 2, and [Network(Input = 3)] gives size 3"),
        new("residual in both directions", "RGEN021", "[Network(Input = 2), Gru(2, Residual = «true», Bidirectional = true)] partial class Policy;", "its output has size 4"),
        new("residual behind both directions", "RGEN021", "[Network(Input = 2), Gru(2, Bidirectional = true), Gru(2, Residual = «true»)] partial class Policy;", "the layer before, 'gru0', gives size 4"),
        new("residual table", "RGEN021", "[Network(Input = 1), Embedding(4, 1, Residual = «true»)] partial class Policy;", "a position in a table"),
        new("reverse and bidirectional", "RGEN022", "[Network(Input = 1), Gru(2, Reverse = «true», Bidirectional = true)] partial class Policy;", "leave out Reverse"),
        new("initial states without states", "RGEN023", "[Network(Input = 1), Dense(2, LearnInitialState = «true»)] partial class Policy;", "'LearnInitialState' concerns the states of 'dense0', and its cell 'Dense' has none"),
        new("zoneout without states", "RGEN023", "[Network(Input = 1), Dense(2, Zoneout = «0.1»)] partial class Policy;", "'Zoneout' concerns the states of 'dense0'"),
        new("dropout of everything", "RGEN024", "[Network(Input = 1), Gru(2, Dropout = «1»)] partial class Policy;", "'Dropout' of [Gru] is 1; it must be at least 0 and less than 1"),
        new("zoneout below nothing", "RGEN024", "[Network(Input = 1), Gru(2, Zoneout = «-0.5»)] partial class Policy;", "'Zoneout' of [Gru] is -0.5"),
        new("recurrent dropout in percent", "RGEN024", "[Network(Input = 1), Gru(2, RecurrentDropout = «25»)] partial class Policy;", "'RecurrentDropout' of [Gru] is 25"),
        new("recurrent dropout without states", "RGEN025", "[Network(Input = 1), Dense(2, RecurrentDropout = «0.1»)] partial class Policy;", "a matrix of weights and a state in 'dense0', and its cell 'Dense' has none"),
        new("recurrent dropout of a product that reads something else than states", "RGEN025", "[Cell] struct Gated { public static Vec Step(Vec x, Vec h, Mat W, Mat U, Vec u) => Tanh(W * x + U * Tanh(u * h)); } [Network(Input = 2), Layer<Gated>(2, RecurrentDropout = «0.1»)] partial class Policy;", "its cell 'Gated' has none"),
        new("dropout that is no number", "RGEN024", "[Network(Input = 1), Gru(2, Dropout = «double.NaN»)] partial class Policy;", "is NaN"),
        new("tensor with the name of an initial state", "RGEN102", "[Cell] struct Start { public static Vec Step(Vec x, Vec h, Vec h0) => h + h0 + Sum(x); } [Network(Input = 1), «Layer<Start>(2, LearnInitialState = true)»] partial class Policy;", "initial states"),
        new("stacked tables", "RGEN010", "[Network(Input = 1), «Embedding(4, 1, Layers = 2)»] partial class Policy;", "here it is layer 2"),
        new("name of a level", "RGEN012", "[Network(Input = 1), Gru(2, Name = \"a\", Layers = 2), Gru(2, Name = «\"a_l1\"»)] partial class Policy;", "named 'a_l1'"),
        new("tensors that get one name", "RGEN102", TwiceNamed, "'W_l1' cannot be made"),
        .. EquationCases.All,
    ];

    private const string TwiceNamed =
        """
        [Cell] struct Pair { public static Vec Step(Vec x, Mat W, Mat W_l1) => Tanh(W * x) + Tanh(W_l1 * x); }
        [Network(Input = 1), «Layer<Pair>(1, Layers = 2)»] partial class Policy;
        """;

    private const string OddHalf =
        """
        [Cell] struct Half { public static Vec Step(Vec x, Vec h, [Shape("hidden / 2", "input")] Mat W, [Shape("hidden", "hidden / 2")] Mat U) => h + U * (W * x); }
        [Network(Input = 1), «Layer<Half>(15)»] partial class Policy;
        """;

    private const string TooMuchState =
        """
        [Cell] struct Leaky { public static (Vec, Vec) Step(Vec x, Vec h, Vec c, Vec W) => (W * h, c); }
        [Network(Input = 1), Layer<Leaky>(1200000000)] partial class «Policy»;
        """;

    private const string TooLargeMatrix =
        """
        [Cell] struct Wide { public static Vec Step(Vec x, Vec h, Mat W) => Outer(h, h) * h + W * x; }
        [Network(Input = 1), Layer<Wide>(40000)] partial class «Policy»;
        """;
}
