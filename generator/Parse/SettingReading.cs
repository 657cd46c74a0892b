using System;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Recurrent.Gen.Graph;

namespace Recurrent.Gen.Parse;

/// <summary>Reads the values that a layer's attribute gives to settings.</summary>
public static class SettingReading
{
    /// <summary>The number that an argument is to a setting; null where it is none of the setting's kind.</summary>
    public static double? ValueOf(this CellSetting setting, TypedConstant argument) => (setting.Kind, argument.Single()) switch
    {
        (SettingKind.Flag, bool flag) => flag ? 1 : 0,
        (SettingKind.Whole, int whole) => whole,
        (SettingKind.Choice, { } member) when argument.MemberName() is not null && argument.Type?.Name == setting.Enumeration =>
            Convert.ToDouble(member, CultureInfo.InvariantCulture),
        (SettingKind.Number, double or float or int) => Convert.ToDouble(argument.Single(), CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>The type of arguments that settle it, as C# calls it.</summary>
    public static string TypeName(this CellSetting setting) => setting.Kind switch
    {
        SettingKind.Flag => "bool",
        SettingKind.Whole => "int",
        SettingKind.Choice => setting.Enumeration,
        _ => "double",
    };

    /// <summary>What an argument must be, as a clause.</summary>
    public static string Wanted(this CellSetting setting) => setting.Kind == SettingKind.Choice
        ? $"it must be a member of {setting.Enumeration}"
        : $"it must be a {setting.TypeName()}";
}
