using System;
using System.Linq;
using Recurrent.Gen.Graph;
using Shouldly;
using Xunit;

namespace Recurrent.Tests.Graph;

public class NumbersTests
{
    [Theory]
    [InlineData(OpKind.Add, 0.25, 2, 2.25)]
    [InlineData(OpKind.Divide, 1, -4, -0.25)]
    [InlineData(OpKind.PowerSigmoid, 1, 0, 1 / 3.0)]
    [InlineData(OpKind.Min, 0.25, 2, 0.25)]
    [InlineData(OpKind.Min, double.NaN, 2, double.NaN)]
    [InlineData(OpKind.Min, 2, double.NaN, double.NaN)]
    [InlineData(OpKind.Max, 0.25, 2, 2)]
    [InlineData(OpKind.Max, double.NaN, 2, double.NaN)]
    [InlineData(OpKind.Max, 2, double.NaN, double.NaN)]
    [InlineData(OpKind.Less, 1, 2, 1)]
    [InlineData(OpKind.Less, 2, 2, 0)]
    [InlineData(OpKind.Less, double.NaN, 2, 0)]
    [InlineData(OpKind.Exp, 1, 0, Math.E)]
    [InlineData(OpKind.Expm1, 1e-10, 0, 1.00000000005e-10)]
    [InlineData(OpKind.Expm1, 1, 0, Math.E - 1)]
    [InlineData(OpKind.Expm1, -800, 0, -1)]
    [InlineData(OpKind.Expm1, 800, 0, double.PositiveInfinity)]
    [InlineData(OpKind.Expm1, double.NegativeInfinity, 0, -1)]
    [InlineData(OpKind.Softplus, 0, 0, 0.69314718055994531)]
    [InlineData(OpKind.Softplus, -40, 0, 4.248354255291589e-18)]
    [InlineData(OpKind.Softplus, 1000, 0, 1000)]
    [InlineData(OpKind.Softplus, double.NegativeInfinity, 0, 0)]
    [InlineData(OpKind.Softplus, double.NaN, 0, double.NaN)]
    [InlineData(OpKind.Log, 0, 0, double.NegativeInfinity)]
    [InlineData(OpKind.Log, -1, 0, double.NaN)]
    [InlineData(OpKind.Log1p, 1e-10, 0, 9.9999999995e-11)]
    [InlineData(OpKind.Log1p, 1, 0, 0.69314718055994531)]
    [InlineData(OpKind.Log1p, -1, 0, double.NegativeInfinity)]
    [InlineData(OpKind.Log1p, double.PositiveInfinity, 0, double.PositiveInfinity)]
    [InlineData(OpKind.Sqrt, 2, 0, 1.4142135623730951)]
    [InlineData(OpKind.Abs, -3, 0, 3)]
    [InlineData(OpKind.Sign, -3, 0, -1)]
    [InlineData(OpKind.Sign, 0, 0, 0)]
    [InlineData(OpKind.Sign, double.NaN, 0, double.NaN)]
    [InlineData(OpKind.Erf, 0, 0, 0)]
    [InlineData(OpKind.Erf, 1e-10, 0, 1.1283791670955126e-10)]
    [InlineData(OpKind.Erf, 0.5, 0, 0.52049987781304653768)]
    [InlineData(OpKind.Erf, 1, 0, 0.84270079294971486934)]
    [InlineData(OpKind.Erf, -2, 0, -0.99532226501895273416)]
    [InlineData(OpKind.Erf, 2.5, 0, 0.99959304798255504106)]
    [InlineData(OpKind.Erf, 3, 0, 0.99997790950300141456)]
    [InlineData(OpKind.Erf, 100, 0, 1)]
    [InlineData(OpKind.Erf, double.NegativeInfinity, 0, -1)]
    [InlineData(OpKind.Erf, double.NaN, 0, double.NaN)]
    [InlineData(OpKind.Detach, -3, 0, -3)]
    [InlineData(OpKind.Sum, -3, 0, -3)]
    [InlineData(OpKind.Greatest, -3, 0, -3)]
    public void An_operation_on_numbers_is_a_number(OpKind kind, double a, double b, double expected)
    {
        double result = Numbers.Fold(kind, a, b)!.Value;

        if (expected == 0 || !double.IsFinite(expected))
        {
            result.ShouldBe(expected);
        }
        else
        {
            result.ShouldBe(expected, 1e-15 * Math.Abs(expected));
        }
    }

    [Fact]
    public void The_error_function_has_no_step_where_its_formula_changes()
    {
        double below = Numbers.Fold(OpKind.Erf, 2.5 - 1e-13)!.Value;

        Numbers.Fold(OpKind.Erf, 2.5)!.Value.ShouldBe(below, 1e-15);
    }

    [Fact]
    public void Every_element_wise_operation_folds_and_what_has_a_shape_does_not()
    {
        OpKind[] folding = [.. Enum.GetValues<OpKind>().Where(kind => Numbers.Fold(kind, 0.5, 0.25) is not null)];

        folding.ShouldBe(
            [.. Enum.GetValues<OpKind>().Where(kind => new Op(kind, 0, default).IsElementwise), OpKind.Sum, OpKind.Greatest],
            ignoreOrder: true);
    }
}
