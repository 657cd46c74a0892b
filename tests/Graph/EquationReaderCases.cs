using System.Collections.Generic;

namespace Recurrent.Tests.Graph;

/// <summary>A construct of the language of equations and the values that it is read as.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Step">The members of the cell.</param>
/// <param name="Body">The values, printed, without their shapes.</param>
public sealed record EquationReaderCase(string Name, string Step, string Body);

/// <summary>At least one row for each construct.</summary>
public static class EquationReaderCases
{
    public static IReadOnlyList<EquationReaderCase> All { get; } =
    [
        new(
            "an expression body",
            "public static Vec Step(Vec x, Vec h) => h;",
            "%0 = State 0 as h; Output 0 = %0; NextState 0 = %0"),
        new(
            "a scalar parameter and a reduction",
            "public static Vec Step(Vec x, Vec h, double a) => a * h / (1 + Sum(h * h));",
            "%0 = Parameter 0 as a; %1 = State 0 as h; %2 = Multiply %0 %1; %3 = Constant 1; %4 = Multiply %1 %1; %5 = Sum %4; %6 = Add %3 %5; %7 = Divide %2 %6; Output 0 = %7; NextState 0 = %7"),
        new(
            "a scalar state",
            "public static (Vec h, double n) Step(Vec x, Vec h, double n) => (h * n, n + 1);",
            "%0 = State 0 as h; %1 = State 1 as n; %2 = Multiply %0 %1; %3 = Constant 1; %4 = Add %1 %3; Output 0 = %2; NextState 0 = %2; NextState 1 = %4"),
        new(
            "an output that is no state",
            "public static (Vec y, Vec h) Step(Vec x, Vec h) => (2 * h, -h);",
            "%0 = Constant 2; %1 = State 0 as h; %2 = Multiply %0 %1; %3 = Negate %1; Output 0 = %2; NextState 0 = %3"),
        new(
            "a matrix state",
            "public static (Vec y, Mat C) Step(Vec x, [Shape(\"input\", \"input\")] Mat C) { Mat next = 0.5 * C + Outer(x, x); return (Transpose(next) * x, next); }",
            "%0 = Constant 0.5; %1 = State 0 as C; %2 = Multiply %0 %1; %3 = Input as x; %4 = Outer %3 %3; %5 = Add %2 %4 as next; %6 = Transpose %5; %7 = Product %6 %3; Output 0 = %7; NextState 0 = %5"),
        new(
            "states by order",
            "public static (Vec, Vec) Step(Vec x, Vec h, Vec c) => (c, h);",
            "%0 = State 1 as c; %1 = State 0 as h; Output 0 = %0; NextState 0 = %0; NextState 1 = %1"),
        new(
            "a stateless cell by its initializer",
            "public static Vec Step(Vec x, [Init(Initializer.Ones)] Vec weight) => x * weight;",
            "%0 = Input as x; %1 = Parameter 0 as weight; %2 = Multiply %0 %1; Output 0 = %2"),
        new(
            "numbers that are computed",
            "const double Half = 0.5; public static Vec Step(Vec x, Vec h) { const double two = 2; double k = -(Half + two) * 4 / +2; return k * h; }",
            "%0 = Constant -5; %1 = State 0 as h; %2 = Multiply %0 %1; Output 0 = %2; NextState 0 = %2"),
        new(
            "a setting in a number",
            "public static Vec Step(Vec x, Vec h, int n = 3, [Setting] double k = 0.5) => (k / n) * h;",
            "%0 = Setting 1; %1 = Setting 0; %2 = Divide %0 %1; %3 = State 0 as h; %4 = Multiply %2 %3; Output 0 = %4; NextState 0 = %4"),
        new(
            "a choice by a flag",
            "public static Vec Step(Vec x, Vec h, Vec b, bool biased = true) => biased ? h + b : h;",
            "%0 = Setting 0; %1 = State 0 as h; %2 = Parameter 0 as b; %3 = Add %1 %2; %4 = When %0 %3; %5 = Otherwise %4 %1; Output 0 = %5; NextState 0 = %5"),
        new(
            "a choice by conditions",
            "public static Vec Step(Vec x, Vec h, int n = 3, bool on = false, Activation f = Activation.Tanh) => n > 2 && !on || f == Activation.Relu ? h : -h;",
            "%0 = Setting 0; %1 = Constant 2; %2 = Less %1 %0; %3 = Setting 1; %4 = Constant 1; %5 = Subtract %4 %3; %6 = Multiply %2 %5; %7 = Setting 2; %8 = Less %7 %4; %9 = Subtract %4 %8; %10 = Less %4 %7; %11 = Subtract %4 %10; %12 = Multiply %9 %11; %13 = Max %6 %12; %14 = State 0 as h; %15 = Negate %14; %16 = When %13 %14; %17 = Otherwise %16 %15; Output 0 = %17; NextState 0 = %17"),
        new(
            "comparisons",
            "public static Vec Step(Vec x, Vec h, int n = 3) => (n >= 1 ? h : -h) * (n <= 2 ? 1 : 2) * (n != 4 ? 3 : 4) * (n == 5 ? 6 : 7);",
            "%0 = Setting 0; %1 = Constant 1; %2 = Less %0 %1; %3 = Subtract %1 %2; %4 = State 0 as h; %5 = Negate %4; %6 = When %3 %4; %7 = Otherwise %6 %5; %8 = Constant 2; %9 = Less %8 %0; %10 = Subtract %1 %9; %11 = When %10 %1; %12 = Otherwise %11 %8; %13 = Multiply %7 %12; %14 = Constant 4; %15 = Less %0 %14; %16 = Less %14 %0; %17 = Add %15 %16; %18 = Constant 3; %19 = When %17 %18; %20 = Otherwise %19 %14; %21 = Multiply %13 %20; %22 = Constant 5; %23 = Less %0 %22; %24 = Subtract %1 %23; %25 = Less %22 %0; %26 = Subtract %1 %25; %27 = Multiply %24 %26; %28 = Constant 6; %29 = Constant 7; %30 = When %27 %28; %31 = Otherwise %30 %29; %32 = Multiply %21 %31; Output 0 = %32; NextState 0 = %32"),
        new(
            "a choice that is settled",
            "const bool On = true; public static Vec Step(Vec x, Vec h) => On ? h : -h;",
            "%0 = State 0 as h; Output 0 = %0; NextState 0 = %0"),
        new(
            "a choice of tuples",
            "public static (Vec, Vec) Step(Vec x, Vec h, Vec c, bool swap = false) => swap ? (c, h) : (h, c);",
            "%0 = Setting 0; %1 = State 1 as c; %2 = State 0 as h; %3 = When %0 %1; %4 = Otherwise %3 %2; %5 = When %0 %2; %6 = Otherwise %5 %1; Output 0 = %4; NextState 0 = %4; NextState 1 = %6"),
        new(
            "ranges",
            "public static Vec Step(Vec x, Vec h, int n = 1) => Concat(h[..n], h[n..^1], h[^1..]);",
            "%0 = State 0 as h; %1 = Setting 0; %2 = Take %0 %1; %3 = Constant 1; %4 = Length %0; %5 = Subtract %4 %3; %6 = Take %0 %5; %7 = Drop %6 %1; %8 = Drop %0 %5; %9 = Concat %2 %7; %10 = Concat %9 %8; Output 0 = %10; NextState 0 = %10"),
        new(
            "a range from 0",
            "public static Vec Step(Vec x, Vec h) => h[0..];",
            "%0 = State 0 as h; Output 0 = %0; NextState 0 = %0"),
        new(
            "an element",
            "public static Vec Step(Vec x, Vec h) => h[2] * h[^1] * h;",
            "%0 = State 0 as h; %1 = Constant 2; %2 = Drop %0 %1; %3 = Constant 1; %4 = Take %2 %3; %5 = Sum %4; %6 = Length %0; %7 = Subtract %6 %3; %8 = Drop %0 %7; %9 = Take %8 %3; %10 = Sum %9; %11 = Multiply %5 %10; %12 = Multiply %11 %0; Output 0 = %12; NextState 0 = %12"),
        new(
            "the half of a vector",
            "public static Vec Step(Vec x, Vec h) { int half = h.Length / 2; return Concat(h[half..], h[..half]); }",
            "%0 = State 0 as h; %1 = Length %0; %2 = Constant 2; %3 = Quotient %1 %2; %4 = Drop %0 %3; %5 = Take %0 %3; %6 = Concat %4 %5; Output 0 = %6; NextState 0 = %6"),
        new(
            "the length of a vector",
            "public static Vec Step(Vec x, Vec h) => h / h.Length;",
            "%0 = State 0 as h; %1 = Length %0; %2 = Divide %0 %1; Output 0 = %2; NextState 0 = %2"),
        new(
            "a tuple taken apart",
            "public static Vec Step(Vec x, Vec h) { (Vec a, Vec b) = (h + 1, h - 1); var (c, _) = (a * b, a); return c; }",
            "%0 = State 0 as h; %1 = Constant 1; %2 = Add %0 %1 as a; %3 = Subtract %0 %1 as b; %4 = Multiply %2 %3 as c; Output 0 = %4; NextState 0 = %4"),
        new(
            "a tuple kept",
            "public static Vec Step(Vec x, Vec h) { var pair = (up: h + 1, down: h - 1); return pair.up * pair.Item2; }",
            "%0 = State 0 as h; %1 = Constant 1; %2 = Add %0 %1; %3 = Subtract %0 %1; %4 = Multiply %2 %3; Output 0 = %4; NextState 0 = %4"),
        new(
            "a call",
            "static Vec Gate(Vec v, double k = 2, bool flip = false) => Sigmoid(k * (flip ? -v : v)); public static Vec Step(Vec x, Vec h) => Gate(flip: true, v: h);",
            "%0 = State 0 as h; %1 = Constant 2; %2 = Negate %0; %3 = Multiply %1 %2; %4 = Sigmoid %3; Output 0 = %4; NextState 0 = %4"),
        new(
            "a call that gives several",
            "static (Vec, Vec) Both(Vec v) { Vec up = v + 1; return (up, v - 1); } public static Vec Step(Vec x, Vec h) { (Vec a, Vec b) = Both(h); return a * b; }",
            "%0 = State 0 as h; %1 = Constant 1; %2 = Add %0 %1 as a; %3 = Subtract %0 %1 as b; %4 = Multiply %2 %3; Output 0 = %4; NextState 0 = %4"),
        new(
            "calls whose locals have one name",
            "static Vec Twice(Vec v) { Vec inner = v + v; return inner; } public static Vec Step(Vec x, Vec h) => Twice(Twice(h));",
            "%0 = State 0 as h; %1 = Add %0 %0; %2 = Add %1 %1; Output 0 = %2; NextState 0 = %2"),
        new(
            "a call whose local has a name of its own",
            "static Vec Twice(Vec v) { Vec inner = v + v; return -inner; } public static Vec Step(Vec x, Vec h) => Twice(h);",
            "%0 = State 0 as h; %1 = Add %0 %0 as inner; %2 = Negate %1; Output 0 = %2; NextState 0 = %2"),
        new(
            "a local function",
            "public static Vec Step(Vec x, Vec h) { Vec twice = h + h; return Less(1); Vec Less(double k) => twice - k; }",
            "%0 = State 0 as h; %1 = Add %0 %0 as twice; %2 = Constant 1; %3 = Subtract %1 %2; Output 0 = %3; NextState 0 = %3"),
        new(
            "an extension method",
            "public static Vec Step(Vec x, Vec h) => h.Halved();",
            "%0 = State 0 as h; %1 = Constant 0.5; %2 = Multiply %1 %0; Output 0 = %2; NextState 0 = %2"),
        new(
            "an activation that is known",
            "public static Vec Step(Vec x, Vec h) => Activate(Activation.LeakyRelu, h);",
            "%0 = State 0 as h; %1 = Constant 0.01; %2 = Relu %0; %3 = Constant 0; %4 = Min %3 %0; %5 = Multiply %1 %4; %6 = Add %2 %5; Output 0 = %6; NextState 0 = %6"),
        new(
            "a block",
            "public static Vec Step(Vec x, Vec h) { ; { Vec a = h + 1; return a; } }",
            "%0 = State 0 as h; %1 = Constant 1; %2 = Add %0 %1 as a; Output 0 = %2; NextState 0 = %2"),
        new(
            "matrices",
            "public static Vec Step(Vec x, Vec h, Mat A, Mat B) => (A + Multiply(A, -B) / 2 - B) * h + Transpose(A) * h;",
            "%0 = Parameter 0 as A; %1 = Parameter 1 as B; %2 = Negate %1; %3 = Multiply %0 %2; %4 = Constant 2; %5 = Divide %3 %4; %6 = Add %0 %5; %7 = Subtract %6 %1; %8 = State 0 as h; %9 = Product %7 %8; %10 = Transpose %0; %11 = Product %10 %8; %12 = Add %9 %11; Output 0 = %12; NextState 0 = %12"),
    ];
}
