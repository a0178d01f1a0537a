namespace FastNqe;

/// <summary>Two successive runs of a liquid, to be compared: in equilibrium they do not differ.</summary>
/// <param name="First">The decay of the overlap in the first run.</param>
/// <param name="Second">The decay of the overlap in the second run.</param>
/// <param name="FirstEnergy">The mean potential energy of the first run.</param>
/// <param name="SecondEnergy">The mean potential energy of the second run.</param>
/// <param name="EnergyError">The standard error of the difference of the two means, from means over eighths of the runs.</param>
public sealed record EquilibrationTest(RelaxationCurve First, RelaxationCurve Second, double FirstEnergy, double SecondEnergy, double EnergyError)
{
    // Relaxation times of runs of this many relaxation times scatter by some ten percent.
    private const double LeastRelaxationTimes = 8;
    private const double LargestRatio = 1.5;
    private const int Frames = 96;
    private const int Blocks = 8;

    /// <summary>The mean of both runs' relaxation times; infinite if one did not relax.</summary>
    public double RelaxationTime => 0.5 * (First.OverlapTime + Second.OverlapTime);

    /// <summary>The change of the mean potential energy from the first run to the second [energy].</summary>
    public EnergyDrift Drift => new(SecondEnergy - FirstEnergy, EnergyError);

    /// <summary>Whether both runs were at least eight relaxation times long.</summary>
    public bool IsLongEnough => LeastRelaxationTimes * RelaxationTime < First.Times[^1];

    /// <summary>Whether the two relaxation times are within a factor of 1.5.</summary>
    public bool RelaxesAlike => Math.Max(First.OverlapTime, Second.OverlapTime) < LargestRatio * Math.Min(First.OverlapTime, Second.OverlapTime);

    /// <summary>Whether both runs were several relaxation times long, relaxed alike and had the same energy.</summary>
    public bool IsPassed => IsLongEnough && RelaxesAlike && Drift.IsWithinError;

    /// <summary>Runs a liquid twice.</summary>
    /// <param name="dynamics">The liquid; it moves on.</param>
    /// <param name="duration">The time of each run.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static EquilibrationTest Run(ILiquidDynamics dynamics, double duration, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dynamics);
        double unitLength = dynamics.Snapshot().UnitLength;
        long steps = Math.Max(1, (long)Math.Round(duration / dynamics.TimeStep / Frames));
        (RelaxationCurve first, double[] firstEnergies) = RunOnce();
        (RelaxationCurve second, double[] secondEnergies) = RunOnce();
        return new EquilibrationTest(first, second, firstEnergies.Average(), secondEnergies.Average(), Math.Sqrt(SquaredError(firstEnergies) + SquaredError(secondEnergies)));

        (RelaxationCurve Curve, double[] Energies) RunOnce()
        {
            List<double> energies = [];
            Trajectory trajectory = Trajectory.Record(dynamics, steps, Frames, () => energies.Add(dynamics.PotentialEnergy), cancellation);
            return (trajectory.Relaxation(unitLength), [.. energies]);
        }
    }

    private static double SquaredError(double[] values)
    {
        double[] means = [.. values.Chunk(values.Length / Blocks).Select(block => block.Average())];
        double mean = means.Average();
        return means.Sum(m => (m - mean) * (m - mean)) / (means.Length * (means.Length - 1));
    }
}

/// <summary>Measures the structural relaxation time of a protocol's liquid.</summary>
internal static class RelaxationMeasurement
{
    // The relaxation time hardly depends on the size beyond this one.
    private const int LargestSize = 1000;

    /// <summary>Runs ever longer until a liquid passes <see cref="EquilibrationTest"/>; depends on nothing but the protocol.</summary>
    /// <returns>The relaxation time [time, or sweeps].</returns>
    public static double Run(SamplingProtocol protocol, CancellationToken cancellation)
    {
        int particles = Math.Min(protocol.ParticleCount, LargestSize);
        Configuration start = LatticeStart.Make(protocol.Model, particles, new RandomSequence(protocol.Seed, 0, RandomPurpose.Measurement), protocol.RandomDiameters);
        ILiquidDynamics dynamics = SampleChain.Dynamics(protocol, start, new RandomSequence(protocol.Seed, 1, RandomPurpose.Measurement));
        double duration = 200 * dynamics.TimeStep;
        if (dynamics is SwapMonteCarlo monteCarlo)
            monteCarlo.Tune((int)duration, cancellation);
        while (true)
        {
            EquilibrationTest test = EquilibrationTest.Run(dynamics, duration, cancellation);
            if (test.IsPassed)
                return test.RelaxationTime;
            duration *= 2;
        }
    }
}
