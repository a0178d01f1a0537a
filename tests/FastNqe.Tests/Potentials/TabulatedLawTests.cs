using FastNqe.Contractions;

namespace FastNqe.Tests;

/// <summary>Tables against the law that they were made of.</summary>
[TestFixture(PairVariable.SquaredDistance)]
[TestFixture(PairVariable.Distance)]
public sealed class TabulatedLawTests(PairVariable variable)
{
    private const double Nearest = 0.6;
    private static readonly double[] Diameters = [1, 1.4];

    [Test]
    public void A_table_of_the_inverse_power_law_meets_it_between_its_rows()
    {
        PairPotential table = new PairPotential<TabulatedLaw>(Binary(2000));
        double[] worst = new double[5];
        foreach ((int i, int j) in new[] { (0, 0), (0, 1), (1, 0), (1, 1) })
        {
            double cutoff = InversePowerLaw.Binary3D.Cutoff(Diameters[i], Diameters[j]);
            Assert.That(table.Cutoff(i + 1, j + 1), Is.EqualTo(cutoff));
            for (double r = Nearest; r < 0.99 * cutoff; r += 0.00137)
            {
                double[] found = Numbers(table.At(r * r, i + 1, j + 1)), expected = Numbers(InversePowerLaw.Binary3D.At(r * r, Diameters[i], Diameters[j]));
                // Near the cutoff, where the law vanishes, what counts is how far off it is in units of its curvature.
                for (int n = 0; n < 5; n++)
                    worst[n] = Math.Max(worst[n], Math.Abs(found[n] - expected[n]) / (Math.Abs(expected[n]) + 0.01 * Math.Abs(expected[4])));
            }
            Assert.That(table.At(cutoff * cutoff, i + 1, j + 1), Is.EqualTo(default(PairDerivatives)));
        }
        for (int n = 0; n < 5; n++)
            Assert.That(worst[n], Is.LessThan(new[] { 1e-12, 1e-12, 1e-12, 2e-10, 2e-8 }[n]), $"derivative {n}");
    }

    [Test]
    public void The_rows_come_back()
    {
        TabulatedPair first = Table(0, 0, 50);
        PairPotential law = new PairPotential<TabulatedLaw>(new TabulatedLaw([first], variable));
        double last = Variable(first.Cutoff), begin = Variable(first.First);
        for (int k = 0; k < 49; k++)
        {
            double x = begin + k * (last - begin) / 49;
            Span<double> row = first.Rows.Span.Slice(5 * k, 5).ToArray();
            if (variable == PairVariable.Distance)
                ToSquares(x, row);
            double u = variable == PairVariable.Distance ? x * x : x;
            double[] found = Numbers(law.At(u * (1 + 1e-15), 1, 1));
            for (int n = 0; n < 5; n++)
                Assert.That(found[n], Is.EqualTo(row[n]).Within(1e-11 * (Math.Abs(row[n]) + Math.Abs(row[4]))), $"row {k}, derivative {n}");
        }
    }

    // Of a table so coarse that its own error is large: they are derivatives of one polynomial all the same.
    [Test]
    public void Each_derivative_is_that_of_the_one_below()
    {
        PairPotential law = new PairPotential<TabulatedLaw>(new TabulatedLaw([Table(0, 0, 40)], variable));
        for (double u = 0.5; u < 2; u += 0.0731)
        {
            const double H = 1e-4;
            double[] f = Numbers(law.At(u, 1, 1)), below = Numbers(law.At(u - H, 1, 1)), above = Numbers(law.At(u + H, 1, 1));
            double[] farBelow = Numbers(law.At(u - 2 * H, 1, 1)), farAbove = Numbers(law.At(u + 2 * H, 1, 1));
            for (int n = 0; n < 4; n++)
            {
                double slope = (farBelow[n] - 8 * below[n] + 8 * above[n] - farAbove[n]) / (12 * H);
                Assert.That(f[n + 1], Is.EqualTo(slope).Within(1e-8 * (Math.Abs(f[n + 1]) + Math.Abs(f[4]))), $"derivative {n + 1} at {u}");
            }
        }
    }

    [TestCaseSource(typeof(Widths), nameof(Widths.All))]
    public void Every_width_gives_the_same_bits(SimdWidth width)
    {
        Widths.SkipIfLacking(width);
        TabulatedLaw law = Binary(300);
        double[] one = Evaluate(law, SimdWidth.Scalar);

        Assert.That(Evaluate(law, width), Is.EqualTo(one));
        Assert.That(one.Count(double.IsNaN), Is.EqualTo(6), "the one pair that is nearer than the tables begin");
    }

    [Test]
    public void A_glass_of_tables_has_the_modes_of_the_law()
    {
        Configuration liquid = Configuration.Read(ReferenceCase.Load("a04").ConfigurationPath);
        TabulatedLaw law = Binary(4000);
        InherentState expected = Quench.Run(liquid, InversePowerLaw.Binary3D);
        double[] types = [.. liquid.Diameters.ToArray().Select(size => size < 1.2 ? 0.0 : 1)];
        Configuration typed = new(liquid.Box, liquid.Positions, types: [.. types.Select(type => (int)type)]);
        InherentState glass = Quench.Run(law.Complete(typed), new PairPotential<TabulatedLaw>(law));

        Assert.That(glass.Energy, Is.EqualTo(expected.Energy).Within(1e-12).Percent);
        Assert.That(glass.Quench!.Converged);
        double[] z = TestGlasses.Field(liquid, 3);
        QuarticMode found = QuarticMode.From(glass, z), reference = QuarticMode.From(expected, z);
        Assert.That(found.Frequency, Is.EqualTo(reference.Frequency).Within(1e-6).Percent);
        Assert.That(glass.Coefficients(z).QuarticCoefficient, Is.EqualTo(expected.Coefficients(z).QuarticCoefficient).Within(1e-6).Percent);
    }

    [Test]
    public void The_farthest_reaching_pair_may_be_any_of_a_mixture()
    {
        // Types 1 and 2 of four reach farthest: neither alike, nor the first or the last.
        List<TabulatedPair> tables = [];
        for (int i = 0; i < 4; i++)
            for (int j = 0; j <= i; j++)
                tables.Add(Table(i, j, 100, (i, j) == (2, 1) ? 1.4 : 1));
        TabulatedLaw law = new(tables, variable);
        PairPotential potential = new PairPotential<TabulatedLaw>(law);
        (Configuration some, _) = TestGlasses.Named("3D");
        Configuration particles = law.Complete(new Configuration(some.Box, some.Positions, types: [.. Enumerable.Range(0, some.ParticleCount).Select(i => i % 4)]));
        double[] z = TestGlasses.Field(particles, 5);

        InherentState glass = InherentState.At(particles, potential);

        Assert.That(glass.Coefficients(z).QuarticCoefficient, Is.EqualTo(new NaiveGlass(particles, potential).QuarticCoefficient(z)).Within(1e-9).Percent);
        Assert.That(BoxCheck.LargestCutoff(particles, potential), Is.EqualTo(1.48 * 1.4).Within(1e-15));
    }

    [Test]
    public void Pairs_nearer_than_the_table_begins_are_refused()
    {
        TabulatedLaw law = new([Table(0, 0, 100)], variable);
        Configuration near = law.Complete(new Configuration(Box.Cubic(3, 5), [0, 0, 0, 0.99 * Nearest, 0, 0]));

        Assert.That(() => InherentState.At(near, new PairPotential<TabulatedLaw>(law)), Throws.ArgumentException.With.Message.Contains("NaN"));
    }

    [Test]
    public void What_is_no_table_is_refused()
    {
        TabulatedPair good = Table(0, 0, 100);
        void Refused(string words, params TabulatedPair[] tables) =>
            Assert.That(() => new TabulatedLaw(tables, variable), Throws.ArgumentException.With.Message.Contains(words));
        double[] Changed(int at, double value)
        {
            double[] rows = good.Rows.ToArray();
            rows[at] = value;
            return rows;
        }
        // Column n multiplied: a force for a slope, a factor forgotten.
        double[] Scaled(int column, double factor) => [.. good.Rows.ToArray().Select((value, k) => k % 5 == column ? factor * value : value)];

        Refused("0 tables");
        Refused("there are 2 tables and the largest type is 1", good, Table(1, 1, 100));
        Refused("two tables for the types 0 and 1", good, Table(1, 1, 100), Table(0, 1, 100), Table(1, 0, 100));
        Refused("there are 1 tables and the largest type is 2147483647", good with { TypeI = int.MaxValue, TypeJ = int.MaxValue });
        Refused("type -1", good with { TypeI = -1 });
        Refused("goes from 0 to", good with { First = 0 });
        Refused("goes from 2 to", good with { First = 2 });
        Refused("to Infinity", good with { Cutoff = double.PositiveInfinity });
        Refused("499 numbers", good with { Rows = good.Rows[..499] });
        Refused("20 numbers", good with { Rows = good.Rows[..20] });
        Refused("column 2 in row 1", good with { Rows = Changed(7, double.NaN) });
        for (int column = 1; column < 5; column++)
            Refused($"column {column} of the table of types 0 and 0 is not the derivative of column {column - 1}", good with { Rows = Scaled(column, -1) });
        Refused("not the derivative", good with { Rows = Table(0, 0, 100, 1, variable == PairVariable.Distance ? PairVariable.SquaredDistance : PairVariable.Distance).Rows });
        Assert.That(() => new TabulatedLaw([good], (PairVariable)2), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Diameters_are_no_types()
    {
        TabulatedLaw law = Binary(100);
        Configuration particles = new(Box.Cubic(3, 5), [0, 0, 0, 1, 0, 0], [1, 1.4]);

        Assert.That(() => InherentState.At(particles, new PairPotential<TabulatedLaw>(law)), Throws.ArgumentException.With.Message.Contains("size 1.4"));
        Assert.That(() => law.Complete(new Configuration(Box.Cubic(3, 5), [0, 0, 0, 1, 0, 0], types: [0, 2])), Throws.ArgumentException.With.Message.Contains("particle 2"));
        Assert.That(law.ToString(), Does.StartWith("tables of 2 types, 300 rows"));
    }

    private TabulatedLaw Binary(int rows) => new(
        [Table(0, 0, rows), Table(1, 0, rows, InversePowerLaw.Binary3D.Cutoff(1, 1.4) / 1.48), Table(1, 1, rows, 1.4)], variable);

    private TabulatedPair Table(int typeI, int typeJ, int rows, double length = 1) => Table(typeI, typeJ, rows, length, variable);

    // The inverse power law of two particles of this diameter; derivatives with respect to r by the chain rule from those with respect to u.
    private static TabulatedPair Table(int typeI, int typeJ, int rows, double length, PairVariable variable)
    {
        double first = Nearest, cutoff = InversePowerLaw.Binary3D.Cutoff(length, length);
        bool byDistance = variable == PairVariable.Distance;
        (double begin, double end) = byDistance ? (first, cutoff) : (first * first, cutoff * cutoff);
        double[] numbers = new double[5 * rows];
        for (int k = 0; k < rows; k++)
        {
            double x = begin + k * (end - begin) / (rows - 1), u = byDistance ? x * x : x;
            // The last row has the values just inside.
            PairDerivatives f = InversePowerLaw.Binary3D.At(Math.Min(u, cutoff * cutoff * (1 - 1e-15)), length, length);
            double[] row = byDistance
                ? [f.F0, 2 * x * f.F1, 2 * f.F1 + 4 * u * f.F2, 12 * x * f.F2 + 8 * u * x * f.F3, 12 * f.F2 + 48 * u * f.F3 + 16 * u * u * f.F4]
                : Numbers(f);
            row.CopyTo(numbers, 5 * k);
        }
        return new TabulatedPair(typeI, typeJ, first, cutoff, numbers);
    }

    private double Variable(double r) => variable == PairVariable.Distance ? r : r * r;

    private static double[] Numbers(PairDerivatives f) => [f.F0, f.F1, f.F2, f.F3, f.F4];

    // d/du = (1/2r) d/dr, written out.
    private static void ToSquares(double r, Span<double> f)
    {
        (double p1, double p2, double p3, double p4) = (f[1], f[2], f[3], f[4]);
        f[1] = p1 / (2 * r);
        f[2] = (p2 - p1 / r) / (4 * r * r);
        f[3] = (p3 - 3 * p2 / r + 3 * p1 / (r * r)) / (8 * r * r * r);
        f[4] = (p4 - 6 * p3 / r + 15 * p2 / (r * r) - 15 * p1 / (r * r * r)) / (16 * r * r * r * r);
    }

    private static double[] Evaluate(in TabulatedLaw law, SimdWidth width)
    {
        double[] u = [0.2, 0.5, 0.8, 1.1, 1.4, 1.7, 2, 9], sizeI = [1, 1, 1, 1, 2, 2, 2, 2], sizeJ = [1, 2, 1, 2, 1, 2, 1, 2];
        return LawValues.Of(law, width, u, sizeI, sizeJ);
    }
}
