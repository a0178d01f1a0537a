namespace FastNqe.Ensembles;

/// <summary>Errors by resampling: the scatter of an estimate among samples drawn, with replacement, from the sample.</summary>
internal static class Bootstrap
{
    /// <summary>How many resampled samples: their scatter is known to 5 %.</summary>
    public const int Rounds = 200;

    // A larger sample's error follows from a part of it as 1/√n; beyond this size that is far more accurate than needed.
    private const int LargestSample = 5_000;

    /// <summary>A number made of a sample.</summary>
    public delegate double Estimator<T>(ReadOnlySpan<T> sample);

    /// <summary>The standard error of an estimate; the same for the same seed.</summary>
    /// <param name="sample">What is independent of each other: glasses, where one has several values.</param>
    /// <param name="estimate">The estimate.</param>
    /// <param name="seed">Of the draws.</param>
    public static double StandardError<T>(ReadOnlySpan<T> sample, Estimator<T> estimate, int seed)
    {
        if (sample.Length < 2)
            return double.NaN;
        Random random = new(seed);
        int size = Math.Min(sample.Length, LargestSample);
        T[] resampled = new T[size];
        double sum = 0, squares = 0;
        for (int round = 0; round < Rounds; round++)
        {
            for (int k = 0; k < size; k++)
                resampled[k] = sample[random.Next(sample.Length)];
            double value = estimate(resampled);
            sum += value;
            squares += value * value;
        }
        double mean = sum / Rounds;
        return Math.Sqrt(Math.Max(0, squares / Rounds - mean * mean) * Rounds / (Rounds - 1)) * Math.Sqrt((double)size / sample.Length);
    }
}
