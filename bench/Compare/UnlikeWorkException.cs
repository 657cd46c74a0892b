using System;

namespace Recurrent.Bench.Compare;

/// <summary>Two libraries do not give the same: to time them beside each other would say nothing.</summary>
public sealed class UnlikeWorkException(string message) : Exception(message);
