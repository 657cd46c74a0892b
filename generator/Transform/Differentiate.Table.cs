using System;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Transform;

/// <summary>The table of derivatives.</summary>
public static partial class Differentiate
{
    /// <summary>Whether an operation is a constant to derivatives, whatever it reads.</summary>
    public static bool IsFlat(OpKind kind) => kind is OpKind.Detach or OpKind.Less or OpKind.Sign or OpKind.Positive;

    private sealed partial class ReverseSweep
    {
        private const double TwoOverRootPi = 1.1283791670955126;

        /// <summary>What flows from the gradient dy by the value y = op to the operands; a scalar that was spread gets the sum of it.</summary>
        private void Derive(Op op, int y, int dy)
        {
            switch (op.Kind)
            {
                case OpKind.Add:
                    Flow(op.A, dy);
                    Flow(op.B, dy);
                    break;
                case OpKind.Subtract:
                    Flow(op.A, dy);
                    Flow(op.B, _backward.Negate(dy));
                    break;
                case OpKind.Multiply:
                    Flow(op.A, _backward.Multiply(dy, Read(op.B)));
                    Flow(op.B, _backward.Multiply(dy, Read(op.A)));
                    break;
                case OpKind.Divide: // dy / b, -dy y / b
                    int quotient = _backward.Divide(dy, Read(op.B));
                    Flow(op.A, quotient);
                    Flow(op.B, _backward.Negate(_backward.Multiply(quotient, Read(y))));
                    break;
                case OpKind.Min:
                    Choose(op, dy, isA: _backward.Less(Read(op.A), Read(op.B)));
                    break;
                case OpKind.Max:
                    Choose(op, dy, isA: _backward.Less(Read(op.B), Read(op.A)));
                    break;
                case >= OpKind.Negate and <= OpKind.Detach:
                    DeriveUnary(op, y, dy);
                    break;
                case OpKind.Spread: // the sum
                    Flow(op.A, dy);
                    break;
                case OpKind.Sum:
                    Flow(op.A, _backward.Spread(dy, ShapeOf(op.A)));
                    break;
                case OpKind.Greatest: // dy / n where a is y, n times
                    int isGreatest = OneMinus(_backward.Less(Read(op.A), Read(y)));
                    Flow(op.A, _backward.Multiply(_backward.Divide(dy, _backward.Sum(isGreatest)), isGreatest));
                    break;
                case OpKind.Slice:
                    Flow(op.A, _backward.Pad(dy, (int)op.Constant, ShapeOf(op.A)));
                    break;
                case OpKind.Pad:
                    Flow(op.A, _backward.Slice(dy, (int)op.Constant, ShapeOf(op.A)));
                    break;
                case OpKind.Concat:
                    Flow(op.A, _backward.Slice(dy, 0, ShapeOf(op.A)));
                    Flow(op.B, _backward.Slice(dy, ShapeOf(op.A).Length, ShapeOf(op.B)));
                    break;
                case OpKind.Swap:
                    Flow(op.A, _backward.Swap(dy, op.B, (int)op.Constant, ShapeOf(op.A)));
                    break;
                default:
                    DeriveMatrix(op, dy);
                    break;
            }
        }

        private void DeriveUnary(Op op, int y, int dy)
        {
            int flow = op.Kind switch
            {
                OpKind.Negate => _backward.Negate(dy),
                OpKind.Sigmoid => _backward.Multiply(dy, _backward.Multiply(Read(y), OneMinus(Read(y)))), // dy y (1 - y)
                OpKind.Tanh => _backward.Multiply(dy, OneMinus(_backward.Multiply(Read(y), Read(y)))), // dy (1 - y y)
                OpKind.Relu => _backward.Multiply(dy, _backward.Positive(Read(y))), // y is positive where its operand is
                OpKind.Exp => _backward.Multiply(dy, Read(y)),
                OpKind.Expm1 => _backward.Multiply(dy, _backward.Add(Read(y), _backward.Number(1))), // exp(a) = y + 1
                OpKind.Softplus => _backward.Multiply(dy, _backward.Sigmoid(Read(op.A))),
                OpKind.Log => _backward.Divide(dy, Read(op.A)),
                OpKind.Log1p => _backward.Divide(dy, _backward.Add(Read(op.A), _backward.Number(1))),
                OpKind.Sqrt => _backward.Divide(_backward.Multiply(_backward.Number(0.5), dy), Read(y)), // dy / (2 y)
                OpKind.Abs => _backward.Multiply(dy, _backward.Sign(Read(op.A))),
                OpKind.Erf => _backward.Multiply(
                    dy,
                    _backward.Multiply(_backward.Number(TwoOverRootPi), _backward.Exp(_backward.Negate(_backward.Multiply(Read(op.A), Read(op.A)))))),
                _ => throw NoDerivative(op.Kind),
            };
            Flow(op.A, flow);
        }

        private void DeriveMatrix(Op op, int dy)
        {
            switch (op.Kind)
            {
                case OpKind.SpreadRows:
                    Flow(op.A, _backward.RowSums(dy));
                    break;
                case OpKind.SpreadColumns:
                    Flow(op.A, _backward.ColumnSums(dy));
                    break;
                case OpKind.RowSums:
                    Flow(op.A, _backward.SpreadRows(dy, ShapeOf(op.A)));
                    break;
                case OpKind.ColumnSums:
                    Flow(op.A, _backward.SpreadColumns(dy, ShapeOf(op.A)));
                    break;
                case OpKind.Product:
                    Flow(op.A, _backward.Outer(dy, Read(op.B)));
                    Flow(op.B, _backward.TransposedProduct(Read(op.A), dy));
                    break;
                case OpKind.TransposedProduct:
                    Flow(op.A, _backward.Outer(Read(op.B), dy));
                    Flow(op.B, _backward.Product(Read(op.A), dy));
                    break;
                case OpKind.Outer:
                    Flow(op.A, _backward.Product(dy, Read(op.B)));
                    Flow(op.B, _backward.TransposedProduct(dy, Read(op.A)));
                    break;
                case OpKind.Row: // none by the index
                    Flow(op.A, _backward.RowGradient(dy, Read(op.B), ShapeOf(op.A)));
                    break;
                default:
                    throw NoDerivative(op.Kind);
            }
        }

        /// <summary>What a choice between two operands passes on: all of it to the one that was chosen.</summary>
        private void Choose(Op op, int dy, int isA)
        {
            Flow(op.A, _backward.Multiply(dy, isA));
            Flow(op.B, _backward.Multiply(dy, OneMinus(isA)));
        }

        private Shape ShapeOf(int value) => _forward.Ops[value].Shape;

        private int OneMinus(int value) => _backward.Subtract(_backward.Number(1), value);

        private static InvalidOperationException NoDerivative(OpKind kind) =>
            new($"{kind} has no derivative: it does not occur in a forward graph whose settings are bound.");
    }
}
