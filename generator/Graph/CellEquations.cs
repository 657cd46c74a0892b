using System;
using Recurrent.Gen.Model;

namespace Recurrent.Gen.Graph;

/// <summary>
/// A cell as its <c>Step</c> says it: equations whose shapes, settings and choices are open. It is what travels in the attribute
/// <c>CellGraph</c>; <see cref="CellBinding"/> makes a <see cref="CellGraph"/> of it for the sizes and settings of a layer.
/// </summary>
/// <param name="Name">The name of the cell's struct.</param>
/// <param name="Input">The name of the input.</param>
/// <param name="States">The states.</param>
/// <param name="Parameters">The parameters, also those that only some settings have a use for, and learned initial states.</param>
/// <param name="Settings">The constants that a layer's attribute settles.</param>
/// <param name="Tensors">Every parameter once, in the order of the weight file.</param>
/// <param name="Body">
/// The equations: one <see cref="OutputKind.Output"/> and one <see cref="OutputKind.NextState"/> for each state. The shapes of its values
/// are <see cref="Shape.Scalar"/> and of no meaning, but for <see cref="OpKind.Spread"/>, <see cref="OpKind.Slice"/>,
/// <see cref="OpKind.Pad"/>, <see cref="OpKind.SpreadRows"/> and <see cref="OpKind.SpreadColumns"/> where they are given.
/// </param>
public sealed record CellEquations(
    string Name,
    string Input,
    EquatableArray<CellState> States,
    EquatableArray<CellVariable> Parameters,
    EquatableArray<CellSetting> Settings,
    EquatableArray<CellTensor> Tensors,
    OpGraph Body);

/// <summary>A state of a cell.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rank">0 for a number, 1 for a vector, 2 for a matrix.</param>
/// <param name="Dimensions">Its declared dimensions, as <see cref="DimensionExpression">expressions</see>; empty where it has none, and then each is <c>hidden</c>.</param>
/// <param name="Initial">The number of the parameter that it starts from (one that no equation reads, of its rank and shape), or -1 where it starts from zeros.</param>
public readonly record struct CellState(string Name, int Rank, EquatableArray<string> Dimensions, int Initial = -1);

/// <summary>A parameter of a cell: weights.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rank">0 for a number, 1 for a vector, 2 for a matrix.</param>
/// <param name="Dimensions">Its declared dimensions, as <see cref="DimensionExpression">expressions</see>; empty where they follow from its use.</param>
/// <param name="Start">What it starts from.</param>
public readonly record struct CellVariable(string Name, int Rank, EquatableArray<string> Dimensions, CellStart Start);

/// <summary>The distribution that a parameter starts from, and whether it stays as it is.</summary>
/// <param name="Initializer">The name of a member of the runtime's enumeration <c>Initializer</c>.</param>
/// <param name="Fan">The dimension that a uniform distribution's bounds or a memory's length follow from, as an <see cref="DimensionExpression">expression</see>.</param>
/// <param name="Value">The number of an initializer that has one; else 1.</param>
/// <param name="Low">The lower bound of an initializer that has one; else 0.</param>
/// <param name="IsFrozen">Whether it has no gradient.</param>
public readonly record struct CellStart(string Initializer, string Fan, double Value = 1, double Low = 0, bool IsFrozen = false)
{
    /// <summary>What a parameter starts from whose declaration says nothing.</summary>
    public static readonly CellStart Usual = new("Uniform", "hidden");

    public bool Equals(CellStart other) =>
        Initializer == other.Initializer
        && Fan == other.Fan
        && BitConverter.DoubleToInt64Bits(Value) == BitConverter.DoubleToInt64Bits(other.Value)
        && BitConverter.DoubleToInt64Bits(Low) == BitConverter.DoubleToInt64Bits(other.Low)
        && IsFrozen == other.IsFrozen;

    public override int GetHashCode() => (Initializer, Fan, BitConverter.DoubleToInt64Bits(Value), BitConverter.DoubleToInt64Bits(Low), IsFrozen).GetHashCode();

    /// <summary>Whether a dimension has a meaning to an initializer.</summary>
    public static bool ReadsFan(string initializer) => initializer is "Uniform" or "LegendreState" or "LegendreInput";
}

/// <summary>What values a setting has.</summary>
public enum SettingKind
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>A whole number; it may be a name in the dimensions of the cell.</summary>
    Whole,

    /// <summary>0 or 1.</summary>
    Flag,

    /// <summary>The number of a member of an enumeration.</summary>
    Choice,
}

/// <summary>A constant that a layer's attribute settles, such as <c>activation</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What values it has.</param>
/// <param name="Default">Its value where the attribute says none; null where the attribute must.</param>
/// <param name="Enumeration">The name of the enumeration of a <see cref="SettingKind.Choice"/>, such as <c>Activation</c>; else "".</param>
public readonly record struct CellSetting(string Name, SettingKind Kind, double? Default, string Enumeration = "")
{
    public bool Equals(CellSetting other) =>
        Name == other.Name
        && Kind == other.Kind
        && Default.HasValue == other.Default.HasValue
        && BitConverter.DoubleToInt64Bits(Default ?? 0) == BitConverter.DoubleToInt64Bits(other.Default ?? 0)
        && Enumeration == other.Enumeration;

    public override int GetHashCode() => (Name, Kind, BitConverter.DoubleToInt64Bits(Default ?? 0), Enumeration).GetHashCode();
}
