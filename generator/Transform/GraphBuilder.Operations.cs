using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Transform;

/// <summary>The operations by name, and the rules that make one of them simpler.</summary>
public sealed partial class GraphBuilder
{
    public int Add(int a, int b) => Append(OpKind.Add, a, b);

    public int Subtract(int a, int b) => Append(OpKind.Subtract, a, b);

    public int Multiply(int a, int b) => Append(OpKind.Multiply, a, b);

    public int Divide(int a, int b) => Append(OpKind.Divide, a, b);

    public int Less(int a, int b) => Append(OpKind.Less, a, b);

    public int Negate(int a) => Append(OpKind.Negate, a);

    public int Sigmoid(int a) => Append(OpKind.Sigmoid, a);

    public int Tanh(int a) => Append(OpKind.Tanh, a);

    public int Relu(int a) => Append(OpKind.Relu, a);

    public int Positive(int a) => Append(OpKind.Positive, a);

    public int Exp(int a) => Append(OpKind.Exp, a);

    public int Sign(int a) => Append(OpKind.Sign, a);

    /// <summary>A scalar as a value of a shape.</summary>
    public int Spread(int scalar, Shape shape) => Append(new Op(OpKind.Spread, scalar, shape));

    public int Sum(int a) => Append(OpKind.Sum, a);

    /// <summary>Elements of a vector from a position on, as many as the shape has.</summary>
    public int Slice(int vector, int first, Shape shape) => Append(new Op(OpKind.Slice, vector, -1, shape, first));

    /// <summary>A vector from a position on in one of a shape that is 0 elsewhere.</summary>
    public int Pad(int vector, int first, Shape shape) => Append(new Op(OpKind.Pad, vector, -1, shape, first));

    /// <summary>The elements of a value as matrices one behind the other, each transposed.</summary>
    public int Swap(int value, int rows, int columns, Shape shape) => Append(new Op(OpKind.Swap, value, columns, shape, rows));

    /// <summary>The matrix of a shape whose columns are all one vector.</summary>
    public int SpreadRows(int vector, Shape matrix) => Append(new Op(OpKind.SpreadRows, vector, matrix));

    /// <summary>The matrix of a shape whose rows are all one vector.</summary>
    public int SpreadColumns(int vector, Shape matrix) => Append(new Op(OpKind.SpreadColumns, vector, matrix));

    public int RowSums(int matrix) => Append(OpKind.RowSums, matrix);

    public int ColumnSums(int matrix) => Append(OpKind.ColumnSums, matrix);

    public int Concat(int a, int b) => Append(OpKind.Concat, a, b);

    public int Product(int matrix, int vector) => Append(OpKind.Product, matrix, vector);

    public int TransposedProduct(int matrix, int vector) => Append(OpKind.TransposedProduct, matrix, vector);

    public int Outer(int a, int b) => Append(OpKind.Outer, a, b);

    public int Row(int matrix, int index) => Append(OpKind.Row, matrix, index);

    /// <summary>The matrix of a shape that is 0 but for one row.</summary>
    public int RowGradient(int row, int index, Shape matrix) => Append(new Op(OpKind.RowGradient, row, index, matrix));

    private int Append(OpKind kind, int a, int b = -1) => Append(new Op(kind, a, b, default));

    /// <summary>What an operation comes to by the rules; null where none applies.</summary>
    private int? Simplest(Op op)
    {
        Op a = _ops[op.A];
        switch (op.Kind)
        {
            case OpKind.Add when Algebra.IsNumber(this, op.B, 0):
            case OpKind.Subtract when Algebra.IsNumber(this, op.B, 0):
            case OpKind.Multiply or OpKind.Divide when Algebra.IsNumber(this, op.B, 1):
            case OpKind.Spread or OpKind.Slice or OpKind.Pad or OpKind.Sum or OpKind.Greatest when op.Shape == a.Shape:
                return op.A;
            case OpKind.Swap when op.Shape == a.Shape && (op.B == 1 || op.Constant == 1):
                return op.A;
            case OpKind.Add when Algebra.IsNumber(this, op.A, 0):
            case OpKind.Multiply when Algebra.IsNumber(this, op.A, 1):
                return op.B;
            case OpKind.Negate when a.Kind == OpKind.Negate:
                return a.A;
            case OpKind.Sum when a.Kind == OpKind.Negate:
                return Negate(Sum(a.A));
            case OpKind.Add when SumOfPads(op.A, op.B) is { } joined:
                return joined;
            case OpKind.Slice:
                return SliceOfPart(op, a);
            case OpKind.Pad when a.Kind == OpKind.Pad:
                return Append(op with { A = a.A, Constant = op.Constant + a.Constant });
            case OpKind.SpreadRows or OpKind.SpreadColumns when a.Kind == OpKind.Spread:
                return Spread(a.A, op.Shape);
            default:
                return op.IsElementwise ? SpreadLate(op, a, op.HasB ? _ops[op.B] : default) : null;
        }
    }

    /// <summary>An element-wise operation on what was spread.</summary>
    private int? SpreadLate(Op op, Op a, Op b)
    {
        bool isSpreadA = a.Kind == OpKind.Spread;
        bool isSpreadB = op.HasB && b.Kind == OpKind.Spread;
        if (!isSpreadA && !isSpreadB)
        {
            return null;
        }

        int result = Append(op with { A = isSpreadA ? a.A : op.A, B = isSpreadB ? b.A : op.B });
        return ShapeOf(result) == op.Shape ? result : Spread(result, op.Shape);
    }

    private int? SliceOfPart(Op op, Op a)
    {
        double end = op.Constant + op.Shape.Length;
        switch (a.Kind)
        {
            case OpKind.Slice:
                return Append(op with { A = a.A, Constant = op.Constant + a.Constant });
            case OpKind.Pad when op.Constant >= a.Constant && end <= a.Constant + ShapeOf(a.A).Length:
                return Append(op with { A = a.A, Constant = op.Constant - a.Constant });
            case OpKind.Concat when end <= ShapeOf(a.A).Length:
                return Append(op with { A = a.A });
            case OpKind.Concat when op.Constant >= ShapeOf(a.A).Length:
                return Append(op with { A = a.B, Constant = op.Constant - ShapeOf(a.A).Length });
            case OpKind.Spread:
                return Spread(a.A, op.Shape);
            default:
                return null;
        }
    }

    /// <summary>
    /// a + b, where b, and a or the last term of a, are padded vectors that lie side by side: what the gradients of slices add up to.
    /// </summary>
    private int? SumOfPads(int a, int b)
    {
        if (_ops[b].Kind != OpKind.Pad)
        {
            return _ops[a].Kind == OpKind.Pad && _ops[b].Kind == OpKind.Add && _ops[_ops[b].B].Kind == OpKind.Pad ? SumOfPads(b, a) : null;
        }

        return _ops[a].Kind switch
        {
            OpKind.Pad => Join(_ops[a], _ops[b]) ?? Join(_ops[b], _ops[a]),
            OpKind.Add when _ops[_ops[a].B].Kind == OpKind.Pad && SumOfPads(_ops[a].B, b) is { } joined => Add(_ops[a].A, joined),
            _ => null,
        };
    }

    private int? Join(Op before, Op behind) => before.Constant + ShapeOf(before.A).Length == behind.Constant
        ? Append(before with { A = Concat(before.A, behind.A) })
        : null;
}
