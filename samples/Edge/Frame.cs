using System;

namespace Edge;

/// <summary>What the sensors see at one time: a position in metres and an angle in radians.</summary>
public readonly record struct Frame(float Position, float Angle)
{
    /// <summary>Writes what a network reads: the shares of what the track and the pole allow.</summary>
    public void WriteTo(Span<float> input)
    {
        input[0] = Position / (float)CartPoleState.GreatestPosition;
        input[1] = Angle / (float)CartPoleState.GreatestAngle;
    }
}
