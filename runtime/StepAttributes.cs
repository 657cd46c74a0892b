using System;

namespace Recurrent;

/// <summary>On a state or a learned parameter of a cell's <c>Step</c>: its dimensions, where its use leaves them open.</summary>
/// <remarks>
/// A dimension is a number, or a string with an expression: whole numbers; the names <c>input</c> and <c>hidden</c> (the layer's size), those of the cell's
/// settings and of the arguments of the layer's attribute; <c>+ - * /</c> and parentheses; and <c>a or b</c>, which is a where that is greater than 0, else b,
/// and binds least. A state without this attribute has the dimension <c>hidden</c>; a <see cref="Mat"/> that is a state needs it.
/// </remarks>
/// <example><c>[Shape("heads", "hidden / heads")] Mat C</c>, <c>[Shape("rank or hidden")] Vec v</c>, <c>[Shape(4)] Vec window</c></example>
/// <param name="dimensions">One dimension for a <see cref="Vec"/>, rows and columns for a <see cref="Mat"/>: each an <see cref="int"/> or a <see cref="string"/>.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ShapeAttribute(params object[] dimensions) : Attribute
{
    /// <summary>Expressions (<see cref="string"/>) or sizes (<see cref="int"/>).</summary>
    public object[] Dimensions { get; } = dimensions;
}

/// <summary>
/// On a parameter of type <see cref="double"/> of a cell's <c>Step</c>: it is a setting, a constant that the layer's attribute chooses by an argument of its
/// name, in whatever case, and not a learned parameter. Without such an argument it is the parameter's default value.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class SettingAttribute : Attribute;

/// <summary>
/// On a state of a cell's <c>Step</c>: its value before the first time step is learned, a tensor of the weight file with the state's name and <c>0</c>, such as
/// <c>h0</c>. A state without it begins at 0.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class LearnedAttribute : Attribute;

/// <summary>
/// On a learned parameter of a cell's <c>Step</c>: the distribution that <c>Create(seed)</c> draws it from. It goes before that of the
/// <see cref="TensorAttribute"/> which the parameter is a part of.
/// </summary>
/// <param name="initializer">The distribution.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class InitAttribute(Initializer initializer) : Attribute
{
    /// <summary>The distribution.</summary>
    public Initializer Initializer { get; } = initializer;

    /// <summary>The dimension n of <see cref="Initializer.Uniform"/> and the Legendre memory, an expression as in <see cref="ShapeAttribute"/>: <c>hidden</c> by default.</summary>
    public string Fan { get; set; } = "hidden";

    /// <summary>
    /// The number of <see cref="Initializer.Constant"/>, the standard deviation of <see cref="Initializer.Normal"/>, and a factor to
    /// <see cref="Initializer.Glorot"/>, <see cref="Initializer.Orthogonal"/>, <see cref="Initializer.Identity"/> and <see cref="Initializer.Signs"/>, the upper bound of
    /// <see cref="Initializer.Interval"/>; 1 by default.
    /// </summary>
    public double Value { get; set; } = 1;

    /// <summary>The lower bound of <see cref="Initializer.Interval"/>; 0 by default.</summary>
    public double Low { get; set; }

    /// <summary>
    /// Whether training leaves the parameter as it is: it has no gradient, and <c>Backward</c> adds nothing to its place among the parameters' gradients. It is
    /// in weight files like any other. Parameters that share a tensor are all frozen, or none is.
    /// </summary>
    public bool Frozen { get; set; }
}
