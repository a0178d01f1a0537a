using FastNqe.Contractions;

namespace FastNqe.Tests;

/// <summary>The neighbour search against a double loop.</summary>
public sealed class NeighbourSearchTests
{
    private static IEnumerable<TestCaseData> Boxes
    {
        get
        {
            foreach (SimdWidth width in Widths.All)
            {
                // From boxes with one or two cells per axis to boxes with many, of every shape.
                foreach (double length in new[] { 4.2, 5.5, 7, 9, 14, 23 })
                {
                    yield return new TestCaseData(width, Box.Orthogonal([length, 1.1 * length]), (int)(0.8 * length * length), 0.0);
                    yield return new TestCaseData(width, Box.Orthogonal([length, 3 * length]), (int)(2.3 * length * length), 0.25);
                }
                foreach (double length in new[] { 4.2, 5.5, 7, 9 })
                {
                    yield return new TestCaseData(width, Box.Orthogonal([length, length, 1.2 * length]), (int)(0.9 * length * length * length), 0.0);
                    yield return new TestCaseData(width, Box.Orthogonal([length, 4.2, 2 * length]), (int)(5 * length * length), 0.3);
                    yield return new TestCaseData(width, Box.Tilted([1.3 * length, 1.2 * length, 1.2 * length], 0.4 * length, -0.3 * length, 0.5 * length), (int)(1.2 * length * length * length), 0.0);
                }
                yield return new TestCaseData(width, Box.Tilted([19, 17], 8, 0, 0), 270, 0.2);
                yield return new TestCaseData(width, Box.Tilted([17, 6], -12, 0, 0), 80, 0.0);
                yield return new TestCaseData(width, Box.Cubic(4, 4.3), 270, 0.0);
                yield return new TestCaseData(width, Box.Orthogonal([4.2, 5.5, 6.5, 7.5]), 800, 0.1);
            }
        }
    }

    [TestCaseSource(nameof(Boxes))]
    public void Every_pair_within_reach_is_found_once_from_either_side(SimdWidth width, Box box, int count, double margin)
    {
        Widths.SkipIfLacking(width);
        PairPotential potential = InversePowerLaw.Binary3D;
        Configuration configuration = TestGlasses.Disordered(box, count, count);
        ParticleOrder order = ParticleOrder.AlongCurve(configuration, 1);
        var search = new NeighbourSearch(box, potential.Cutoff(1.4, 1.4), margin, order.SlotCount, order.ParticleCount);
        search.Run(potential, OrderedParticles.From(configuration, order), width);

        HashSet<(int, int)> expected = [.. Pairs(configuration, potential, margin)];
        var found = new List<(int, int)>();
        for (int slot = 0; slot < order.ParticleCount; slot++)
            foreach (int other in search.NeighboursOf(slot))
                found.Add((order.ParticleOf[slot], order.ParticleOf[other]));
        Assert.That(found, Is.Unique);
        Assert.That(found, Has.Count.EqualTo(search.Total));
        Assert.That(expected.SetEquals(found), $"{expected.Count} pairs expected, {found.Count} found");
    }

    [TestCaseSource(nameof(Boxes))]
    public void For_a_half_list_pairs_of_one_chunk_are_found_from_one_side_only(SimdWidth width, Box box, int count, double margin)
    {
        Widths.SkipIfLacking(width);
        PairPotential potential = InversePowerLaw.Binary3D;
        Configuration configuration = TestGlasses.Disordered(box, count, count);
        ParticleOrder order = ParticleOrder.AlongCurve(configuration, 1);
        List<(int I, int J)> expected = [.. Pairs(configuration, potential, margin).Select(pair => (order.SlotOf[pair.Item1], order.SlotOf[pair.Item2]))];
        // Several chunks, and one that holds all.
        foreach (int chunk in new[] { 64, 1024 })
        {
            var search = new NeighbourSearch(box, potential.Cutoff(1.4, 1.4), margin, order.SlotCount, order.ParticleCount, chunk);
            search.Run(potential, OrderedParticles.From(configuration, order), width);
            List<(int I, int J)> found = [.. Enumerable.Range(0, order.ParticleCount).SelectMany(slot => search.NeighboursOf(slot).ToArray().Select(other => (slot, other)))];
            IEnumerable<(int, int)> others = found.Where(pair => pair.I / chunk == pair.J / chunk).Select(pair => (pair.J, pair.I));
            Assert.That(found.Concat(others).Order(), Is.EqualTo(expected.Order()), $"chunks of {chunk}");
        }
    }

    [Test]
    public void Particles_at_the_faces_of_the_box_are_found()
    {
        // Faces, corners and points a rounding error away from them, inside and outside of the box.
        const double L = 8;
        double[] along = [0, L, -L, 1e-17, -1e-17, L - 1e-15, Math.BitIncrement(L), Math.BitDecrement(L), 4, -4, 2.5 * L];
        var positions = new List<double>();
        foreach (double x in along)
            foreach (double y in along)
                positions.AddRange([x + 0.3 * positions.Count % 1.7, y, 0.4 * positions.Count % 7]);
        Configuration configuration = new(Box.Cubic(3, L), positions.ToArray(), Enumerable.Repeat(1.0, positions.Count / 3).ToArray());
        PairPotential potential = InversePowerLaw.Binary3D;
        ParticleOrder order = ParticleOrder.AlongCurve(configuration, 1);
        var search = new NeighbourSearch(configuration.Box, potential.Cutoff(1, 1), 0, order.SlotCount, order.ParticleCount);
        search.Run(potential, OrderedParticles.From(configuration, order), Simd.Width);
        Assert.That(search.Total, Is.EqualTo(Pairs(configuration, potential, 0).Count()));
    }

    [Test]
    public void Two_particles_at_the_same_place_are_refused()
    {
        Configuration liquid = TestGlasses.Disordered(Box.Cubic(3, 6), 100, 1);
        double[] positions = liquid.Positions.ToArray();
        // The same place, one box length away.
        for (int axis = 0; axis < 3; axis++)
            positions[axis + 30] = positions[axis] + (axis == 1 ? 6 : 0);
        Assert.That(() => InherentState.At(liquid.WithPositions(positions), InversePowerLaw.Binary3D), Throws.ArgumentException.With.Message.Contains("same place"));
    }

    [Test]
    public void The_list_holds_every_neighbour_in_its_lane_and_fills_up_with_the_particle_itself()
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Named("3D clusters");
        ParticleOrder order = ParticleOrder.AlongCurve(configuration, 1);
        var search = new NeighbourSearch(configuration.Box, potential.Cutoff(1.4, 1.4), 0, order.SlotCount, order.ParticleCount);
        search.Run(potential, OrderedParticles.From(configuration, order), Simd.Width);
        SlicedList list = new SlicedList(search, order.RowWidth);
        for (int slot = 0; slot < order.SlotCount; slot++)
        {
            (int slice, int lane) = Math.DivRem(slot, SlicedList.SliceSize);
            IEnumerable<int> rows = Enumerable.Range(list.FirstColumn[slice], list.FirstColumn[slice + 1] - list.FirstColumn[slice])
                .Select(column => list.Rows[column * SlicedList.SliceSize + lane] / order.RowWidth);
            int[] neighbours = slot < order.ParticleCount ? search.NeighboursOf(slot).ToArray() : [];
            Assert.That(rows.Take(neighbours.Length).Order(), Is.EqualTo(neighbours.Order()));
            Assert.That(rows.Skip(neighbours.Length), Is.All.EqualTo(slot));
        }
    }

    private static IEnumerable<(int, int)> Pairs(Configuration configuration, PairPotential potential, double margin)
    {
        int d = configuration.Dimension;
        double[] x = new double[d];
        for (int i = 0; i < configuration.ParticleCount; i++)
        {
            for (int j = 0; j < configuration.ParticleCount; j++)
            {
                for (int axis = 0; axis < d; axis++)
                    x[axis] = configuration.Positions[j * d + axis] - configuration.Positions[i * d + axis];
                configuration.Box.MinimumImage(x);
                if (i != j && Math.Sqrt(NaiveGlass.Dot(x, x)) < potential.Cutoff(configuration.Diameters[i], configuration.Diameters[j]) + margin)
                    yield return (i, j);
            }
        }
    }
}
