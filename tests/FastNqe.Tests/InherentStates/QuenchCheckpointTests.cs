namespace FastNqe.Tests;

/// <summary>A quench that is stopped goes on as if it had never been.</summary>
public sealed class QuenchCheckpointTests
{
    private static readonly QuenchOptions ShortLegs = new() { LegSweeps = 60 };

    [TestCase("2D"), TestCase("3D"), TestCase("4D"), TestCase("3D tilted"), TestCase("3D polydisperse"), Category("Width")]
    public void From_every_checkpoint_it_ends_with_the_same_bits(string name)
    {
        (Configuration liquid, PairPotential potential) = TestGlasses.Named(name);
        List<byte[]> kept = [];
        InherentState expected = Quench.Run(liquid, potential, ShortLegs with { Checkpoint = here => kept.Add(Saved(here)) });
        Assert.That(expected.Quench!.Converged);
        Assert.That(kept, Has.Count.GreaterThan(2));
        foreach (byte[] state in kept)
        {
            InherentState glass = Quench.Resume(liquid, Read(state, liquid), potential, ShortLegs);
            Assert.That(glass.Configuration.Positions.ToArray(), Is.EqualTo(expected.Configuration.Positions.ToArray()));
            Assert.That(glass.Quench, Is.EqualTo(expected.Quench));
        }
    }

    [Test, NonParallelizable]
    public void Another_number_of_threads_changes_no_bit()
    {
        (Configuration glass, PairPotential potential) = TestGlasses.Large();
        var random = new Random(5);
        Configuration liquid = glass.WithPositions([.. glass.Positions.ToArray().Select(x => x + 0.01 * (random.NextDouble() - 0.5))]);
        byte[]? first = null;
        QuenchOptions options = new() { LegSweeps = 30 };
        double[] expected = Quench.Run(liquid, potential, options with { Checkpoint = here => first ??= Saved(here) }).Configuration.Positions.ToArray();
        SweepThreads.Count = 3;
        try
        {
            Assert.That(Quench.Resume(liquid, Read(first!, liquid), potential, options).Configuration.Positions.ToArray(), Is.EqualTo(expected));
        }
        finally
        {
            SweepThreads.Count = 1;
        }
    }

    [Test]
    public void Legs_count_their_sweeps_and_steps_together_and_keep_to_the_limit()
    {
        (Configuration liquid, PairPotential potential) = TestGlasses.Named("3D");
        List<QuenchReport> legs = [];
        QuenchReport end = Quench.Run(liquid, potential, ShortLegs with { MaxSweeps = 200, Checkpoint = here => legs.Add(here.Report) }).Quench!;
        Assert.Multiple(() =>
        {
            Assert.That(end.Converged, Is.False);
            Assert.That(end.Sweeps, Is.InRange(200, 230));
            Assert.That(legs.Select(leg => leg.Converged), Is.All.False);
            Assert.That(legs, Has.Count.EqualTo(3));
            Assert.That(legs.Append(end).Select(leg => leg.Sweeps), Is.Ordered.Ascending);
            Assert.That(legs.Append(end).Select(leg => leg.Iterations), Is.Ordered.Ascending);
        });
    }

    [Test]
    public void A_small_quench_has_one_leg()
    {
        (Configuration liquid, PairPotential potential) = TestGlasses.Named("3D");
        Quench.Run(liquid, potential, new QuenchOptions { Checkpoint = _ => Assert.Fail("it is over at once") });
    }

    [Test]
    public void What_is_kept_of_another_system_is_refused()
    {
        (Configuration liquid, PairPotential potential) = TestGlasses.Named("3D");
        (Configuration other, _) = TestGlasses.Named("2D");
        QuenchCheckpoint? last = null;
        Quench.Run(liquid, potential, ShortLegs with { Checkpoint = here => last = here });
        byte[] state = Saved(last!);
        Assert.Multiple(() =>
        {
            Assert.That(() => Quench.Resume(other, last!, InversePowerLaw.Binary2D), Throws.ArgumentException.With.Message.Contains("157 particles in 3 dimensions; expected 83 in 2"));
            Assert.That(() => Read(state, other), Throws.InstanceOf<InvalidDataException>());
            Assert.That(() => Read(state[..^1], liquid), Throws.InstanceOf<EndOfStreamException>());
            Assert.That(() => Read([.. state[..^8], .. BitConverter.GetBytes(double.NaN)], liquid), Throws.InstanceOf<InvalidDataException>());
            Assert.That(() => Read([4, .. "none"u8], liquid), Throws.InstanceOf<InvalidDataException>());
        });
    }

    private static byte[] Saved(QuenchCheckpoint checkpoint)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        checkpoint.Save(writer);
        writer.Flush();
        return stream.ToArray();
    }

    private static QuenchCheckpoint Read(byte[] state, Configuration liquid)
    {
        using BinaryReader reader = new(new MemoryStream(state));
        return QuenchCheckpoint.Read(reader, liquid);
    }
}
