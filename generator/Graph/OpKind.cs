namespace Recurrent.Gen.Graph;

/// <summary>What an <see cref="Op"/> computes.</summary>
public enum OpKind
{
    /// <summary>The layer's input at this time step.</summary>
    Input,

    /// <summary>State number A, as it was before this time step.</summary>
    State,

    /// <summary>Parameter number A of the cell.</summary>
    Parameter,

    /// <summary>The number in <see cref="Op.Constant"/>; a scalar.</summary>
    Constant,

    /// <summary>In a backward graph: value number A of the forward graph; once the tape is laid out, plane number A of the tape.</summary>
    Forward,

    /// <summary>In a backward graph: the gradient by the output (A = 0) or by the next state A - 1.</summary>
    Cotangent,

    /// <summary>A + B, element by element; one side may be a scalar.</summary>
    Add,

    /// <summary>A - B, element by element; one side may be a scalar.</summary>
    Subtract,

    /// <summary>A B, element by element; one side may be a scalar.</summary>
    Multiply,

    /// <summary>-A</summary>
    Negate,

    /// <summary>1 / (1 + exp(-A))</summary>
    Sigmoid,

    /// <summary>tanh(A)</summary>
    Tanh,

    /// <summary>max(A, 0)</summary>
    Relu,

    /// <summary>1 where A is greater than 0, else 0: the derivative of <see cref="Relu"/>.</summary>
    Positive,

    /// <summary>The activation that setting B of the cell names, applied to A; gone once a layer has bound its cell.</summary>
    Activate,

    /// <summary>The product of matrix A and column vector B.</summary>
    Product,

    /// <summary>The product of the transpose of matrix A and column vector B.</summary>
    TransposedProduct,

    /// <summary>The matrix A B^T of two vectors.</summary>
    Outer,

    /// <summary>The row of matrix A whose position is the one element of B.</summary>
    Row,

    /// <summary>The matrix that is 0 but for vector A in the row whose position is the one element of B.</summary>
    RowGradient,
}
