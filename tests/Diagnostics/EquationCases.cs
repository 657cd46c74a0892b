using System.Collections.Generic;

namespace Recurrent.Tests.Diagnostics;

/// <summary>Mistakes in cells.</summary>
public static class EquationCases
{
    public static IReadOnlyList<DiagnosticCase> All { get; } =
    [
        Body("a constructor", "RGEN100", "return «new Vec(1)» + h;", "'new Vec(1)' cannot be compiled; write a double"),
        Body("a local without a value", "RGEN100", "Vec «a»; return h;", "'a' cannot be compiled; give the local its value"),
        Body("a number that is not double", "RGEN100", "float two = 2; return «two» * h;", "convert nothing but an int to a double"),
        Body("an index that is computed", "RGEN100", "return Row(W, «Relu(x)») + h;", "the index of Row is the cell's input"),
        Body("an instance method", "RGEN100", "Vec a = «W.Row(0)»; return h;", "a method that an equation calls is static"),
        Body("a delegate", "RGEN100", "System.Func<Vec, Vec> f = «v => -v»; return f(h);", "write a static method instead of a delegate"),
        Body("a generic method", "RGEN100", "return «Other.G(h)»;", "is not generic"),
        Body("an argument by reference", "RGEN100", "Vec a = h; return «Other.H(ref a)»;", "nor takes anything by reference"),
        Body("any number of arguments", "RGEN100", "return «Many(h, W * x)»; static Vec Many(params Vec[] all) => all[0];", "nor as 'params'"),
        Body("a static field", "RGEN100", "return «Other.K» * h;", "write a const field, a setting"),
        Body("a property", "RGEN100", "return «W.Rows» * h;", "of a Vec, an equation may read 'Length'"),
        Body("a remainder", "RGEN100", "return «h.Length % 2» * h;", "the operators are"),
        Body("a complement", "RGEN100", "return «~h.Length» * h;", "the operators of one operand"),
        Body("a method that calls itself", "RGEN103", "return Other.Loop(h);", "'Loop' reaches itself", other: "«Loop(-v)»"),
        Body("methods that call each other", "RGEN103", "return Other.Ping(h);", "'Ping' reaches itself", ping: "«Ping(v)»"),
        Body("a method without source", "RGEN104", "return «System.BitConverter.Int64BitsToDouble(4)» * h;", "comes from 'System.Runtime'"),
        Body("a condition that reads a state", "RGEN105", "return «Sum(h) > 0» ? h : -h;", "The condition 'Sum(h) > 0' reads the state 'h'"),
        Body("a condition that reads the input", "RGEN105", "return h.Length > 2 && «x[0] < 1» ? h : -h;", "reads the input 'x'"),
        Body("a condition that reads a parameter", "RGEN105", "return «k == 1» ? h : -h;", "reads the parameter 'k'", parameters: "double k"),
        Body("an if", "RGEN106", "«if (h.Length > 2) { return h; }» return -h;", "write 'condition ? a : b'"),
        Body("a loop", "RGEN106", "«for (int i = 0; i < 3; i++) { }» return h;", "a step has no loop"),
        Body("a switch", "RGEN106", "return «n switch { 1 => h, _ => -h }»;", "write 'condition ? a : b'", parameters: "int n = 1"),
        Body("a throw", "RGEN106", "«throw new System.Exception();»", "a step runs straight through"),
        Body("a throw in an expression", "RGEN106", "return h.Length > 2 ? h : «throw new System.Exception()»;", "a step runs straight through"),
        Body("an assignment", "RGEN107", "Vec a = W * x; «a = a + h;» return a;", "a local has one value"),
        Body("an addition to a local", "RGEN107", "Vec a = W * x; «a += h;» return a;", "a local has one value"),
        Body("an assignment to a state", "RGEN107", "«h = W * x;» return h;", "a local has one value"),
        Body("a deconstruction into locals that are there", "RGEN107", "Vec a = h; Vec b = h; «(a, b) = (b, a);» return a;", "a local has one value"),
        Body("an assignment to a field", "RGEN107", "«Other.K = 2;» return h;", "what a step keeps is a state"),
        Body("an increment", "RGEN107", "int n = 2; «n++;» return n * h;", "a local has one value"),
        Body("a whole division", "RGEN108", "return «1 / 2» * h;", "'1 / 2' divides whole numbers and is 0; write '1 / 2.0'", parameters: ""),
        Body("a whole division in a constant", "RGEN108", "const double third = «4 / 3»; return third * h;", "and is 1; write '4 / 3.0'", parameters: ""),
        Body("a division by a state", "RGEN109", "return W * x + «x[0] / h»;", "divides by 0 while the states are 0"),
        Body("a logarithm of a state", "RGEN109", "return W * x + «Log(h * Sum(x))»;", "is the logarithm of 0"),
        Body("the norm of a state", "RGEN109", "return W * x + «Norm(h)»;", "is the root of 0, which has no derivative, while"),
        Body("the root of a state", "RGEN109", "return W * x + «Rsqrt(h)»;", "is the root of 0"),
        Body("a parameter never used", "RGEN110", "return h;", "No result of 'Step' depends on the parameter 'W'", parameters: "Mat «W»"),
        Body("a parameter that a local alone uses", "RGEN110", "Vec unused = W * x; return h;", "the parameter 'W'", parameters: "Mat «W»"),
        Body("a setting never used", "RGEN110", "return h;", "the setting 'on'", parameters: "bool «on» = false"),
        new("a state that is not returned", "RGEN111", "[Cell] struct Odd { public static (Vec y, Vec c) Step(Vec x, Vec «h», Vec c) => (h, c); }", "'h' stands in front of the state 'c'"),
        new("a learned parameter", "RGEN111", "[Cell] struct Odd { public static Vec Step(Vec x, Vec h, [Learned] Vec «b») => h + b; }", "'b' is marked [Learned]"),
        Body("a method of Math", "RGEN112", "return «System.Math.Exp(k)» * h;", "write Exp of Recurrent.Equations", parameters: "double k"),
        Body("another method of Math", "RGEN112", "return «System.Math.Pow(k, 2)» * h;", "write powers as products", parameters: "double k"),
        Body("a method of Math without a word", "RGEN112", "return «System.Math.Sin(k)» * h;", "has no such function", parameters: "double k"),
        new("no step", "RGEN101", "[Cell] struct «Odd»;", "it has no method 'Step'"),
        new("two steps", "RGEN101", "[Cell] struct «Odd» { public static Vec Step(Vec x) => x; public static Vec Step(Vec x, Vec h) => h; }", "several methods"),
        new("generic cell", "RGEN101", "[Cell] struct «Odd»<T> { public static Vec Step(Vec x, Vec h) => h; }", "generic"),
        new("step not static", "RGEN101", "[Cell] struct Odd { public Vec «Step»(Vec x, Vec h) => h; }", "not static"),
        new("step gives a number", "RGEN101", "[Cell] struct Odd { public static double «Step»(Vec x, Vec h) => 1; }", "the output, is a double; it must be a Vec"),
        new("step gives text", "RGEN101", "[Cell] struct Odd { public static string «Step»(Vec x, Vec h) => \"\"; }", "'Step' gives string"),
        new("step without input", "RGEN101", "[Cell] struct Odd { public static Vec «Step»() => null!; }", "the input, must be a Vec"),
        new("step with text", "RGEN101", "[Cell] struct Odd { public static Vec Step(Vec x, Vec h, string «k») => h; }", "'k' is of type string"),
        new("a setting that is a vector", "RGEN101", "[Cell] struct Odd { public static Vec Step(Vec x, Vec h, [Setting] Vec «k») => h; }", "marked [Setting] and no number"),
        new("a result of no parameter's name", "RGEN101", "[Cell] struct Odd { public static (Vec h, Vec q) «Step»(Vec x, Vec h, Vec c) => (h, c); }", "no parameter has the name of the result 'q'"),
        new("a result without a name", "RGEN101", "[Cell] struct Odd { public static (Vec h, Vec) «Step»(Vec x, Vec h, Vec c) => (h, c); }", "result 2 has no name"),
        new("a result of another type", "RGEN101", "[Cell] struct Odd { public static (Vec h, Vec c) Step(Vec x, Vec h, double «c») => (h, h); }", "the state 'c' is a Double, and the result of its name a Vec"),
        new("step with too few states", "RGEN101", "[Cell] struct Odd { public static (Vec, Vec) «Step»(Vec x, Vec h, Mat W) => (h, h); }", "gives 2 results"),
        Tensor("tensor without parts", "«Tensor(\"w\")»", "names no parameter"),
        Tensor("tensor of a stranger", "«Tensor(\"w\", \"V\")»", "'V' is no Vec, Mat or double parameter"),
        Tensor("tensor of a part twice", "«Tensor(\"w\", \"W\", \"W\")»", "'W' already belongs"),
        new("tensor of unlike parts", "RGEN102", "[Cell] struct Odd { [Tensor(\"w\", \"W\", \"b\")] public static Vec «Step»(Vec x, Vec h, Mat W, Vec b) => W * x + b + h; }", "stacked row after row"),
        new("tensor name twice", "RGEN102", "[Cell] struct Odd { [Tensor(\"b\", \"W\")] public static Vec «Step»(Vec x, Vec h, Mat W, Vec b) => W * x + b + h; }", "another tensor of the cell has this name"),
        new("tensor of parts one of which is frozen", "RGEN102", "[Cell] struct Odd { [Tensor(\"w\", \"W\", \"U\")] public static Vec «Step»(Vec x, Vec h, Mat W, [Init(Initializer.Zeros, Frozen = true)] Mat U) => W * h + U * h; }", "its part 'U' is frozen, and 'W' is not"),
        new("tensor whose depth is no expression", "RGEN102", "[Cell] struct Odd { [Tensor(\"w\", \"W\", Depth = «\"2 *\"»)] public static Vec Step(Vec x, Vec h, Mat W) => W * x + h; }", "its Depth '2 *' is no dimension"),
        new("tensor whose depth divides no columns", "RGEN102", "[Cell] struct Odd { [Tensor(\"w\", \"b\", Depth = \"2\")] public static Vec «Step»(Vec x, Vec h, Vec b) => h + b; }", "divides the columns of a matrix"),
        Body("input added to a state", "RGEN200", "return «h + x»;", "the length of 'h' is hidden by its declaration, and 'h + x' makes it input"),
        Body("a matrix used twice", "RGEN200", "return W * h + «W * x»;", "the number of columns of 'W' is hidden by 'W * h', and 'W * x' makes it input"),
        Body("a result of the input's length", "RGEN200", "return «x»;", "the length of 'x' is input by its declaration, and the result 'x' makes it hidden"),
        Body("a dimension left open", "RGEN201", "return Sum(W * x) * h;", "Nothing in the equations settles the number of rows of 'W'", parameters: "Mat «W»"),
        new("shape of a vector with two dimensions", "RGEN202", "[Cell] struct Odd { public static Vec Step(Vec x, Vec h, [«Shape(1, 2)»] Vec b) => h + b; }", "a Vec has one dimension"),
        new("shape of 0", "RGEN202", "[Cell] struct Odd { public static Vec Step(Vec x, Vec h, [«Shape(0)»] Vec b) => h + b; }", "at least 1"),
        new("shape that is no expression", "RGEN202", "[Cell] struct Odd { public static Vec Step(Vec x, Vec h, [«Shape(\"2 *\")»] Vec b) => h + b; }", "'2 *' is no dimension"),
        new("shape of a number", "RGEN202", "[Cell] struct Odd { public static Vec Step(Vec x, Vec h, [«Shape(2)»] double b) => h + b; }", "a double has no dimensions"),
        new("matrix state without a shape", "RGEN202", "[Cell] struct Odd { public static (Vec y, Mat C) Step(Vec x, Mat «C») => (C * x, C); }", "a Mat that is a state says its rows and columns"),
        new("a range beyond its vector", "RGEN204", "[Cell] struct Odd { public static Vec Step(Vec x, [Shape(4)] Vec h) => Concat(h[..3], «h[4..5]»); }", "cannot be computed"),
        new("an initial value that a parameter is named like", "RGEN102", "[Cell] struct Odd { public static Vec Step(Vec x, [«Learned»] Vec h, Vec h0) => h + h0; }", "it is the initial value of the state 'h'"),
    ];

    private static DiagnosticCase Body(string name, string id, string body, string message, string parameters = "Mat W", string other = "v", string ping = "v") => new(
        name,
        id,
        $$"""
        static class Other
        {
            public static double K = 1;
            public static T G<T>(T v) => v;
            public static Vec H(ref Vec v) => v;
            public static Vec Loop(Vec v) => {{other}};
            public static Vec Ping(Vec v) => Pong(v);
            public static Vec Pong(Vec v) => {{ping}};
        }
        [Cell] struct Odd { public static Vec Step(Vec x, Vec h{{(parameters.Length > 0 ? ", " : "")}}{{parameters}}) { {{body}} } }
        """,
        message);

    private static DiagnosticCase Tensor(string name, string tensor, string message) => new(
        name,
        "RGEN102",
        $$"""[Cell] struct Odd { [{{tensor}}] public static Vec Step(Vec x, Vec h, Mat W) => W * x + h; }""",
        message);
}
