namespace FastNqe.Tests;

/// <summary>
/// The physics written down plainly: all pairs by a double loop, the table of identities in derivatives with respect to u = r², and
/// nothing shared with the kernels. What the library computes is compared with this.
/// </summary>
/// <remarks>
/// With f1..f4 at a pair, x = x_ij, z = z_ij, a = x·z, b = z·z (arXiv:1912.10930, eq. C2, in the variable u):
/// <code>
/// order 2   4 f2 a² + 2 f1 b                      4 f2 a x + 2 f1 z
/// order 3   8 f3 a³ + 12 f2 a b                   (8 f3 a² + 4 f2 b) x + 8 f2 a z
/// order 4   16 f4 a⁴ + 48 f3 a² b + 12 f2 b²      (16 f4 a³ + 24 f3 a b) x + (24 f3 a² + 12 f2 b) z
/// </code>
/// The vectors are added to particle j and subtracted from i.
/// </remarks>
internal sealed class NaiveGlass
{
    private readonly Configuration _configuration;

    public NaiveGlass(Configuration configuration, PairPotential potential)
    {
        _configuration = configuration;
        Pairs = [.. FindPairs(configuration, potential)];
    }

    /// <summary>Every interacting pair i &lt; j once: nearest image of x_j - x_i, and the derivatives there.</summary>
    public IReadOnlyList<(int I, int J, double[] X, PairDerivatives F)> Pairs { get; }

    public int Dimension => _configuration.Dimension;

    public int Length => _configuration.Positions.Length;

    /// <summary>U.</summary>
    public double Energy => Pairs.Sum(pair => pair.F.F0);

    /// <summary>p = -(1/(dV)) Σ (phi'/r) r², and phi'/r = 2 f1.</summary>
    public double Pressure => -Pairs.Sum(pair => 2 * pair.F.F1 * Dot(pair.X, pair.X)) / (Dimension * _configuration.Box.Volume);

    /// <summary>dU/dx, N·d numbers; the forces are its negative.</summary>
    public double[] Gradient() => Accumulate((pair, _) => Combine(2 * pair.F.F1, pair.X, 0, pair.X), new double[Length]);

    /// <summary>The largest net force on a particle.</summary>
    public double MaxForce() => Math.Sqrt(Gradient().Chunk(Dimension).Max(force => Dot(force, force)));

    /// <summary>M:zz.</summary>
    public double Contract2(double[] z) => Sum(z, (f, a, b) => 4 * f.F2 * a * a + 2 * f.F1 * b);

    /// <summary>U3:.zzz.</summary>
    public double Contract3(double[] z) => Sum(z, (f, a, b) => 8 * f.F3 * a * a * a + 12 * f.F2 * a * b);

    /// <summary>U4::zzzz.</summary>
    public double Contract4(double[] z) => Sum(z, (f, a, b) => 16 * f.F4 * a * a * a * a + 48 * f.F3 * a * a * b + 12 * f.F2 * b * b);

    /// <summary>Σ over pairs of (z_ij·z_ij)².</summary>
    public double SumOfFourthPowers(double[] z) => Sum(z, (_, _, b) => b * b);

    /// <summary>M·z.</summary>
    public double[] Vector2(double[] z) => Accumulate((pair, zij) =>
    {
        double a = Dot(pair.X, zij);
        return Combine(4 * pair.F.F2 * a, pair.X, 2 * pair.F.F1, zij);
    }, z);

    /// <summary>U3:zz.</summary>
    public double[] Vector3(double[] z) => Accumulate((pair, zij) =>
    {
        (double a, double b) = (Dot(pair.X, zij), Dot(zij, zij));
        return Combine(8 * pair.F.F3 * a * a + 4 * pair.F.F2 * b, pair.X, 8 * pair.F.F2 * a, zij);
    }, z);

    /// <summary>U4:.zzz.</summary>
    public double[] Vector4(double[] z) => Accumulate((pair, zij) =>
    {
        (double a, double b) = (Dot(pair.X, zij), Dot(zij, zij));
        return Combine(16 * pair.F.F4 * a * a * a + 24 * pair.F.F3 * a * b, pair.X, 24 * pair.F.F3 * a * a + 12 * pair.F.F2 * b, zij);
    }, z);

    /// <summary>Σ over pairs of (z_ij·z_ij) z_ij: a quarter of the gradient of <see cref="SumOfFourthPowers"/>.</summary>
    public double[] VectorOfFourthPowers(double[] z) => Accumulate((_, zij) => Combine(Dot(zij, zij), zij, 0, zij), z);

    /// <summary>U3:uv, by polarising U3:zz.</summary>
    public double[] Vector3(double[] u, double[] v) =>
        Combine(0.25, Vector3(Combine(1, u, 1, v)), -0.25, Vector3(Combine(1, u, -1, v)));

    /// <summary>U4:.uvw, by polarising U4:.zzz.</summary>
    public double[] Vector4(double[] u, double[] v, double[] w) => Polarise(Vector4, u, v, w);

    /// <summary>The symmetric form in three directions whose diagonal is <see cref="VectorOfFourthPowers(double[])"/>.</summary>
    public double[] VectorOfFourthPowers(double[] u, double[] v, double[] w) => Polarise(VectorOfFourthPowers, u, v, w);

    /// <summary>kappa, eq. 11.</summary>
    public double Stiffness(double[] z) => Contract2(z) / Dot(z, z);

    /// <summary>tau, eq. 28.</summary>
    public double CubicCoefficient(double[] z) => Contract3(z) / Math.Pow(Dot(z, z), 1.5);

    /// <summary>chi, eq. 10.</summary>
    public double QuarticCoefficient(double[] z) => Contract4(z) / (Dot(z, z) * Dot(z, z));

    /// <summary>e, eq. 14.</summary>
    public double ParticipationRatio(double[] z)
    {
        double[] squares = [.. z.Chunk(Dimension).Select(zi => Dot(zi, zi))];
        return squares.Sum() * squares.Sum() / (squares.Length * Dot(squares, squares));
    }

    /// <summary>E4 = K²/Q, eq. 12.</summary>
    public double QuarticEnergy(double[] z) => Contract2(z) * Contract2(z) / Contract4(z);

    /// <summary>E3 = K³/T², eq. 31.</summary>
    public double CubicEnergy(double[] z) => Math.Pow(Contract2(z), 3) / (Contract3(z) * Contract3(z));

    /// <summary>C = K²/Σ (z_ij·z_ij)², eq. C3.</summary>
    public double GeometricCost(double[] z) => Contract2(z) * Contract2(z) / SumOfFourthPowers(z);

    /// <summary>dE4/dz = E4·(4 M·z/K - 4 U4:.zzz/Q).</summary>
    public double[] QuarticGradient(double[] z)
    {
        double energy = QuarticEnergy(z);
        return Combine(4 * energy / Contract2(z), Vector2(z), -4 * energy / Contract4(z), Vector4(z));
    }

    /// <summary>dE3/dz = E3·(6 M·z/K - 6 U3:zz/T).</summary>
    public double[] CubicGradient(double[] z)
    {
        double energy = CubicEnergy(z);
        return Combine(6 * energy / Contract2(z), Vector2(z), -6 * energy / Contract3(z), Vector3(z));
    }

    /// <summary>dC/dz = C·(4 M·z/K - 4 Σ (z_ij·z_ij) z_ij/Σ (z_ij·z_ij)²).</summary>
    public double[] GeometricGradient(double[] z)
    {
        double cost = GeometricCost(z);
        return Combine(4 * cost / Contract2(z), Vector2(z), -4 * cost / SumOfFourthPowers(z), VectorOfFourthPowers(z));
    }

    /// <summary>The scalar product.</summary>
    public static double Dot(double[] x, double[] y)
    {
        double sum = 0;
        for (int k = 0; k < x.Length; k++)
            sum += x[k] * y[k];
        return sum;
    }

    /// <summary>p·x + q·y.</summary>
    public static double[] Combine(double p, double[] x, double q, double[] y)
    {
        double[] sum = new double[x.Length];
        for (int k = 0; k < x.Length; k++)
            sum[k] = p * x[k] + q * y[k];
        return sum;
    }

    private static IEnumerable<(int I, int J, double[] X, PairDerivatives F)> FindPairs(Configuration configuration, PairPotential potential)
    {
        int d = configuration.Dimension;
        for (int i = 0; i < configuration.ParticleCount; i++)
            for (int j = i + 1; j < configuration.ParticleCount; j++)
            {
                double[] x = new double[d];
                for (int axis = 0; axis < d; axis++)
                    x[axis] = configuration.Positions[d * j + axis] - configuration.Positions[d * i + axis];
                configuration.Box.MinimumImage(x);
                (double sizeI, double sizeJ) = (configuration.Diameters[i], configuration.Diameters[j]);
                if (Math.Sqrt(Dot(x, x)) < potential.Cutoff(sizeI, sizeJ))
                    yield return (i, j, x, potential.At(Dot(x, x), sizeI, sizeJ));
            }
    }

    // F(u, v, w) of the form whose diagonal is F(z) = F(z, z, z).
    private static double[] Polarise(Func<double[], double[]> diagonal, double[] u, double[] v, double[] w)
    {
        double[] sum = Combine(1, u, 1, v), difference = Combine(1, u, -1, v);
        double[] first = Combine(1, diagonal(Combine(1, sum, 1, w)), -1, diagonal(Combine(1, sum, -1, w)));
        double[] second = Combine(-1, diagonal(Combine(1, difference, 1, w)), 1, diagonal(Combine(1, difference, -1, w)));
        return Combine(1.0 / 24, first, 1.0 / 24, second);
    }

    private double[] Difference(double[] z, int i, int j)
    {
        double[] difference = new double[Dimension];
        for (int axis = 0; axis < Dimension; axis++)
            difference[axis] = z[Dimension * j + axis] - z[Dimension * i + axis];
        return difference;
    }

    private double Sum(double[] z, Func<PairDerivatives, double, double, double> term)
    {
        double sum = 0;
        foreach ((int i, int j, double[] x, PairDerivatives f) in Pairs)
        {
            double[] zij = Difference(z, i, j);
            sum += term(f, Dot(x, zij), Dot(zij, zij));
        }
        return sum;
    }

    private double[] Accumulate(Func<(double[] X, PairDerivatives F), double[], double[]> vector, double[] z)
    {
        double[] sum = new double[Length];
        foreach ((int i, int j, double[] x, PairDerivatives f) in Pairs)
        {
            double[] contribution = vector((x, f), Difference(z, i, j));
            for (int axis = 0; axis < Dimension; axis++)
            {
                sum[Dimension * j + axis] += contribution[axis];
                sum[Dimension * i + axis] -= contribution[axis];
            }
        }
        return sum;
    }
}
