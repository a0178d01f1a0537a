using System.Diagnostics;
using FastNqe.Benchmarks.Peer;

namespace FastNqe.Benchmarks.Quick;

/// <summary>Times of one call [ns]: the minimum and the median of many bursts.</summary>
internal readonly record struct Timing(double Minimum, double Median);

/// <summary>Two contestants' times, and the median of the ratios first/second taken burst by burst.</summary>
internal readonly record struct PairedTiming(Timing First, Timing Second, double Ratio);

/// <summary>
/// Times two pieces of work in turn, a burst of one and a burst of the other, by the thread's processor time unless told otherwise. What the
/// machine does besides takes cache and bandwidth from both alike, and its share of the processor from neither.
/// </summary>
internal static class InterleavedTimer
{
    private const double Burst = 1e6, WarmUp = 1e8;
    private const int WarmUps = 3, FewestRounds = 15;

    /// <summary>Measures both.</summary>
    /// <param name="first">One piece of work.</param>
    /// <param name="second">The other.</param>
    /// <param name="seconds">How long; longer if there would be fewer than 15 rounds.</param>
    /// <param name="clock">The clock [s], or null for the thread's processor time.</param>
    public static PairedTiming Measure(Action first, Action second, double seconds, Func<double>? clock = null)
    {
        clock ??= NativePeer.ThreadSeconds;
        int firstCalls = Calibrate(first, clock), secondCalls = Calibrate(second, clock);
        List<double> firstTimes = [], secondTimes = [], ratios = [];
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < FewestRounds || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; round++)
        {
            double a, b;
            // Who begins alternates: the burst after a pause of the other's data in the cache is a little slower.
            if (round % 2 == 0)
                (a, b) = (Time(first, firstCalls, clock), Time(second, secondCalls, clock));
            else
                (b, a) = (Time(second, secondCalls, clock), Time(first, firstCalls, clock));
            firstTimes.Add(a);
            secondTimes.Add(b);
            ratios.Add(a / b);
        }
        return new PairedTiming(Summarise(firstTimes), Summarise(secondTimes), Median(ratios));
    }

    /// <summary>Measures one.</summary>
    public static Timing Measure(Action work, double seconds, Func<double>? clock = null)
    {
        clock ??= NativePeer.ThreadSeconds;
        int calls = Calibrate(work, clock);
        List<double> times = [];
        long start = Stopwatch.GetTimestamp();
        while (times.Count < FewestRounds || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
            times.Add(Time(work, calls, clock));
        return Summarise(times);
    }

    // The runtime compiles its last tier in the background, after a tenth of a second in which nothing new was called: work and wait by turns.
    private static int Calibrate(Action work, Func<double> clock)
    {
        double once = double.PositiveInfinity;
        for (int warmUp = 0; warmUp < WarmUps; warmUp++)
        {
            double spent = 0;
            for (int calls = 0; calls < 30 || spent < WarmUp; calls++)
            {
                double time = Time(work, 1, clock);
                once = Math.Min(once, time);
                spent += time;
                if (spent > 5 * WarmUp)
                    break;
            }
            Thread.Sleep(150);
        }
        return (int)Math.Max(1, Burst / once);
    }

    private static double Time(Action work, int calls, Func<double> clock)
    {
        double start = clock();
        for (int k = 0; k < calls; k++)
            work();
        return 1e9 * (clock() - start) / calls;
    }

    private static Timing Summarise(List<double> times) => new(times.Min(), Median(times));

    private static double Median(List<double> values)
    {
        values.Sort();
        int middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
    }
}
