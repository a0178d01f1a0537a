using FastNqe.Contractions;

namespace FastNqe.Tests;

/// <summary>Forces, energy and virial of configurations that move, against the naive double loop.</summary>
public sealed class PairForcesTests
{
    [TestCaseSource(typeof(TestGlasses), nameof(TestGlasses.Names))]
    public void Forces_energy_and_virial_are_those_of_the_double_loop_with_the_same_bits_at_every_width(string name)
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Named(name);
        var naive = new NaiveGlass(configuration, potential);
        double[] expected = naive.Gradient();
        long[]? first = null;
        foreach (SimdWidth width in Widths.Supported)
        {
            var pairs = new PairForces(configuration, potential, 0.3, width);
            RowField forces = Sweep.Poisoned(pairs.Order);
            double energy = pairs.Compute(forces, out double virial);
            double[] measured = ToCaller(pairs, forces);

            AssertClose(measured, expected);
            Assert.That(energy, Is.EqualTo(naive.Energy).Within(1e-12 * naive.Pairs.Sum(pair => Math.Abs(pair.F.F0))));
            double pressure = -virial / (configuration.Dimension * configuration.Box.Volume);
            Assert.That(pressure, Is.EqualTo(naive.Pressure).Within(1e-12 * Math.Abs(naive.Pressure)));

            long[] bits = [.. measured.Append(energy).Append(virial).Select(BitConverter.DoubleToInt64Bits)];
            Assert.That(bits, Is.EqualTo(first ??= bits), $"{width}");
            pairs.Compute(forces);
            Assert.That(ToCaller(pairs, forces), Is.EqualTo(measured), "forces without energy");
        }
    }

    [Test]
    public void Forces_energy_and_virial_of_several_chunks_have_the_same_bits_at_every_width()
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Large();
        long[]? first = null;
        foreach (SimdWidth width in Widths.All)
        {
            if (!Simd.IsSupported(width))
            {
                TestContext.Out.WriteLine($"this processor lacks {width}");
                continue;
            }
            var pairs = new PairForces(configuration, potential, 0.3, width);
            RowField forces = pairs.Order.NewField();
            double energy = pairs.Compute(forces, out double virial);
            AssertMixedSlices(pairs.List);
            long[] bits = Bits([.. ToCaller(pairs, forces), energy, virial]);
            Assert.That(bits, Is.EqualTo(first ??= bits), $"{width}");
        }
    }

    [Test]
    public void Eight_lanes_of_two_registers_have_the_bits_of_four()
    {
        Widths.SkipIfLacking(SimdWidth.Avx2);
        (Configuration configuration, PairPotential potential) = TestGlasses.Large();
        var pairs = new PairForces(configuration, potential, 0.3, SimdWidth.Avx2);
        RowField expected = pairs.Order.NewField(), forces = pairs.Order.NewField();
        double energy = pairs.Compute(expected, out double virial);
        AssertMixedSlices(pairs.List);

        int chunks = (pairs.List.SliceCount + HalfList.ChunkSize - 1) / HalfList.ChunkSize;
        var sums = new RowField(chunks * SweepChunks.PartialSize);
        InversePowerLaw law = ((PairPotential<InversePowerLaw>)potential).Law;
        new ForceSweep<InversePowerLaw, ForcesAndEnergy>(law, pairs.Particles, pairs.List, forces, sums).Run<TwoLanes4, D3>(0, chunks, 0);

        double Sum(int scalar) => Enumerable.Range(0, chunks).Sum(chunk => LaneSum.Of(sums.Values.Slice(chunk * SweepChunks.PartialSize + 8 * scalar, 8)));
        Assert.That(Bits([.. ToCaller(pairs, forces), Sum(0), Sum(1)]), Is.EqualTo(Bits([.. ToCaller(pairs, expected), energy, virial])));
    }

    [TestCase("2D tilted")]
    [TestCase("3D")]
    [TestCase("3D polydisperse")]
    [TestCase("4D")]
    public void The_list_with_skin_stays_right_while_particles_move(string name)
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Named(name);
        var pairs = new PairForces(configuration, potential, 0.3);
        RowField forces = pairs.Order.NewField(), positions = pairs.Particles.Positions;
        var random = new Random(5);
        for (int step = 0; step < 40; step++)
        {
            pairs.Compute(forces);
            AssertClose(ToCaller(pairs, forces), new NaiveGlass(pairs.ToConfiguration(configuration), potential).Gradient());
            for (int slot = 0; slot < pairs.Order.ParticleCount; slot++)
                for (int axis = 0; axis < configuration.Dimension; axis++)
                    positions.Values[slot * pairs.Order.RowWidth + axis] += 0.05 * (random.NextDouble() - 0.5) + 0.02;
        }
        Assert.That(pairs.ListCount, Is.InRange(2, 39), "how often the list was made");
        Assert.That(pairs.SearchCount, configuration.Box.IsTilted ? Is.LessThanOrEqualTo(pairs.ListCount) : Is.LessThan(pairs.ListCount), "how often the cells were searched");
    }

    [TestCase("2D tilted", 0.3)]
    [TestCase("3D", 0.3)]
    [TestCase("3D polydisperse", 0.2)]
    [TestCase("4D", 0.3)]
    public void A_list_that_is_repaired_stays_right_while_few_particles_go_far(string name, double skin)
    {
        (Configuration configuration, PairPotential potential) = name == "3D"
            ? (TestGlasses.Disordered(Box.Orthogonal([9.5, 9, 10]), 700, 9), InversePowerLaw.Binary3D)
            : TestGlasses.Named(name);
        PairForces[] pairs = [.. Widths.Supported.Select(width => new PairForces(configuration, potential, skin, width, repairs: true))];
        RowField forces = pairs[0].Order.NewField();
        int movers = Math.Max(1, pairs[0].Order.ParticleCount / 100);
        const int Steps = 60;
        for (int step = 0; step < Steps; step++)
        {
            List<double[]> results = [];
            foreach (PairForces each in pairs)
            {
                double energy = each.Compute(forces, out double virial);
                results.Add([.. ToCaller(each, forces), energy, virial]);
            }
            var naive = new NaiveGlass(pairs[0].ToConfiguration(configuration), potential);
            AssertClose(results[0][..^2], naive.Gradient());
            Assert.That(results[0][^2], Is.EqualTo(naive.Energy).Within(1e-12 * naive.Pairs.Sum(pair => Math.Abs(pair.F.F0))));
            foreach (double[] other in results)
                Assert.That(other, Is.EqualTo(results[0]));
            // A swarm whose particles change places on its way, far beyond the cells that they were found in.
            var random = new Random(7);
            for (int slot = 0; slot < movers; slot++)
                Move(slot, () => 0.05 + 0.09 * (random.NextDouble() - 0.5));
            // Now and then everyone moves a little, to and fro: the list is made anew, out of what was searched before the swarm came so far.
            if (step % 6 == 5)
                for (int slot = 0; slot < pairs[0].Order.ParticleCount; slot++)
                    Move(slot, () => (step % 12 == 5 ? 0.24 : -0.24) * (random.NextDouble() - 0.5));
        }
        if (configuration.Box.IsTilted)
            return;
        Assert.That(pairs[0].ListCount, Is.InRange(10, 13), "how often the list was made");
        Assert.That(pairs[0].SearchCount, Is.LessThan(4), "how often the cells were searched");

        void Move(int slot, Func<double> step)
        {
            for (int axis = 0; axis < configuration.Dimension; axis++)
            {
                double move = step();
                foreach (PairForces each in pairs)
                    each.Particles.Positions.Values[slot * each.Order.RowWidth + axis] += move;
            }
        }
    }

    [TestCase("2D")]
    [TestCase("3D")]
    [TestCase("4D")]
    public void A_list_that_lasts_becomes_narrower_and_one_that_does_not_wider(string name)
    {
        (Configuration configuration, PairPotential potential) = name switch
        {
            "2D" => (TestGlasses.Disordered(Box.Orthogonal([26, 24]), 440, 9), InversePowerLaw.Binary2D),
            "3D" => (TestGlasses.Disordered(Box.Orthogonal([9.5, 9, 10]), 700, 9), InversePowerLaw.Binary3D),
            _ => TestGlasses.Named(name),
        };
        PairForces[] all = [.. Widths.Supported.Select(width => new PairForces(configuration, potential, 0.25, width, repairs: true))];
        PairForces pairs = all[0];
        RowField forces = pairs.Order.NewField();
        var random = new Random(8);
        Check();
        int wide = pairs.List.ColumnCount;
        for (int step = 0; step < 200; step++)
        {
            // One particle walks about, the others tremble.
            Move(1, _ => 0.02);
            double[] tremor = [.. Enumerable.Range(0, pairs.Order.ParticleCount + 40).Select(_ => 0.002 * (random.NextDouble() - 0.5))];
            Move(pairs.Order.ParticleCount, slot => tremor[slot]);
            if (step % 20 == 19)
                Check();
            else
                foreach (PairForces each in all)
                    each.Compute(forces);
        }
        int lists = pairs.ListCount;
        Assert.That(lists, Is.EqualTo(3), "the first list, half and a quarter of its skin");
        Assert.That(pairs.List.ColumnCount, Is.LessThan(0.92 * wide));
        for (int step = 0; step < 8; step++)
        {
            Move(pairs.Order.ParticleCount, slot => (step % 2 == 0 ? 0.2 : -0.2) * Math.Sin(slot));
            Check();
        }
        Assert.That(pairs.ListCount, Is.GreaterThanOrEqualTo(lists + 2));
        Assert.That(pairs.List.ColumnCount, Is.GreaterThan(0.95 * wide));

        void Check()
        {
            double[][] results = [.. all.Select(each =>
            {
                each.Compute(forces);
                return ToCaller(each, forces);
            })];
            AssertClose(results[0], new NaiveGlass(pairs.ToConfiguration(configuration), potential).Gradient());
            foreach (double[] other in results)
                Assert.That(other, Is.EqualTo(results[0]));
        }

        void Move(int slots, Func<int, double> step)
        {
            foreach (PairForces each in all)
                for (int slot = 0; slot < slots; slot++)
                    for (int axis = 0; axis < configuration.Dimension; axis++)
                        each.Particles.Positions.Values[slot * each.Order.RowWidth + axis] += step(slot + 10 * axis);
        }
    }

    [Test]
    public void A_skin_that_a_tilted_box_has_no_room_for_is_cut_short()
    {
        // Heights just above twice the cutoff, where the skin would reach into a second image.
        Configuration configuration = TestGlasses.Disordered(Box.Tilted([6, 4.2], 2.9, 0, 0), 22, 8);
        var pairs = new PairForces(configuration, InversePowerLaw.Binary2D, 0.4);
        RowField forces = pairs.Order.NewField(), positions = pairs.Particles.Positions;
        var random = new Random(6);
        for (int step = 0; step < 60; step++)
        {
            pairs.Compute(forces);
            AssertClose(ToCaller(pairs, forces), new NaiveGlass(pairs.ToConfiguration(configuration), InversePowerLaw.Binary2D).Gradient());
            for (int k = 0; k < 2 * pairs.Order.ParticleCount; k++)
                positions.Values[k] += 0.06 * (random.NextDouble() - 0.5);
        }
    }

    [Test]
    public void A_position_that_is_no_number_is_an_error_and_not_an_endless_loop()
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Named("3D");
        foreach (double bad in new[] { double.NaN, double.PositiveInfinity, 1e300 })
        {
            var pairs = new PairForces(configuration, potential, 0.3);
            RowField forces = pairs.Order.NewField();
            pairs.Compute(forces);
            pairs.Particles.Positions.Values[4 * 17 + 1] = bad;
            Assert.That(() => pairs.Compute(forces), Throws.InstanceOf<ArithmeticException>().With.Message.Contains("particle"), $"{bad}");
        }
    }

    [Test]
    public void After_an_error_lists_are_made_anew()
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Named("3D");
        var pairs = new PairForces(configuration, potential, 0.3);
        RowField forces = pairs.Order.NewField();
        pairs.Compute(forces);
        Span<double> positions = pairs.Particles.Positions.Values;
        double[] before = positions.ToArray();
        // A step much too long puts a particle on another one.
        positions[..3].CopyTo(positions[400..]);
        Assert.That(() => pairs.Compute(forces), Throws.ArgumentException.With.Message.Contains("same place"));
        before.CopyTo(positions);
        positions[4 * 50] += 0.2;
        pairs.Compute(forces);
        AssertClose(ToCaller(pairs, forces), new NaiveGlass(pairs.ToConfiguration(configuration), potential).Gradient());
    }

    [Test]
    public void Forces_allocate_nothing_between_lists()
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Named("3D");
        var pairs = new PairForces(configuration, potential, 0.3);
        RowField forces = pairs.Order.NewField();
        void Sums()
        {
            for (int k = 0; k < 10; k++)
                pairs.Compute(forces, out _);
        }
        Sums();
        Assert.That(Allocation.Of(Sums), Is.Zero);
    }

    [Test]
    public void A_box_smaller_than_twice_the_cutoff_is_refused_with_the_numbers()
    {
        ReferenceCase reference = ReferenceCase.Load("a09");
        string height = reference.Configuration.Box.SmallestHeight.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(() => InherentState.At(reference.Configuration, reference.Potential), Throws.ArgumentException.With.Message.Contains(height).And.Message.Contains("twice the largest cutoff"));
        Assert.That(() => Quench.Run(reference.Configuration, reference.Potential), Throws.ArgumentException.With.Message.Contains(height));
    }

    // Only where shared columns and columns across chunks add to the same sums does their order matter.
    private static void AssertMixedSlices(HalfList list) =>
        Assert.That(Enumerable.Range(0, list.SliceCount).Any(slice => list.SharedColumns[slice] > 0 && list.FirstColumn[slice + 1] - list.FirstColumn[slice] > list.SharedColumns[slice]));

    private static long[] Bits(double[] values) => Array.ConvertAll(values, BitConverter.DoubleToInt64Bits);

    private static double[] ToCaller(PairForces pairs, RowField field)
    {
        double[] result = new double[pairs.Order.ParticleCount * pairs.Order.Dimension];
        pairs.Order.Gather(field, result);
        return result;
    }

    // The naive gradient is minus the force.
    private static void AssertClose(double[] forces, double[] gradient)
    {
        double[] sum = NaiveGlass.Combine(1, forces, 1, gradient);
        Assert.That(Math.Sqrt(NaiveGlass.Dot(sum, sum) / NaiveGlass.Dot(gradient, gradient)), Is.LessThan(1e-12));
    }
}
