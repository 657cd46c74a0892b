using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Parse;

/// <summary>A value of equations that are being written, with which formulas are written as in a book.</summary>
public readonly record struct Term(EquationWriter Writer, int Position)
{
    public static Term operator +(Term left, Term right) => left.Writer.Apply(OpKind.Add, left, right);

    public static Term operator +(Term left, double right) => left + left.Writer.Number(right);

    public static Term operator +(double left, Term right) => right.Writer.Number(left) + right;

    public static Term operator -(Term left, Term right) => left.Writer.Apply(OpKind.Subtract, left, right);

    public static Term operator -(Term left, double right) => left - left.Writer.Number(right);

    public static Term operator -(double left, Term right) => right.Writer.Number(left) - right;

    public static Term operator *(Term left, Term right) => left.Writer.Apply(OpKind.Multiply, left, right);

    public static Term operator *(double left, Term right) => right.Writer.Number(left) * right;

    public static Term operator /(Term left, Term right) => left.Writer.Apply(OpKind.Divide, left, right);

    public static Term operator /(double left, Term right) => right.Writer.Number(left) / right;

    public static Term operator -(Term operand) => operand.Writer.Apply(OpKind.Negate, operand);

    public Term Of(OpKind kind) => Writer.Apply(kind, this);

    public Term With(OpKind kind, Term other) => Writer.Apply(kind, this, other);

    public Term Min(Term other) => With(OpKind.Min, other);

    public Term Max(Term other) => With(OpKind.Max, other);
}
