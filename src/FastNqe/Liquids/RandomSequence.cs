using System.Numerics;
using System.Runtime.CompilerServices;

namespace FastNqe;

/// <summary>What random numbers are drawn for; each purpose of a sample has a stream of its own.</summary>
public enum RandomPurpose
{
    /// <summary>Lattice sites, species, diameters.</summary>
    Start = 1,

    /// <summary>Velocities, thermostat and Monte Carlo moves of the equilibrium liquid.</summary>
    Liquid = 2,

    /// <summary>Thermostat of the cooling run that ends in one glass.</summary>
    Cooling = 3,

    /// <summary>Measurements that must not disturb the sampling.</summary>
    Measurement = 4,
}

/// <summary>The state of a <see cref="RandomSequence"/>: 256 bits.</summary>
/// <param name="S0">First word.</param>
/// <param name="S1">Second word.</param>
/// <param name="S2">Third word.</param>
/// <param name="S3">Fourth word.</param>
public readonly record struct RandomState(ulong S0, ulong S1, ulong S2, ulong S3);

/// <summary>
/// Random numbers that depend on nothing but (seed, index, purpose): xoshiro256++ of Blackman and Vigna
/// (ACM Trans. Math. Softw. 47, 36 (2021)), seeded by SplitMix64 as its authors advise.
/// </summary>
/// <remarks>
/// Streams are told apart by mixing all three parts of the key into the seed. Period 2^256 - 1; the chance that a million streams
/// of 10^12 numbers overlap anywhere is below 10^-50, that two keys collide in the 64-bit mixing below 10^-7.
/// Only correctly rounded arithmetic is used, so the numbers have the same bits on every processor. Not for use by several threads at once.
/// </remarks>
public sealed class RandomSequence
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private ulong _s0, _s1, _s2, _s3;

    /// <summary>The stream of that key.</summary>
    /// <param name="seed">The user's seed.</param>
    /// <param name="index">The number of the sample, or of the chain of samples.</param>
    /// <param name="purpose">What the numbers are for.</param>
    public RandomSequence(ulong seed, ulong index, RandomPurpose purpose)
    {
        ulong key = Mix(Mix(Mix(seed + GoldenGamma) + index + GoldenGamma) + (ulong)purpose + GoldenGamma);
        _s0 = Mix(key += GoldenGamma);
        _s1 = Mix(key += GoldenGamma);
        _s2 = Mix(key += GoldenGamma);
        _s3 = Mix(key + GoldenGamma);
    }

    /// <summary>A stream that continues from a saved state.</summary>
    /// <exception cref="ArgumentException">All words are zero: no stream has that state.</exception>
    public RandomSequence(RandomState state) => State = state;

    /// <summary>All that determines the numbers to come.</summary>
    /// <exception cref="ArgumentException">All words are zero: no stream has that state.</exception>
    public RandomState State
    {
        get => new(_s0, _s1, _s2, _s3);
        set
        {
            if (value == default)
                throw new ArgumentException("the state of a random stream is all zeros; expected one that State returned", nameof(value));
            (_s0, _s1, _s2, _s3) = (value.S0, value.S1, value.S2, value.S3);
        }
    }

    /// <summary>64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_s0 + _s3, 23) + _s0;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform among 0 ... count - 1, with a bias below count·2^-64.</summary>
    /// <param name="count">A positive number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int NextIndex(int count) => (int)Math.BigMul(NextBits(), (ulong)count, out _);

    /// <summary>Exponential with mean 1: -ln u with u in (0, 1].</summary>
    public double NextExponential() => -PortableMath.Log(1 - NextUniform());

    /// <summary>Normal with mean 0 and variance 1, by Marsaglia's polar method. The second number of the pair is dropped: the stream's state is then all there is to save.</summary>
    public double NextNormal()
    {
        while (true)
        {
            double x = 2 * NextUniform() - 1, y = 2 * NextUniform() - 1;
            double square = x * x + y * y;
            if (square is > 0 and < 1)
                return x * Math.Sqrt(-2 * PortableMath.Log(square) / square);
        }
    }

    /// <summary>A sum of squares of independent normal numbers, by Marsaglia and Tsang's method (ACM Trans. Math. Softw. 26, 363 (2000)).</summary>
    /// <param name="degreesOfFreedom">How many squares are added; at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2.</exception>
    public double NextChiSquared(int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 2);
        double d = 0.5 * degreesOfFreedom - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = NextNormal(), v = 1 + c * x;
            if (v <= 0)
                continue;
            v = v * v * v;
            if (-NextExponential() < 0.5 * x * x + d - d * v + d * PortableMath.Log(v))
                return 2 * d * v;
        }
    }

    /// <summary>Puts the items in random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextIndex(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    // The output function of SplitMix64.
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
