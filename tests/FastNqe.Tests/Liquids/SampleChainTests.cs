using System.Collections.Immutable;
using System.Globalization;

namespace FastNqe.Tests.Liquids;

public class SampleChainTests
{
    private static readonly SamplingProtocol Protocol = new()
    {
        Model = GlassModel.Ipl3D,
        ParticleCount = 100,
        Temperature = 2.0,
        Seed = 5,
        RelaxationTime = 0.1,
        ChainLength = 4,
    };

    [Test]
    public void A_sample_does_not_depend_on_how_one_comes_to_it()
    {
        SamplingProtocol cooled = Protocol with { Cooling = new Cooling(2, 1.0) };
        Configuration[] row = [.. cooled.Samples(0, 7)];
        // Straight to sample 6, without preparing those before.
        SampleChain chain = cooled.Open(1);
        chain.Advance();
        chain.Advance();
        chain.Advance();
        AssertSame(chain.Prepare(), row[6]);
        AssertSame(chain.Prepare(), row[6]);
        AssertSame(cooled.Samples(5, 1).Single(), row[5]);
        Assert.That(row[4].Positions.ToArray(), Is.Not.EqualTo(row[0].Positions.ToArray()));
    }

    [TestCase(LiquidMethod.MolecularDynamics)]
    [TestCase(LiquidMethod.SwapMonteCarlo)]
    [TestCase(LiquidMethod.Hybrid)]
    public void A_restored_chain_goes_on_to_the_bit(LiquidMethod method)
    {
        SamplingProtocol protocol = Protocol with { Model = GlassModel.Poly3D, ParticleCount = 250, Method = method, RelaxationTime = method == LiquidMethod.SwapMonteCarlo ? 5 : 0.1 };
        SampleChain whole = protocol.Open(2), restored = protocol.Open(2);
        whole.Advance();
        using MemoryStream memory = new();
        using (BinaryWriter writer = new(memory, System.Text.Encoding.UTF8, leaveOpen: true))
            whole.Save(writer);
        whole.Advance();
        memory.Position = 0;
        using (BinaryReader reader = new(memory, System.Text.Encoding.UTF8, leaveOpen: true))
            restored.Restore(reader);
        restored.Advance();
        Assert.That(restored.Sample, Is.EqualTo(9));
        AssertSame(restored.Liquid, whole.Liquid);
        memory.Position = 0;
        using BinaryReader again = new(memory);
        Assert.That(() => protocol.Open(3).Restore(again), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("chain 2"));
    }

    [TestCase(LiquidMethod.MolecularDynamics)]
    [TestCase(LiquidMethod.SwapMonteCarlo)]
    [TestCase(LiquidMethod.Hybrid)]
    public void Neither_the_test_of_its_equilibrium_nor_a_look_at_its_energy_touches_a_chain(LiquidMethod method)
    {
        SamplingProtocol protocol = Protocol with { Model = GlassModel.Poly3D, ParticleCount = 250, Method = method, RelaxationTime = method == LiquidMethod.SwapMonteCarlo ? 5 : 0.1 };
        SampleChain alone = protocol.Open(0), tested = protocol.Open(0);
        alone.Advance();
        alone.Advance();
        tested.Advance();
        double energy = InherentState.At(tested.Liquid, protocol.Model.Potential).Energy;
        Assert.That(tested.PotentialEnergy, Is.EqualTo(energy).Within(1e-9).Percent);
        tested.TestEquilibrium();
        tested.Advance();
        AssertSame(tested.Liquid, alone.Liquid);
    }

    [Test]
    public void A_liquid_that_just_left_its_lattice_fails_the_test_of_its_equilibrium_and_an_equilibrated_one_passes()
    {
        SampleChain good = (Protocol with { ParticleCount = 200, RelaxationTime = 0.46, EquilibrationTime = 30 }).Open(0);
        good.Advance();
        EquilibrationTest passed = good.TestEquilibrium();
        Assert.That(passed.IsPassed);
        Assert.That(passed.First.Times[^1], Is.EqualTo(30).Within(2).Percent);
        Assert.That(passed.Drift, Is.EqualTo(new EnergyDrift(passed.SecondEnergy - passed.FirstEnergy, passed.EnergyError)));
        SampleChain hasty = (Protocol with { ParticleCount = 200, Temperature = 0.6, RelaxationTime = 5, EquilibrationTime = 0.1 }).Open(0);
        hasty.Advance();
        EquilibrationTest failed = hasty.TestEquilibrium();
        Assert.Multiple(() =>
        {
            Assert.That(failed.IsPassed, Is.False);
            Assert.That(failed.IsLongEnough, Is.False);
            Assert.That(failed.Drift.IsWithinError, Is.False);
            Assert.That(failed.Drift.Difference, Is.Negative, "the liquid sheds energy on the way to equilibrium");
        });
    }

    [TestCase(LiquidMethod.MolecularDynamics, 1)]
    [TestCase(LiquidMethod.SwapMonteCarlo, 1)]
    [TestCase(LiquidMethod.Hybrid, 1)]
    [TestCase(LiquidMethod.Hybrid, 2)]
    public void A_chain_that_is_stopped_anywhere_and_saved_goes_on_to_the_bit(LiquidMethod method, int samples)
    {
        SamplingProtocol protocol = Protocol with { Model = GlassModel.Poly3D, ParticleCount = 250, Method = method, RelaxationTime = method == LiquidMethod.SwapMonteCarlo ? 20 : 0.1 };
        SampleChain whole = protocol.Open(0), stopped = protocol.Open(0);
        for (int sample = 0; sample < samples; sample++)
            whole.Advance();
        using var stop = new CancellationTokenSource();
        Assert.That(
            () =>
            {
                while (true)
                    stopped.Advance(new Act(() =>
                    {
                        if (stopped.Sample == samples - 2)
                            stop.Cancel();
                    }), stop.Token);
            },
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(stopped.Sample, Is.EqualTo(samples - 2));
        Assert.That(stopped.CanBeSaved);
        using MemoryStream memory = new();
        using BinaryWriter writer = new(memory);
        stopped.Save(writer);
        memory.Position = 0;
        using BinaryReader reader = new(memory);
        SampleChain restored = protocol.Open(0);
        restored.Restore(reader);
        List<double> fractions = [];
        restored.Advance(new Recorder(fractions));
        Assert.That(fractions[0], Is.GreaterThan(0.05), "the way that was gone already counts");
        AssertSame(restored.Liquid, whole.Liquid);
        // And the one that was stopped can go on itself.
        stopped.Advance();
        AssertSame(stopped.Liquid, whole.Liquid);
    }

    [Test]
    public void While_Monte_Carlo_is_tuned_a_chain_cannot_be_saved()
    {
        SampleChain chain = (Protocol with { Model = GlassModel.Poly3D, ParticleCount = 4000, Method = LiquidMethod.SwapMonteCarlo, RelaxationTime = 5 }).Open(0);
        Assert.That(chain.CanBeSaved);
        // Stopped in one of its first sweeps, of which tuning takes hundreds.
        using var stop = new CancellationTokenSource();
        var watch = new Thread(() =>
        {
            while (chain.Swaps!.Value.Trials == 0)
                Thread.Yield();
            stop.Cancel();
        })
        { IsBackground = true };
        watch.Start();
        Assert.That(() => chain.Advance(null, stop.Token), Throws.InstanceOf<OperationCanceledException>());
        watch.Join();
        Assert.That(chain.CanBeSaved, Is.False);
        Assert.That(() => chain.Advance(), Throws.InvalidOperationException.With.Message.Contains("tuned"));
    }

    [TestCase(LiquidMethod.MolecularDynamics)]
    [TestCase(LiquidMethod.SwapMonteCarlo)]
    [TestCase(LiquidMethod.Hybrid)]
    public void A_sample_says_by_itself_how_to_make_it_again(LiquidMethod method)
    {
        SamplingProtocol protocol = Protocol with
        {
            Model = (GlassModel.Poly3D with { NumberDensity = 0.63 }).With(new() { Cutoff = 1.35, NonAdditivity = 0.1 }),
            ParticleCount = 250,
            Method = method,
            RandomDiameters = true,
            RelaxationTime = method == LiquidMethod.SwapMonteCarlo ? 3 : 0.07,
            Spacing = method == LiquidMethod.SwapMonteCarlo ? 4 : 0.11,
            TimeStep = 0.003,
            Cooling = method == LiquidMethod.Hybrid ? new Cooling(3, 1.1) : null,
        };
        Configuration sample = protocol.Samples(5, 1).Single();
        Assert.That(sample.Properties.ContainsKey("swap_acceptance"), Is.EqualTo(method != LiquidMethod.MolecularDynamics));
        Assert.That(sample.Properties.ContainsKey("displacement_acceptance"), Is.EqualTo(method == LiquidMethod.SwapMonteCarlo));
        (SamplingProtocol read, long number) = SamplingProtocol.OfSample(sample);
        Assert.That(number, Is.EqualTo(5));
        Assert.That(read.Describe(), Is.EqualTo(protocol.Describe()));
        AssertSame(read.Samples(number, 1).Single(), sample);
        foreach (string key in new[] { "seed", "spacing", "cutoff", "method", "diameters", "sample" })
        {
            Configuration without = new(sample.Box, sample.Positions, sample.Diameters, sample.Types, sample.TypeNames, sample.Properties.Remove(key));
            Assert.That(() => SamplingProtocol.OfSample(without), Throws.ArgumentException.With.Message.Contains(key), key);
        }
        Assert.That(() => SamplingProtocol.OfSample(sample.WithProperties([new("potential", "another")])), Throws.ArgumentException.With.Message.Contains("potential"));
        Assert.That(() => SamplingProtocol.OfSample(sample.WithProperties([new("seed", "x")])), Throws.ArgumentException.With.Message.Contains("a number"));
    }

    [Test]
    public void Provenance_says_how_a_glass_can_be_made_again()
    {
        SampleChain chain = (Protocol with { Cooling = new Cooling(2, 1.0) }).Open(0);
        chain.Advance();
        ImmutableSortedDictionary<string, string> properties = chain.Prepare().Properties;
        Assert.That(properties["model"], Is.EqualTo("ipl-3d"));
        Assert.That(properties["preparation"], Is.EqualTo("cooled"));
        Assert.That(double.Parse(properties["cooling_rate"], CultureInfo.InvariantCulture), Is.EqualTo(2));
        Assert.That(double.Parse(properties["spacing"], CultureInfo.InvariantCulture), Is.EqualTo(0.3).Within(1).Ulps);
        Assert.That(properties.Keys, Is.SupersetOf(new[] { "potential", "density", "temperature", "final_temperature", "seed", "chain", "sample", "chain_length", "relaxation_time", "equilibration_time", "time_step", "made_by", "method" }));
    }

    [Test]
    public void Progress_rises_to_the_number_of_samples()
    {
        List<double> reports = [];
        _ = Protocol.Samples(2, 3, new Recorder(reports)).Count();
        Assert.That(reports, Is.Ordered);
        Assert.That(reports, Has.Count.GreaterThan(5));
        Assert.That(reports[^1], Is.EqualTo(3));
    }

    [Test]
    public void A_chain_ends()
    {
        SampleChain chain = (Protocol with { ChainLength = 1 }).Open(0);
        chain.Advance();
        Assert.That(() => chain.Advance(), Throws.InvalidOperationException);
    }

    [Test]
    public void Impossible_protocols_are_refused()
    {
        Assert.That(() => (Protocol with { Temperature = -1 }).Open(0), Throws.ArgumentException.With.Message.Contains("temperature is -1"));
        Assert.That(() => (Protocol with { ChainLength = 0 }).Open(0), Throws.ArgumentException);
        Assert.That(() => (Protocol with { Spacing = 0 }).Open(0), Throws.ArgumentException);
        Assert.That(() => (Protocol with { Cooling = new Cooling(1e-3, 3) }).Open(0), Throws.ArgumentException.With.Message.Contains("final temperature"));
        Assert.That(() => (Protocol with { ParticleCount = 101 }).Open(0), Throws.ArgumentException.With.Message.Contains("even"));
        Assert.That(() => (Protocol with { ParticleCount = 20 }).Open(0), Throws.ArgumentException.With.Message.Contains("box"));
    }

    [Test]
    public void The_usual_protocol_is_the_models_own()
    {
        SamplingProtocol ipl2 = SamplingProtocol.For(GlassModel.Ipl2D, 400), ipl3 = SamplingProtocol.For(GlassModel.Ipl3D, 2048), poly = SamplingProtocol.For(GlassModel.Poly3D, 2000, 1.30);
        Assert.That((ipl2.Temperature, ipl2.Cooling), Is.EqualTo((1.0, new Cooling(1e-3, 0.1))));
        Assert.That((ipl3.Temperature, ipl3.Cooling, ipl3.Method), Is.EqualTo((2.0, (Cooling?)null, LiquidMethod.MolecularDynamics)));
        Assert.That((poly.Cooling, poly.Method), Is.EqualTo(((Cooling?)null, LiquidMethod.Hybrid)));
    }

    [Test]
    public void An_unknown_relaxation_time_is_measured_the_same_each_time()
    {
        GlassModel model = GlassModel.Ipl3D with { NumberDensity = 0.7 };
        double? time = SamplingProtocol.For(model, 100, 2.5).RelaxationTime;
        Assert.That(time, Is.InRange(0.1, 1.5));
        Assert.That(SamplingProtocol.For(model, 100, 2.5).RelaxationTime, Is.EqualTo(time));
    }

    [Test]
    public void A_protocol_that_states_both_times_needs_no_relaxation_time_and_invents_none()
    {
        SamplingProtocol stated = Protocol with { RelaxationTime = null, EquilibrationTime = 0.1, Spacing = 0.05 };
        Configuration sample = stated.Samples(1, 1).Single();
        (SamplingProtocol read, long number) = SamplingProtocol.OfSample(sample);
        Assert.Multiple(() =>
        {
            Assert.That(sample.Properties.Keys, Does.Not.Contain("relaxation_time"));
            Assert.That((read.RelaxationTime, read.EquilibrationTime, read.Spacing, number), Is.EqualTo(((double?)null, 0.1, 0.05, 1L)));
            Assert.That(() => (stated with { Spacing = null }).Open(0), Throws.ArgumentException.With.Message.Contains("the relaxation time is not known; expected it, or both"));
        });
    }

    private static void AssertSame(Configuration actual, Configuration expected)
    {
        Assert.That(actual.Positions.ToArray(), Is.EqualTo(expected.Positions.ToArray()));
        Assert.That(actual.Diameters.ToArray(), Is.EqualTo(expected.Diameters.ToArray()));
        Assert.That(actual.Properties, Is.EqualTo(expected.Properties));
    }

    private sealed class Act(Action action) : IProgress<double>
    {
        public void Report(double value) => action();
    }

    private sealed class Recorder(List<double> reports) : IProgress<double>
    {
        public void Report(double value) => reports.Add(value);
    }
}
