using System;

namespace Edge;

/// <summary>
/// A pole that stands on a cart: Barto, Sutton and Anderson, Neuronlike Adaptive Elements That Can Solve Difficult Learning Control Problems,
/// 1983. Metres and radians, and both a second; the pole stands upright at angle 0.
/// </summary>
public readonly record struct CartPoleState(double Position, double Velocity, double Angle, double AngularVelocity)
{
    /// <summary>Seconds of a time step.</summary>
    public const double TimeStep = 0.02;

    /// <summary>Metres from the middle to either end of the track.</summary>
    public const double GreatestPosition = 2.4;

    /// <summary>Radians from upright from which the pole falls: 12 degrees.</summary>
    public const double GreatestAngle = 12 * Math.PI / 180;

    private const double Gravity = 9.8;         // metres a second, a second
    private const double CartMass = 1;          // kilograms
    private const double PoleMass = 0.1;
    private const double TotalMass = CartMass + PoleMass;
    private const double HalfPoleLength = 0.5;  // metres

    /// <summary>The pole has fallen, or the cart has left its track.</summary>
    public bool HasFallen => Math.Abs(Position) > GreatestPosition || Math.Abs(Angle) > GreatestAngle;

    /// <summary>The state a time step later, under a force in newtons on the cart.</summary>
    public CartPoleState Next(double force)
    {
        (double sin, double cos) = Math.SinCos(Angle);
        double push = (force + (PoleMass * HalfPoleLength * AngularVelocity * AngularVelocity * sin)) / TotalMass;
        double angularAcceleration = ((Gravity * sin) - (cos * push)) / (HalfPoleLength * ((4.0 / 3) - (PoleMass * cos * cos / TotalMass)));
        double acceleration = push - (PoleMass * HalfPoleLength * angularAcceleration * cos / TotalMass);
        double velocity = Velocity + (TimeStep * acceleration);
        double angularVelocity = AngularVelocity + (TimeStep * angularAcceleration);
        return new CartPoleState(Position + (TimeStep * velocity), velocity, Angle + (TimeStep * angularVelocity), angularVelocity);
    }
}
