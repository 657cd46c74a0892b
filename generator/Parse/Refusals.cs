using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Recurrent.Gen.Diagnostics;

namespace Recurrent.Gen.Parse;

/// <summary>Why an operation is none of the language of equations, and the nearest thing that is.</summary>
public static class Refusals
{
    private const string Branch = "a step computes the same equations every time; write 'condition ? a : b', the condition being made of settings and constants";

    /// <summary>The diagnostic, and the clause that says what to write.</summary>
    public static (DiagnosticDescriptor Descriptor, string Advice) Of(IOperation operation) => operation switch
    {
        ILoopOperation => (Descriptors.ControlFlow, "a step has no loop; write its passes one behind the other, or as calls of a static method"),
        IConditionalOperation or ISwitchOperation or ISwitchExpressionOperation or ICoalesceOperation => (Descriptors.ControlFlow, Branch),
        ILabeledOperation or IBranchOperation or ITryOperation or IThrowOperation => (Descriptors.ControlFlow, "a step runs straight through, from its first equation to its result"),
        IAssignmentOperation or IIncrementOrDecrementOperation => (Descriptors.Mutation, Assigned(operation)),
        IAnonymousFunctionOperation or IDelegateCreationOperation or IMethodReferenceOperation or IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } =>
            (Descriptors.UnsupportedEquation, "write a static method instead of a delegate; its call is compiled in place"),
        IInvocationOperation call => (Descriptors.UnsupportedEquation, Called(call.TargetMethod)),
        IObjectCreationOperation or IArrayCreationOperation or ICollectionExpressionOperation =>
            (Descriptors.UnsupportedEquation, "write a double, which stands for every element, or a parameter of 'Step' marked [Init]"),
        IVariableDeclaratorOperation => (Descriptors.UnsupportedEquation, "give the local its value where it is declared"),
        IFieldReferenceOperation => (Descriptors.UnsupportedEquation, "write a const field, a setting or a parameter of 'Step'"),
        IPropertyReferenceOperation => (Descriptors.UnsupportedEquation, "of a Vec, an equation may read 'Length', an element and a range such as 'v[..4]'; other numbers are const fields and settings"),
        IConversionOperation => (Descriptors.UnsupportedEquation, "equations compute with Vec, Mat and double, and convert nothing but an int to a double"),
        IBinaryOperation => (Descriptors.UnsupportedEquation, "the operators are + - * / of Vecs and doubles and of a Mat and a double, + and - of Mats, and Mat * Vec; Multiply(Mat, Mat) is element by element"),
        IUnaryOperation => (Descriptors.UnsupportedEquation, "the operators of one operand are - and +, and ! in a condition"),
        _ => (Descriptors.UnsupportedEquation, "an equation is made of locals, numbers, operators and the methods of Recurrent.Equations"),
    };

    private static string Assigned(IOperation operation)
    {
        IOperation? target = operation switch
        {
            IAssignmentOperation assignment => assignment.Target,
            IIncrementOrDecrementOperation change => change.Target,
            _ => null,
        };
        return target is IFieldReferenceOperation or IPropertyReferenceOperation
            ? "what a step keeps is a state: a parameter that comes back as a result"
            : "a local has one value; give the new one a local of its own";
    }

    private static string Called(IMethodSymbol method) =>
        RuntimeTypes.Is(method.ContainingType, "Equations") ? "this version of the generator does not have the word"
        : method.IsGenericMethod ? "a method that an equation calls is not generic"
        : !method.IsStatic ? "a method that an equation calls is static"
        : "a method that an equation calls is not async, nor takes anything by reference, nor as 'params'";
}
