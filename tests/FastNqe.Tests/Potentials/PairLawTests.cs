using FastNqe.Contractions;

namespace FastNqe.Tests;

/// <summary>What every pair law has to satisfy, whatever it is: the list of laws is in <see cref="PairLawCase"/>.</summary>
[TestFixtureSource(typeof(PairLawCase), nameof(PairLawCase.All))]
public sealed class PairLawTests(PairLawCase law)
{
    private static readonly (double I, double J)[] Sizes = [(1, 1), (1, 1.4), (1.4, 1), (1.4, 1.4), (1.31, 1.97), (1, 0.88), (0.88, 0.88)];
    private static readonly double[] Fractions = [0.35, 0.5, 0.65, 0.8, 0.93];

    [TestCaseSource(nameof(Sizes))]
    public void Each_derivative_is_the_slope_of_the_one_below((double I, double J) sizes)
    {
        double cutoff = Square(law.Potential.Cutoff(sizes.I, sizes.J));
        double[] typical = At(0.5 * cutoff, sizes);
        foreach (double fraction in Fractions)
        {
            double u = fraction * cutoff;
            // Small against the distance to the cutoff too, where a law may be singular.
            double h = Math.Min(1e-3 * u, 5e-3 * (cutoff - u));
            double[] f = At(u, sizes);
            double[][] around = [At(u - 2 * h, sizes), At(u - h, sizes), At(u + h, sizes), At(u + 2 * h, sizes)];
            for (int n = 1; n <= 4; n++)
            {
                double slope = (around[0][n - 1] - 8 * around[1][n - 1] + 8 * around[2][n - 1] - around[3][n - 1]) / (12 * h);
                double rounding = 1e-15 * typical.Max(Math.Abs) / h;
                Assert.That(f[n], Is.EqualTo(slope).Within(1e-7 * Math.Abs(f[n]) + 10 * rounding), $"f{n} at {fraction} of the squared cutoff");
            }
        }
    }

    // f vanishes as (u_c - u)^(q+1) f_(q+1)/(q+1)!, f1 as one power less, and so on.
    [TestCaseSource(nameof(Sizes))]
    public void The_energy_and_its_first_q_derivatives_vanish_at_the_cutoff((double I, double J) sizes)
    {
        double cutoff = Square(law.Potential.Cutoff(sizes.I, sizes.J));
        double h = 1e-3 * cutoff;
        double[] f = At(cutoff - h, sizes);
        double[] typical = At(0.5 * cutoff, sizes);
        double highest = law.SmoothOrder < 4 ? f[law.SmoothOrder + 1] : Math.Abs(f[4] / h);
        for (int n = 0; n <= law.SmoothOrder; n++)
        {
            int power = law.SmoothOrder + 1 - n;
            double bound = 2 * Math.Abs(highest) * Math.Pow(h, power) / Factorial(power);
            Assert.That(Math.Abs(f[n]), Is.LessThan(bound + 1e-13 * Math.Abs(typical[n])), $"f{n}");
            Assert.That(bound, Is.LessThan(0.2 * Math.Abs(typical[n])), $"f{n}: the bound says something");
        }
    }

    [TestCaseSource(nameof(Sizes))]
    public void Beyond_the_cutoff_there_is_nothing((double I, double J) sizes)
    {
        double cutoff = law.Potential.Cutoff(sizes.I, sizes.J);

        Assert.That(law.Potential.At(Square(cutoff) * (1 + 1e-15), sizes.I, sizes.J), Is.EqualTo(default(PairDerivatives)));
        Assert.That(law.Potential.At(4 * Square(cutoff), sizes.I, sizes.J), Is.EqualTo(default(PairDerivatives)));
    }

    [TestCaseSource(nameof(Sizes))]
    public void The_order_of_the_two_particles_does_not_matter((double I, double J) sizes)
    {
        double u = 0.6 * Square(law.Potential.Cutoff(sizes.I, sizes.J));

        Assert.That(law.Potential.At(u, sizes.J, sizes.I), Is.EqualTo(law.Potential.At(u, sizes.I, sizes.J)));
        Assert.That(law.Potential.Cutoff(sizes.J, sizes.I), Is.EqualTo(law.Potential.Cutoff(sizes.I, sizes.J)));
    }

    [TestCaseSource(typeof(Widths), nameof(Widths.All))]
    public void Every_width_gives_the_same_bits(SimdWidth width)
    {
        Widths.SkipIfLacking(width);
        double[] values = At(width);
        Assert.That(values, Is.EqualTo(At(SimdWidth.Scalar)));
        Assert.That(values, Is.All.Not.NaN);
    }

    [TestCaseSource(typeof(Widths), nameof(Widths.All))]
    public void What_a_reducible_law_keeps_of_a_pair_gives_its_derivatives_again_to_the_last_bit(SimdWidth width)
    {
        Widths.SkipIfLacking(width);
        if (law.Potential.IsReducible)
            Assert.That(At(width, expanded: true), Is.EqualTo(At(width)));
        else
            Assert.That(() => At(width, expanded: true), Throws.InstanceOf<NotSupportedException>());
    }

    [Test]
    public void Of_two_zeros_a_reducible_law_makes_zeros_without_a_sign_at_any_distance()
    {
        NothingVisitor visitor = default;
        law.Potential.Accept(ref visitor);
        Assert.That(visitor.Bits, Is.EqualTo(new long[law.Potential.IsReducible ? 4 * NothingVisitor.Distances.Length : 0]));
    }

    private static double Square(double x) => x * x;

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);

    private double[] At(double u, (double I, double J) sizes)
    {
        PairDerivatives f = law.Potential.At(u, sizes.I, sizes.J);
        return [f.F0, f.F1, f.F2, f.F3, f.F4];
    }

    private double[] At(SimdWidth width, bool expanded = false)
    {
        WidthVisitor visitor = new(width, expanded);
        law.Potential.Accept(ref visitor);
        return visitor.Values!;
    }

    /// <summary>What a law makes of pairs of which nothing is kept.</summary>
    private struct NothingVisitor : IPairLawVisitor
    {
        public static readonly double[] Distances = [0, 1e-3, 1, 2.5, 1e3];

        public List<long> Bits { get; private set; }

        public void Visit<TLaw>(in TLaw law) where TLaw : struct, IPairLaw
        {
            Bits = [];
            if (!TLaw.IsReducible)
                return;
            Lanes1 nothing = Lanes1.Splat(0);
            foreach (double u in Distances)
            {
                law.Expand(Lanes1.Splat(u), nothing, nothing, out Lanes1 twoF1, out Lanes1 fourF2, out Lanes1 eightF3, out Lanes1 sixteenF4);
                Bits.AddRange(new[] { twoF1, fourF2, eightF3, sixteenF4 }.Select(f => BitConverter.DoubleToInt64Bits(f.Value)));
            }
        }
    }

    /// <summary>Evaluates a law at eight pairs in lanes of one width.</summary>
    private struct WidthVisitor(SimdWidth width, bool expanded) : IPairLawVisitor
    {
        private const int Pairs = 8;

        public double[]? Values { get; private set; }

        public void Visit<TLaw>(in TLaw law) where TLaw : struct, IPairLaw
        {
            double[] u = new double[Pairs], sizeI = new double[Pairs], sizeJ = new double[Pairs];
            for (int k = 0; k < Pairs; k++)
                (u[k], sizeI[k], sizeJ[k]) = (0.7 + 0.13 * k, 1 + 0.05 * k, 1.9 - 0.1 * k);
            Values = LawValues.Of(law, width, u, sizeI, sizeJ, expanded);
        }
    }
}
