using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace FastNqe.Ensembles;

/// <summary>The samples of a shard at work: threads share out chains; one more thread commits finished samples, several at a time when they come fast.</summary>
/// <param name="study">What to make.</param>
/// <param name="source">Makes the samples.</param>
/// <param name="options">Threads, shard, progress.</param>
/// <param name="done">Samples that need not be made, failures among them.</param>
/// <param name="failed">The failures.</param>
/// <param name="states">Where liquids stood when they were last kept, by chain.</param>
internal sealed class ShardWork(
    Study study, ISampleSource source, RunOptions options, HashSet<int> done, HashSet<int> failed, Dictionary<int, (int Sample, byte[] State)> states) : IDisposable
{
    // Enough to keep the workers busy through a slow commit, few enough to lose little.
    private const int QueueLength = 256;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly BlockingCollection<Finished> _finished = new(QueueLength);
    private Exception? _fault;

    /// <inheritdoc/>
    public void Dispose() => _finished.Dispose();

    /// <summary>Makes what is missing.</summary>
    /// <param name="store">Where finished samples go.</param>
    /// <param name="stop">Stops cleanly: what is finished is committed.</param>
    public RunProgress Run(StoreConnection store, CancellationToken stop)
    {
        int[] wanted = [.. options.Shard.Chains(study.ChainCount).SelectMany(chain => Samples(chain))];
        int doneBefore = wanted.Count(done.Contains);
        ConcurrentQueue<int> chains = new(wanted.Where(sample => !done.Contains(sample)).Select(study.ChainOf).Distinct());
        RunProgress progress = new(wanted.Length, doneBefore, wanted.Count(failed.Contains), 0, _clock.Elapsed);
        options.Progress?.Invoke(progress);

        // Whoever has finished a sample waits for room in the queue even when told to halt; only a store that fails ends that.
        using CancellationTokenSource full = new(), halt = CancellationTokenSource.CreateLinkedTokenSource(stop, full.Token);
        Thread[] workers = [.. Enumerable.Range(0, Math.Min(options.Threads, chains.Count)).Select(index =>
            new Thread(() => Guarded(() => MakeChains(chains, halt.Token, full.Token), halt)) { Name = $"samples {index}", IsBackground = true })];
        Thread closer = new(() => CloseAfter(workers)) { Name = "samples end", IsBackground = true };
        foreach (Thread worker in workers)
            worker.Start();
        closer.Start();

        Guarded(() => progress = CommitAll(store, progress), full);
        closer.Join();
        if (_fault is not null)
            ExceptionDispatchInfo.Throw(_fault);
        return progress with { Elapsed = _clock.Elapsed };
    }

    private void CloseAfter(Thread[] workers)
    {
        foreach (Thread worker in workers)
            worker.Join();
        _finished.CompleteAdding();
    }

    private RunProgress CommitAll(StoreConnection store, RunProgress progress)
    {
        using SampleWriter writer = new(store);
        List<Finished> batch = [];
        Dictionary<int, double> ways = [];
        foreach (Finished first in _finished.GetConsumingEnumerable())
        {
            batch.Clear();
            batch.Add(first);
            while (batch.Count < QueueLength && _finished.TryTake(out Finished? next))
                batch.Add(next);
            writer.Commit(batch);
            foreach (Finished finished in batch)
                if (finished.Result is { } result)
                    ways.Remove(result.Chain);
                else
                    ways[finished.Liquid!.Chain] = finished.Liquid.Way;
            progress = progress with
            {
                Done = progress.Done + batch.Count(finished => finished.Result is not null),
                MadeNow = progress.MadeNow + batch.Count(finished => finished.Result is not null),
                Failed = progress.Failed + batch.Count(finished => finished.Result?.Failure is not null),
                Elapsed = _clock.Elapsed,
                Way = ways.Count > 0 ? ways.Values.Average() : null,
            };
            options.Progress?.Invoke(progress);
        }
        return progress;
    }

    private void MakeChains(ConcurrentQueue<int> chains, CancellationToken halt, CancellationToken full)
    {
        while (!halt.IsCancellationRequested && chains.TryDequeue(out int chain))
            MakeChain(chain, halt, full);
    }

    private void MakeChain(int chain, CancellationToken halt, CancellationToken full)
    {
        int[] samples = [.. Samples(chain)];
        int last = Array.FindLastIndex(samples, sample => !done.Contains(sample));
        using ISampleChain run = Resumed(chain, samples, out int first);
        string? broken = null;
        LiquidKeeper keeper = new(run, chain, options.LiquidAtRisk, liquid => _finished.TryAdd(new Finished(null, default, liquid, EndsChain: false)));
        for (int k = first; k <= last; k++)
        {
            halt.ThrowIfCancellationRequested();
            double start = ThreadClock.Seconds;
            broken ??= Reason(() => keeper.Advance(samples[k], halt), "the liquid run ended: ");
            double liquidSeconds = ThreadClock.Seconds - start;
            if (done.Contains(samples[k]))
                continue;
            (SampleResult? Result, SampleCost Cost) sample = default;
            string? failure = broken ?? Reason(() => sample = run.Analyse(samples[k], halt), "");
            failure ??= NotFinite(sample.Result!);
            SampleResult result = failure is null ? sample.Result! : SampleResult.Failed(samples[k], chain, run.Seed, run.SourceOf(samples[k]), failure);
            bool endsChain = k == study.ChainLength - 1;
            KeptLiquid? liquid = broken is null && !endsChain ? keeper.IfAtRisk(samples[k]) : null;
            _finished.Add(new Finished(result, sample.Cost with { LiquidSeconds = sample.Cost.LiquidSeconds + liquidSeconds }, liquid, endsChain), full);
        }
    }

    // Where an earlier run kept the liquid, if no sample before that is wanted; else from the beginning.
    private ISampleChain Resumed(int chain, int[] samples, out int next)
    {
        next = 0;
        ISampleChain run = source.Open(chain);
        if (!states.TryGetValue(chain, out (int Sample, byte[] State) kept) || samples.Any(sample => sample <= kept.Sample && !done.Contains(sample)))
            return run;
        try
        {
            run.Restore(kept.State);
            next = kept.Sample - samples[0] + 1;
            return run;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            run.Dispose();
            return source.Open(chain);
        }
    }

    private IEnumerable<int> Samples(int chain)
    {
        (int first, int length) = study.SamplesOf(chain).GetOffsetAndLength(study.Samples);
        return Enumerable.Range(first, length);
    }

    // A sample's own failure as a sentence; what would fail every sample (no ARPACK, no memory) stops the run.
    private static string? Reason(Action action, string prefix)
    {
        try
        {
            action();
            return null;
        }
#pragma warning disable CA1031 // Whatever goes wrong with one sample is recorded and does not stop the others.
        catch (Exception exception) when (exception is not (OperationCanceledException or ArpackNotFoundException or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or TypeInitializationException or OutOfMemoryException))
#pragma warning restore CA1031
        {
            return $"{prefix}{exception.GetType().Name}: {exception.Message}".ReplaceLineEndings("; ");
        }
    }

    // A number that is none must not look like a result.
    private static string? NotFinite(SampleResult result)
    {
        foreach (ModeRow mode in result.Modes)
            foreach ((string name, double value) in new[]
                {
                    ("stiffness", mode.Stiffness), ("cubic coefficient", mode.CubicCoefficient), ("quartic coefficient", mode.QuarticCoefficient),
                    ("participation ratio", mode.ParticipationRatio), ("residual", mode.Residual),
                })
                if (!double.IsFinite(value))
                    return $"the {name} of the {StoreSql.Word(mode.Kind)} mode is {value}";
        return null;
    }

    private void Guarded(Action action, CancellationTokenSource halt)
    {
        try
        {
            action();
        }
        catch (OperationCanceledException) when (halt.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // Rethrown by the thread that called Run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _fault, exception, null);
            halt.Cancel();
        }
    }
}
