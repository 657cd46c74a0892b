using System;
using System.Globalization;

namespace Recurrent.Training;

/// <summary>The check that a span has the length that another one gives.</summary>
internal static class Lengths
{
    /// <exception cref="ArgumentException">The length is another one.</exception>
    public static void Check(int given, int wanted, string parameterName)
    {
        if (given != wanted)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The length is {given}; wanted {wanted}."),
                parameterName);
        }
    }
}
