using System.Collections.Generic;
using System.Linq;
using Recurrent.Gen.Graph;
using Recurrent.Gen.Transform;

namespace Recurrent.Tests.Graph;

/// <summary>A value of a graph that is being built; its operators are those of the language of equations.</summary>
internal readonly record struct Value(GraphBuilder Builder, int Position)
{
    public static Value operator +(Value a, Value b) => new(a.Builder, a.Builder.Add(a.Position, b.Position));

    public static Value operator +(Value a, double b) => a + a.Number(b);

    public static Value operator -(Value a, Value b) => new(a.Builder, a.Builder.Subtract(a.Position, b.Position));

    public static Value operator -(double a, Value b) => b.Number(a) - b;

    public static Value operator -(Value a, double b) => a - a.Number(b);

    public static Value operator -(Value a) => new(a.Builder, a.Builder.Negate(a.Position));

    public static Value operator *(double a, Value b) => b.Number(a) * b;

    public static Value operator *(Value a, Value b) => new(a.Builder, a.Builder.ShapeOf(a.Position).Rank == 2
        ? a.Builder.Product(a.Position, b.Position)
        : a.Builder.Multiply(a.Position, b.Position));

    public static Value operator /(Value a, Value b) => a.Op(OpKind.Divide, b);

    public static Value Sigmoid(Value a) => new(a.Builder, a.Builder.Sigmoid(a.Position));

    public static Value Tanh(Value a) => new(a.Builder, a.Builder.Tanh(a.Position));

    public static Value Relu(Value a) => new(a.Builder, a.Builder.Relu(a.Position));

    public static Value Row(Value a, Value b) => new(a.Builder, a.Builder.Row(a.Position, b.Position));

    /// <summary>An operation of one operand whose shape follows from it.</summary>
    public Value Op(OpKind kind) => new(Builder, Builder.Append(new Op(kind, Position, default)));

    /// <summary>An operation of two operands whose shape follows from them.</summary>
    public Value Op(OpKind kind, Value b) => new(Builder, Builder.Append(new Op(kind, Position, b.Position, default)));

    public Value Spread(Shape shape) => new(Builder, Builder.Spread(Position, shape));

    public Value Swap(int rows, int columns) => new(Builder, Builder.Swap(Position, rows, columns, Builder.ShapeOf(Position)));

    public Value Slice(int first, int length) => new(Builder, Builder.Slice(Position, first, Shape.Vector(length)));

    public Value Pad(int first, int length) => new(Builder, Builder.Pad(Position, first, Shape.Vector(length)));

    public Value SpreadRows(int columns) => new(Builder, Builder.SpreadRows(Position, Shape.Matrix(Builder.ShapeOf(Position).Rows, new Dim(columns))));

    public Value SpreadColumns(int rows) => new(Builder, Builder.SpreadColumns(Position, Shape.Matrix(new Dim(rows), Builder.ShapeOf(Position).Rows)));

    public Value Named(string name)
    {
        Builder.Name(Position, name);
        return this;
    }

    private Value Number(double number) => new(Builder, Builder.Number(number));
}

/// <summary>The forward graph of a cell that is being written.</summary>
internal sealed class CellSketch
{
    public GraphBuilder Builder { get; } = new();

    public List<Shape> Parameters { get; } = [];

    public List<Shape> States { get; } = [];

    public Shape InputShape { get; private set; }

    public OpGraph Graph => Builder.Build();

    public Value Input(int length, string name = "x") => new Value(Builder, Builder.Input(InputShape = Shape.Vector(length))).Named(name);

    public Value State(string name, int length) => State(name, Shape.Vector(length));

    public Value MatrixState(string name, int rows, int columns) => State(name, Shape.Matrix(rows, columns));

    public Value ScalarState(string name) => State(name, Shape.Scalar);
    public Value Matrix(string name, int rows, int columns) => Parameter(name, Shape.Matrix(rows, columns));

    public Value Vector(string name, int length) => Parameter(name, Shape.Vector(length));

    public Value Scalar(string name) => Parameter(name, Shape.Scalar);

    public CellSketch Gives(Value output, params Value[] states)
    {
        Builder.Output(OutputKind.Output, 0, output.Position);
        foreach ((int index, Value state) in states.Index())
        {
            Builder.Output(OutputKind.NextState, index, state.Position);
        }

        return this;
    }

    private Value State(string name, Shape shape)
    {
        States.Add(shape);
        return new Value(Builder, Builder.State(States.Count - 1, shape)).Named(name);
    }

    private Value Parameter(string name, Shape shape)
    {
        Parameters.Add(shape);
        return new Value(Builder, Builder.Parameter(Parameters.Count - 1, shape)).Named(name);
    }
}
