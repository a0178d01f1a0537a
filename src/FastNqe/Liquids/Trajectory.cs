namespace FastNqe;

/// <summary>How a liquid forgets where its particles were, as functions of the time between two frames.</summary>
/// <param name="Times">The lag times; 0 first [time, or sweeps].</param>
/// <param name="Overlap">Q(t): the share of particles displaced by less than the overlap length.</param>
/// <param name="Scattering">F_s(k, t): the mean cosine of k times a displacement's component.</param>
/// <param name="SquaredDisplacement">The mean squared displacement [length²].</param>
public sealed record RelaxationCurve(double[] Times, double[] Overlap, double[] Scattering, double[] SquaredDisplacement)
{
    /// <summary>The structural relaxation time: when Q has fallen to 1/e. Infinite if it has not.</summary>
    public double OverlapTime => TimeOfDecay(Overlap);

    /// <summary>When F_s has fallen to 1/e. Infinite if it has not.</summary>
    public double ScatteringTime => TimeOfDecay(Scattering);

    private double TimeOfDecay(double[] values)
    {
        const double Level = 1 / Math.E;
        for (int k = 1; k < values.Length; k++)
            if (values[k] < Level)
                return Times[k - 1] + (Times[k] - Times[k - 1]) * (values[k - 1] - Level) / (values[k - 1] - values[k]);
        return double.PositiveInfinity;
    }
}

/// <summary>Frames of a liquid at even intervals, and what they say about its relaxation. Serves molecular dynamics and Monte Carlo alike.</summary>
/// <param name="dimension">d.</param>
/// <param name="interval">The time from one frame to the next.</param>
public sealed class Trajectory(int dimension, double interval)
{
    /// <summary>The overlap length in units of a0 = (V/N)^(1/d): a third of the way to a neighbour.</summary>
    public const double OverlapLength = 0.3;

    /// <summary>The wave number in units of 1/a0: near the first peak of the structure factor.</summary>
    public const double WaveNumber = 7;

    // Origins nearer to each other than the relaxation time are not independent: more of them cost time and add little.
    private const int MostOrigins = 16;

    private readonly List<double[]> _frames = [];

    /// <summary>The number of frames.</summary>
    public int FrameCount => _frames.Count;

    /// <summary>Runs a liquid and takes frames: one now and one after each interval.</summary>
    /// <param name="dynamics">The liquid.</param>
    /// <param name="steps">Steps from one frame to the next.</param>
    /// <param name="count">The number of intervals.</param>
    /// <param name="atFrame">Called at every frame but the first.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static Trajectory Record(ILiquidDynamics dynamics, long steps, int count, Action? atFrame = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dynamics);
        Configuration now = dynamics.Snapshot();
        Trajectory trajectory = new(now.Dimension, steps * dynamics.TimeStep);
        trajectory.Add(now.Positions);
        for (int frame = 0; frame < count; frame++)
        {
            dynamics.Run(steps, cancellation);
            trajectory.Add(dynamics.Snapshot().Positions);
            atFrame?.Invoke();
        }
        return trajectory;
    }

    /// <summary>Adds a frame.</summary>
    /// <param name="positions">N·d coordinates, not wrapped into the box.</param>
    /// <exception cref="ArgumentException">Their number is another than in the frame before.</exception>
    public void Add(ReadOnlySpan<double> positions)
    {
        if (_frames.Count > 0 && positions.Length != _frames[0].Length)
            throw new ArgumentException($"a frame has {positions.Length} coordinates; expected {_frames[0].Length}", nameof(positions));
        _frames.Add(positions.ToArray());
    }

    /// <summary>The decay of overlap and scattering function, averaged over all particles and some twenty origins of time.</summary>
    /// <param name="unitLength">a0 [length].</param>
    public RelaxationCurve Relaxation(double unitLength)
    {
        int lags = _frames.Count;
        double limit = OverlapLength * unitLength * OverlapLength * unitLength, k = WaveNumber / unitLength;
        double[] times = new double[lags], overlap = new double[lags], scattering = new double[lags], displacement = new double[lags];
        for (int lag = 0; lag < lags; lag++)
        {
            times[lag] = lag * interval;
            long near = 0, particles = 0;
            double cosines = 0, squares = 0;
            int origins = lags - lag, stride = Math.Max(1, origins / MostOrigins);
            for (int origin = 0; origin < origins; origin += stride)
            {
                double[] from = _frames[origin], to = _frames[origin + lag];
                for (int i = 0; i < from.Length; i += dimension, particles++)
                {
                    double square = 0;
                    for (int axis = 0; axis < dimension; axis++)
                    {
                        double step = to[i + axis] - from[i + axis];
                        square += step * step;
                        cosines += Math.Cos(k * step);
                    }
                    near += square < limit ? 1 : 0;
                    squares += square;
                }
            }
            (overlap[lag], scattering[lag], displacement[lag]) = ((double)near / particles, cosines / (particles * dimension), squares / particles);
        }
        return new RelaxationCurve(times, overlap, scattering, displacement);
    }
}
