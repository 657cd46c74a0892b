using System;

namespace Edge;

/// <summary>The plant: a cart-pole in gusts of wind, whose sensors are noisy and see no velocities. A seed gives the same episode every time.</summary>
public sealed class CartPole
{
    /// <summary>Newtons, in either direction.</summary>
    public const double GreatestForce = 10;

    private const double GustDeviation = 3;        // newtons
    private const double PositionDeviation = 0.05;   // metres
    private const double AngleDeviation = 0.02;      // radians

    private readonly Random _random;

    public CartPole(int seed)
    {
        _random = new Random(seed);
        State = new CartPoleState(Uniform(0.5), Uniform(0.2), Uniform(0.05), Uniform(0.2));
    }

    /// <summary>How it is, which no sensor sees.</summary>
    public CartPoleState State { get; private set; }

    /// <summary>What the sensors see.</summary>
    public Frame Observe() => new((float)(State.Position + Noise(PositionDeviation)), (float)(State.Angle + Noise(AngleDeviation)));

    /// <summary>Lets a time step pass, under a force in newtons that is bound to the greatest one.</summary>
    public void Push(double force) => State = State.Next(Math.Clamp(force, -GreatestForce, GreatestForce) + Noise(GustDeviation));

    private double Uniform(double greatest) => greatest * ((2 * _random.NextDouble()) - 1);

    /// <summary>A number of mean 0 that is nearly normal: the sum of twelve numbers from [0, 1) has a variance of 1, and the same bits everywhere.</summary>
    private double Noise(double deviation)
    {
        double sum = -6;
        for (int i = 0; i < 12; i++)
        {
            sum += _random.NextDouble();
        }

        return deviation * sum;
    }
}
