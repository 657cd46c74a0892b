using System.Collections.Generic;

namespace Recurrent.Tests.Diagnostics;

/// <summary>Mistakes in cells.</summary>
public static class EquationCases
{
    public static IReadOnlyList<DiagnosticCase> All { get; } =
    [
        Body("a method of another class", "RGEN100", "return «Other.F(h)»;", "'Other.F(h)' cannot be compiled; an equation is made of"),
        Body("a constructor", "RGEN100", "return «new Vec(1)» + h;", "'new Vec(1)' cannot be compiled"),
        Body("a condition", "RGEN100", "«if (true) { return h; }» return h;", "cannot be compiled"),
        Body("a loop", "RGEN100", "«for (int i = 0; i < 3; i++) { }» return h;", "cannot be compiled"),
        Body("a conditional expression", "RGEN100", "return «h.Length > 1 ? h : x»;", "cannot be compiled"),
        Body("an assignment", "RGEN100", "Vec a = W * x; «a = a + h;» return a;", "locals that are set once"),
        Body("an assignment to a state", "RGEN100", "«h = W * x;» return h;", "cannot be compiled"),
        Body("a local without a value", "RGEN100", "Vec «a»; return h;", "'a' cannot be compiled"),
        Body("an element", "RGEN100", "return «h[0]» * h;", "'h[0]' cannot be compiled"),
        Body("a number that is not double", "RGEN100", "int two = 2; return «two» * h;", "cannot be compiled"),
        Body("an activation that is no setting", "RGEN100", "return Activate(«Activation.Tanh», h);", "'Activation.Tanh' cannot be compiled"),
        Body("an index that is computed", "RGEN100", "return Row(W, «Relu(x)») + h;", "the index of Row is the cell's input"),
        Body("a whole matrix", "RGEN100", "Vec a = «W.Row(0)»; return h;", "cannot be compiled"),
        new("no step", "RGEN101", "[Cell] struct «Odd»;", "it has no method 'Step'"),
        new("two steps", "RGEN101", "[Cell] struct «Odd» { public static Vec Step(Vec x) => x; public static Vec Step(Vec x, Vec h) => h; }", "several methods"),
        new("generic cell", "RGEN101", "[Cell] struct «Odd»<T> { public static Vec Step(Vec x, Vec h) => h; }", "generic"),
        new("step not static", "RGEN101", "[Cell] struct Odd { public Vec «Step»(Vec x, Vec h) => h; }", "not static"),
        new("step gives a number", "RGEN101", "[Cell] struct Odd { public static double «Step»(Vec x, Vec h) => 1; }", "'Step' gives double"),
        new("step without input", "RGEN101", "[Cell] struct Odd { public static Vec «Step»() => null!; }", "the input, must be a Vec"),
        new("step with a number", "RGEN101", "[Cell] struct Odd { public static Vec Step(Vec x, Vec h, double «k») => h; }", "'k' is of type double"),
        new("step with too few states", "RGEN101", "[Cell] struct Odd { public static (Vec, Vec) «Step»(Vec x, Vec h, Mat W) => (h, h); }", "gives 2 results"),
        Tensor("tensor without parts", "«Tensor(\"w\")»", "names no parameter"),
        Tensor("tensor of a stranger", "«Tensor(\"w\", \"V\")»", "'V' is no Vec or Mat parameter"),
        Tensor("tensor of a part twice", "«Tensor(\"w\", \"W\", \"W\")»", "'W' already belongs"),
        new("tensor of unlike parts", "RGEN102", "[Cell] struct Odd { [Tensor(\"w\", \"W\", \"b\")] public static Vec «Step»(Vec x, Vec h, Mat W, Vec b) => W * x + b + h; }", "stacked row after row"),
        new("tensor name twice", "RGEN102", "[Cell] struct Odd { [Tensor(\"b\", \"W\")] public static Vec «Step»(Vec x, Vec h, Mat W, Vec b) => W * x + b + h; }", "another tensor of the cell has this name"),
        Body("input added to a state", "RGEN200", "return «h + x»;", "the length of 'h' is hidden by its declaration, and 'h + x' makes it input"),
        Body("a matrix used twice", "RGEN200", "return W * h + «W * x»;", "the number of columns of 'W' is hidden by 'W * h', and 'W * x' makes it input"),
        Body("a result of the input's length", "RGEN200", "return «x»;", "the length of 'x' is input by its declaration, and the result 'x' makes it hidden"),
        Body("a parameter never used", "RGEN201", "return h;", "settles the number of rows of 'W' and the number of columns of 'W'", "«W»"),
        Body("a dimension left open", "RGEN201", "Vec unused = W * x; return h;", "Nothing in the equations settles the number of rows of 'W'", "«W»"),
        new("shape of a vector with two dimensions", "RGEN202", "[Cell] struct Odd { public static Vec Step(Vec x, Vec h, [«Shape(1, 2)»] Vec b) => h + b; }", "a Vec has one dimension"),
        new("shape of 0", "RGEN202", "[Cell] struct Odd { public static Vec Step(Vec x, Vec h, [«Shape(0)»] Vec b) => h + b; }", "at least 1"),
    ];

    private static DiagnosticCase Body(string name, string id, string body, string message, string matrix = "W") => new(
        name,
        id,
        $$"""
        static class Other { public static Vec F(Vec v) => v; }
        [Cell] struct Odd { public static Vec Step(Vec x, Vec h, Mat {{matrix}}) { {{body}} } }
        """,
        message);

    private static DiagnosticCase Tensor(string name, string tensor, string message) => new(
        name,
        "RGEN102",
        $$"""[Cell] struct Odd { [{{tensor}}] public static Vec Step(Vec x, Vec h, Mat W) => W * x + h; }""",
        message);
}
