using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Tests.Diagnostics;

/// <summary>A mistake, and what its fix makes of it.</summary>
/// <param name="Name">What the mistake is.</param>
/// <param name="Id">The diagnostic; all that the source has of it are fixed.</param>
/// <param name="Title">What the editor offers, where the case is about it.</param>
public sealed record CodeFixCase(string Name, string Id, string Source, string Fixed, string? Title = null);

/// <summary>At least one row for each diagnostic that has a fix.</summary>
public static class CodeFixCases
{
    public const string Usings = "using Recurrent;\nusing static Recurrent.Equations;\n";

    public static IReadOnlyList<CodeFixCase> All { get; } =
    [
        Network("class", "RGEN001", "public class Policy;", "public partial class Policy;", "Add 'partial'"),
        Network("class without modifiers", "RGEN001", "/* mine */ class /* a class */ Policy;", "/* mine */ partial class /* a class */ Policy;"),
        new(
            "classes around two networks",
            "RGEN001",
            """
            internal sealed class Outer
            {
                private readonly record struct Inner // holds one
                {
                    [Network(Input = 1), Gru(2)]
                    public sealed class First;
                }

                [Network(Input = 1), Gru(2)]
                public sealed partial class Second;
            }
            """,
            """
            internal sealed partial class Outer
            {
                private readonly partial record struct Inner // holds one
                {
                    [Network(Input = 1), Gru(2)]
                    public sealed partial class First;
                }

                [Network(Input = 1), Gru(2)]
                public sealed partial class Second;
            }
            """),
        Network("abstract class", "RGEN003", "public abstract partial class Policy;", "public partial class Policy;", "Remove 'abstract'"),
        Network("static class", "RGEN003", "// all static\nstatic /* is it? */ partial class Policy { static int One => 1; }", "// all static\n/* is it? */ partial class Policy { static int One => 1; }", "Remove 'static'"),
        Network("modifier on a line of its own", "RGEN003", "public\n    abstract\n    partial class Policy;", "public\n    partial class Policy;"),
        Network("file-local class", "RGEN005", "file sealed partial class Policy;", "sealed partial class Policy;", "Remove 'file'"),
        Layer("the first argument of two that are named", "RGEN022", "Gru(2, Reverse = true, Bidirectional = true)", "Gru(2, Bidirectional = true)", "Remove 'Reverse = true'"),
        Layer("the last argument", "RGEN022", "Gru(2, Bidirectional = true, Reverse = true)", "Gru(2, Bidirectional = true)"),
        Layer("an argument with a comment behind it", "RGEN022", "Gru(2, Bidirectional = true, Reverse = true /* both? */)", "Gru(2, Bidirectional = true /* both? */)"),
        Layer("arguments on lines", "RGEN022", "Gru(\n    2, // small\n    Reverse = true,\n    Bidirectional = true)", "Gru(\n    2, // small\n    Bidirectional = true)"),
        Layer("the last of arguments on lines", "RGEN022", "Gru(\n    2,\n    Bidirectional = true,\n    Reverse = true)", "Gru(\n    2,\n    Bidirectional = true)"),
        Layer("an argument behind a comment", "RGEN022", "Gru(2, Bidirectional = true, /* why? */ Reverse = true)", "Gru(2, Bidirectional = true /* why? */ )"),
        Layer("an argument about states", "RGEN023", "Dense(2, LearnInitialState = true)", "Dense(2)", "Remove 'LearnInitialState = true'"),
        Layer("two arguments about states", "RGEN023", "Dense(2, Zoneout = 0.1, LearnInitialState = true)", "Dense(2)"),
        Layer("two arguments about states in front of another", "RGEN023", "Dense(2, Zoneout = 0.1, LearnInitialState = true, Name = \"a\")", "Dense(2, Name = \"a\")"),
        new("step not static", "RGEN101", "[Cell] struct Odd { public Vec Step(Vec x, Vec h) => h; }", "[Cell] struct Odd { public static Vec Step(Vec x, Vec h) => h; }", "Add 'static'"),
        Body("an assignment", "RGEN107", "Vec a = W * x; a = a + h; return a;", "Vec a = W * x; Vec a2 = a + h; return a2;", "Give the new value of 'a' a local of its own"),
        Body("an addition to a local", "RGEN107", "Vec a = W * x;\n        a += h; // and the past\n        return a;", "Vec a = W * x;\n        Vec a2 = a + h; // and the past\n        return a2;"),
        Body("a multiplication by a sum", "RGEN107", "Vec a = W * x; a *= h + 1; return a;", "Vec a = W * x; Vec a2 = a * (h + 1); return a2;"),
        Body("a sum that begins with the local", "RGEN107", "Vec a = W * x; a = a + h; a /= a + h; return a;", "Vec a = W * x; Vec a2 = a + h; Vec a3 = a2 / (a2 + h); return a3;"),
        Body("an assignment to a state", "RGEN107", "h = Tanh(h + W * x); return h;", "Vec h2 = Tanh(h + W * x); return h2;"),
        Body("several assignments", "RGEN107", "Vec a = h; Vec b = a; a += b; b -= a; a = b * a; return a + b;", "Vec a = h; Vec b = a; Vec a2 = a + b; Vec b2 = b - a2; Vec a3 = b2 * a2; return a3 + b2;"),
        Body("names that are taken", "RGEN107", "Vec a1 = h; Vec a2 = W * x; a1 += a2; return a1;", "Vec a1 = h; Vec a2 = W * x; Vec a3 = a1 + a2; return a3;"),
        Body("an assignment in a method that is called", "RGEN107", "return F(W * x) + h; static Vec F(Vec v) { v += 1; return v; }", "return F(W * x) + h; static Vec F(Vec v) { Vec v2 = v + 1; return v2; }"),
        Body("an increment", "RGEN107", "int k = 2; k++; --k; return k * h;", "int k = 2; int k2 = k + 1; int k3 = k2 - 1; return k3 * h;"),
        Body("a division of numbers", "RGEN108", "return 1 / 2 * h;", "return 1 / 2.0 * h;", "Write '2.0'"),
        Body("a division with a comment", "RGEN108", "return 1 / /* a half */ 2 * h;", "return 1 / /* a half */ 2.0 * h;"),
        Body("a division of numbers in other spellings", "RGEN108", "return 1 / 0x1_0 * h;", "return 1 / 16.0 * h;"),
        Body("two divisions in a sum", "RGEN108", "return (7 / 2 - 1 / 3) * h;", "return (7 / 2.0 - 1 / 3.0) * h;"),
        Body("a division by a constant", "RGEN108", "const int k = 3; const double third = 1 / k; return third * h;", "const int k = 3; const double third = 1 / (double)k; return third * h;", "Write '(double)k'"),
        Body("a division by a sum", "RGEN108", "return 1 / (1 + 1) * h;", "return 1 / (double)(1 + 1) * h;"),
        Body("a method of Math", "RGEN112", "return System.Math.Exp(/* of */ Sum(h)) * h;", "return Exp(/* of */ Sum(h)) * h;", "Write 'Exp'"),
        Body("two methods of Math", "RGEN112", "double a = System.Math.Max(Sum(h), 2); double b = double.Sqrt(2); return a * b * h;", "double a = Max(Sum(h), 2); double b = Sqrt(2); return a * b * h;"),
        Body("a method of Math that gives an int", "RGEN112", "return System.Math.Sign(Sum(h)) * h;", "return Sign(Sum(h)) * h;"),
        new(
            "a method of Math whose word is hidden",
            "RGEN112",
            "[Cell] struct Odd { public static Vec Step(Vec x, Vec h) => System.Math.Exp(Sum(h)) * h; static void Exp() { } }",
            "[Cell] struct Odd { public static Vec Step(Vec x, Vec h) => Equations.Exp(Sum(h)) * h; static void Exp() { } }"),
        Parameter("a parameter", "Vec x, Vec h, Mat W", "Vec x, Vec h", title: "Remove 'W'"),
        Parameter("parameters", "Vec x, Vec h, Mat W, [Init(Initializer.Ones)] Vec b, [Setting] double rate = 1, bool on = false", "Vec x, Vec h"),
        Parameter("parameters on lines", "\n        Vec x,\n        Vec h,\n        Mat W, // weights\n        Vec b", "\n        Vec x,\n        Vec h,\n        // weights\n        Vec b", body: "h + b"),
        Parameter("a part of a tensor", "Vec x, Vec h, Mat W, Mat U", "Vec x, Vec h, Mat U", "[Tensor(\"w\", nameof(W), nameof(U))]\n    ", "[Tensor(\"w\", nameof(U))]\n    ", body: "U * h"),
        Parameter("all parts of a tensor", "Vec x, Vec h, Mat W, Mat U", "Vec x, Vec h", "[Tensor(\"w\", nameof(W), \"U\", Depth = \"1\")] // stacked\n    ", "// stacked\n    "),
        Parameter("one tensor of two", "Vec x, Vec h, Mat W, Vec b", "Vec x, Vec h, Vec b", "[Tensor(\"w\", nameof(W)), Tensor(\"c\", nameof(b))]\n    ", "[Tensor(\"c\", nameof(b))]\n    ", body: "h + b"),
        Parameter("a tensor on a line of its own", "Vec x, Vec h, Mat W", "Vec x, Vec h", "[Tensor(\"w\", nameof(W))]\n    ", ""),
        Parameter(
            "a parameter with documentation",
            "Vec x, Vec h, Mat W",
            "Vec x, Vec h",
            "/// <summary>One step.</summary>\n    /// <param name=\"h\">The state.</param>\n    /// <param name=\"W\">The\n    /// weights.</param>\n    ",
            "/// <summary>One step.</summary>\n    /// <param name=\"h\">The state.</param>\n    "),
    ];

    /// <summary>Mistakes whose diagnostic has a fix in other cases.</summary>
    public static IReadOnlyList<DiagnosticCase> WithoutFix { get; } =
    [
        .. DiagnosticCases.All.Where(row => row.Name is
            "generic cell" or "step gives a number" or "step with text"
            or "an assignment to a field" or "a deconstruction into locals that are there"
            or "a parameter that a local alone uses"
            or "another method of Math" or "a method of Math without a word"),
        Refused("an assignment in an expression", "RGEN107", "Vec a = W * x; return h + (a = x);"),
        Refused("an assignment that a local function sees", "RGEN107", "Vec a = W * x; a += h; return F(); Vec F() => a;"),
        Refused("an assignment that a local function makes", "RGEN107", "Vec a = W * x; return F(h); Vec F(Vec v) { a += v; return a; }"),
        Refused("an assignment to a local without a value", "RGEN107", "Vec a; a = W * x; return a + h;"),
        Refused("a quotient that must be whole", "RGEN108", "const int half = 7 / 2; return half * (W * x + h);"),
        Refused("a logarithm of another base", "RGEN112", "return System.Math.Log(Sum(h), 2) * (W * x + h);"),
        new("a parameter that hides a state", "RGEN110", "[Cell] struct Odd { public static Vec Step(Vec x, Mat W, Vec b) => x + b; }", ""),
    ];

    private static CodeFixCase Network(string name, string id, string declaration, string mended, string? title = null) =>
        new(name, id, "[Network(Input = 1)]\n[Gru(2)] // one layer\n" + declaration, "[Network(Input = 1)]\n[Gru(2)] // one layer\n" + mended, title);

    private static CodeFixCase Layer(string name, string id, string layer, string mended, string? title = null) =>
        new(name, id, $"[Network(Input = 1), {layer}]\npartial class Policy;", $"[Network(Input = 1), {mended}]\npartial class Policy;", title);

    private static CodeFixCase Body(string name, string id, string body, string mended, string? title = null) => new(name, id, Cell(body), Cell(mended), title);

    private static CodeFixCase Parameter(
        string name, string parameters, string mended, string front = "", string mendedFront = "", string body = "h", string? title = null) => new(
        name,
        "RGEN110",
        $"[Cell]\npublic struct Odd\n{{\n    {front}public static Vec Step({parameters}) => {body};\n}}\n",
        $"[Cell]\npublic struct Odd\n{{\n    {mendedFront}public static Vec Step({mended}) => {body};\n}}\n",
        title);

    private static DiagnosticCase Refused(string name, string id, string body) => new(name, id, Cell(body), "");

    private static string Cell(string body) =>
        $$"""
        [Cell]
        struct Odd
        {
            public static Vec Step(Vec x, Vec h, Mat W, int n = 1)
            {
                {{body}}
            }
        }
        """;
}
