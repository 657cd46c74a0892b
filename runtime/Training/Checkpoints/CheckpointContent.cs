using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Recurrent.Training;

/// <summary>What a checkpoint holds.</summary>
/// <param name="Text">Numbers and settings.</param>
/// <param name="Parameters">The network's parameters.</param>
/// <param name="Parts">What else there is.</param>
internal sealed record CheckpointContent(Dictionary<string, string> Text, float[] Parameters, Dictionary<string, byte[]> Parts)
{
    /// <summary>A setting, or a number as it is written.</summary>
    public string this[string name] => Text.TryGetValue(name, out string? text) ? text : throw Missing(name);

    /// <summary>A number.</summary>
    /// <exception cref="InvalidDataException">There is none of this name.</exception>
    public T Number<T>(string name)
        where T : IParsable<T> =>
        T.TryParse(this[name], CultureInfo.InvariantCulture, out T? number) ? number : throw Missing(name);

    /// <summary>A part of so many bytes.</summary>
    /// <exception cref="InvalidDataException">There is none of this name, or of another length.</exception>
    public byte[] Part(string name, int? length = null) =>
        Parts.TryGetValue(name, out byte[]? part) && (length is null || part.Length == length) ? part : throw Missing(name);

    private static InvalidDataException Missing(string name) => new($"the checkpoint's {QuotedText.Quote(name)} is missing, or is not what is wanted.");
}
