namespace Recurrent.Gen.Graph;

/// <summary>What an <see cref="Op"/> computes. The order matters: see <see cref="Op.IsLeaf"/>, <see cref="Op.IsUnary"/> and <see cref="Op.HasB"/>.</summary>
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

    /// <summary>The number that a layer gives to setting A of the cell; a constant once a layer has bound its cell.</summary>
    Setting,

    /// <summary>Value number A of those that read the input and no state, and were computed for many time steps at once.</summary>
    Hoisted,

    /// <summary>In a backward graph: value number A of the forward graph; once the tape is laid out, plane number A of the tape.</summary>
    Forward,

    /// <summary>Mask number A of a training pass: random numbers, the same in the forward and the backward pass, that are drawn before the pass and lie on the tape.
    /// No derivative flows to them. As many masks as there are states keep these, the next one drops outputs, and one more for each state drops what products read.</summary>
    Mask,

    /// <summary>In a backward graph: the gradient by the output (A = 0) or by the next state A - 1; with A one greater than there are states,
    /// the gradient by the input that a layer which reads the same input has left; in the derivative of a load graph, by derived parameter A.</summary>
    Cotangent,

    /// <summary>A + B, element by element; one side may be a scalar.</summary>
    Add,

    /// <summary>A - B, element by element; one side may be a scalar.</summary>
    Subtract,

    /// <summary>A B, element by element; one side may be a scalar.</summary>
    Multiply,

    /// <summary>A / B, element by element; one side may be a scalar.</summary>
    Divide,

    /// <summary>The lesser of A and B, element by element, NaN where one is; one side may be a scalar. Where they are equal, its derivative is that of B.</summary>
    Min,

    /// <summary>The greater of A and B, element by element, NaN where one is; one side may be a scalar. Where they are equal, its derivative is that of B.</summary>
    Max,

    /// <summary>1 where A is less than B, else 0, element by element; one side may be a scalar. Its derivative is 0.</summary>
    Less,

    /// <summary>-A</summary>
    Negate,

    /// <summary>1 / (1 + exp(-A))</summary>
    Sigmoid,

    /// <summary>tanh(A)</summary>
    Tanh,

    /// <summary>1 / (1 + 2^A): of -log2 e times its argument, the sigmoid. Stands for it in kernels.</summary>
    PowerSigmoid,

    /// <summary>max(A, 0)</summary>
    Relu,

    /// <summary>1 where A is greater than 0, else 0: the derivative of <see cref="Relu"/>.</summary>
    Positive,

    /// <summary>exp(A)</summary>
    Exp,

    /// <summary>exp(A) - 1, without cancellation</summary>
    Expm1,

    /// <summary>log(1 + exp(A)), without overflow</summary>
    Softplus,

    /// <summary>The natural logarithm of A: -infinity at 0, NaN below.</summary>
    Log,

    /// <summary>log(1 + A), without cancellation</summary>
    Log1p,

    /// <summary>The square root of A: NaN below 0.</summary>
    Sqrt,

    /// <summary>|A|; its derivative at 0 is 0.</summary>
    Abs,

    /// <summary>-1, 0 or 1, NaN for NaN; its derivative is 0.</summary>
    Sign,

    /// <summary>The error function, 2 / sqrt(pi) times the integral of exp(-t t) from 0 to A.</summary>
    Erf,

    /// <summary>A, as a constant to derivatives.</summary>
    Detach,

    /// <summary>The vector or matrix of this shape, every element of which is the scalar A.</summary>
    Spread,

    /// <summary>The sum of all elements of A; a scalar.</summary>
    Sum,

    /// <summary>The greatest element of A, NaN where one is; a scalar. Its derivative is shared evenly by all elements that equal it.</summary>
    Greatest,

    /// <summary>How many elements A has; a constant once a layer has bound its cell.</summary>
    Length,

    /// <summary>As many elements of vector A as this shape has, from position <see cref="Op.Constant"/> on.</summary>
    Slice,

    /// <summary>The vector of this shape that has vector A from position <see cref="Op.Constant"/> on, and 0 elsewhere.</summary>
    Pad,

    /// <summary>The elements of A in another order: one behind the other they are matrices of <see cref="Op.Constant"/> rows and as many columns as B says, a
    /// number and no value; here each is transposed.</summary>
    Swap,

    /// <summary>The transpose of matrix A.</summary>
    Transpose,

    /// <summary>The matrix of this shape with vector A for every column: element (i, j) is A[i].</summary>
    SpreadRows,

    /// <summary>The matrix of this shape with vector A for every row: element (i, j) is A[j].</summary>
    SpreadColumns,

    /// <summary>The sum of each row of matrix A: element i is the sum of A[i, j] over j.</summary>
    RowSums,

    /// <summary>The sum of each column of matrix A: element j is the sum of A[i, j] over i.</summary>
    ColumnSums,

    /// <summary>Vector A and behind it vector B.</summary>
    Concat,

    /// <summary>The first B elements of vector A, B being a number that is known once a layer has bound its cell; then a <see cref="Slice"/>.</summary>
    Take,

    /// <summary>Vector A without its first B elements, B being a number that is known once a layer has bound its cell; then a <see cref="Slice"/>.</summary>
    Drop,

    /// <summary>The whole number A / B without its remainder, both being whole numbers that are known once a layer has bound its cell; then a constant.</summary>
    Quotient,

    /// <summary>Vector A, known to be B frames of one length, B being a number that is known once a layer has bound its cell; the operand of a <see cref="Convolution"/>.</summary>
    Frames,

    /// <summary>The convolution of the <see cref="Frames"/> B with the filters that are the rows of matrix A; other operations once a layer has bound its cell.</summary>
    Convolution,

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

    /// <summary>B, if A is not 0; the operand of an <see cref="Otherwise"/>. A is a number that is known once a layer has bound its cell, and then this is gone.</summary>
    When,

    /// <summary>What the <see cref="When"/> A gives, if its condition holds, else B; gone once a layer has bound its cell.</summary>
    Otherwise,
}
