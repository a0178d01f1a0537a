using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace FastNqe.Ensembles;

/// <summary>
/// Makes the samples of a shard that its folder does not have yet. Threads share out chains; one more thread commits finished samples, several at a time when
/// they come fast. Killed at any moment it loses only samples that were not committed, and makes them again, the same to the bit, when run again.
/// </summary>
public sealed class EnsembleRun : IDisposable
{
    // Enough to keep the workers busy through a slow commit, few enough to lose little.
    private const int QueueLength = 256;

    private readonly Study _study;
    private readonly ISampleSource _source;
    private readonly RunOptions _options;
    private readonly HashSet<int> _done, _failed;
    private readonly Dictionary<int, (int Sample, byte[] State)> _states;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly BlockingCollection<Finished> _finished = new(QueueLength);
    private Exception? _fault;

    private EnsembleRun(Study study, ISampleSource source, RunOptions options, HashSet<int> done, HashSet<int> failed, Dictionary<int, (int Sample, byte[] State)> states) =>
        (_study, _source, _options, _done, _failed, _states) = (study, source, options, done, failed, states);

    /// <summary>Works until the shard is complete.</summary>
    /// <param name="study">What to make. Its number of samples is that of the source.</param>
    /// <param name="folder">Where the stores of the ensemble are; made if missing.</param>
    /// <param name="source">Makes the samples.</param>
    /// <param name="options">Threads, shard, progress.</param>
    /// <param name="stop">Stops cleanly: what is finished is committed.</param>
    /// <returns>How far the shard is; less than complete only if stopped.</returns>
    /// <exception cref="StoreException">Another process works on this shard, the folder holds another study or liquids of another protocol, or a store cannot be written (a full disk).</exception>
    public static RunProgress Run(Study study, string folder, ISampleSource source, RunOptions options, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Threads < 1)
            throw new ArgumentException($"the number of threads is {options.Threads}; expected at least 1", nameof(options));
        study = study with { Samples = source.SampleCount };
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, options.Shard.FileName);
        using ShardLock shardLock = ShardLock.Take(path);
        string? protocol = source.Protocol is { } made ? StoredProtocol.ToJson(made) : null;
        using StoreConnection store = StoreConnection.Write(path, study, protocol);
        store.Rename(study);
        HashSet<int> done = store.Samples(withFailures: false), failed = store.Samples(withFailures: true);
        // Samples made under another number of shards count too.
        foreach (string other in StoreFolder.Stores(folder).Where(other => other != path))
            AddSamples(other, study.Identity, protocol, done, failed);
        failed.ExceptWith(done);
        // What is to be tried again is neither done nor failed.
        if (options.RetryFailures)
            failed.Clear();
        done.UnionWith(failed);
        using EnsembleRun run = new(study, source, options, done, failed, store.ChainStates());
        return run.Work(store, stop);
    }

    /// <inheritdoc/>
    public void Dispose() => _finished.Dispose();

    private static void AddSamples(string path, string identity, string? protocol, HashSet<int> succeeded, HashSet<int> all)
    {
        // Shards that start at the same time find each other's stores before there is anything in them.
        using StoreConnection? store = StoreConnection.ReadUnlessEmpty(path);
        if (store is null)
            return;
        StoreFolder.CheckSameStudy(store, identity, protocol);
        succeeded.UnionWith(store.Samples(withFailures: false));
        all.UnionWith(store.Samples(withFailures: true));
    }

    private RunProgress Work(StoreConnection store, CancellationToken stop)
    {
        int[] wanted = [.. _options.Shard.Chains(_study.ChainCount).SelectMany(chain => Samples(chain))];
        int doneBefore = wanted.Count(_done.Contains);
        ConcurrentQueue<int> chains = new(wanted.Where(sample => !_done.Contains(sample)).Select(_study.ChainOf).Distinct());
        RunProgress progress = new(wanted.Length, doneBefore, wanted.Count(_failed.Contains), 0, _clock.Elapsed);
        _options.Progress?.Invoke(progress);

        using CancellationTokenSource halt = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Thread[] workers = [.. Enumerable.Range(0, Math.Min(_options.Threads, chains.Count)).Select(index =>
            new Thread(() => Guarded(() => MakeChains(chains, halt.Token), halt)) { Name = $"samples {index}", IsBackground = true })];
        Thread closer = new(() => CloseAfter(workers)) { Name = "samples end", IsBackground = true };
        foreach (Thread worker in workers)
            worker.Start();
        closer.Start();

        Guarded(() => progress = CommitAll(store, progress), halt);
        // If committing failed, workers may wait for room in the queue: halting wakes them.
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
            _options.Progress?.Invoke(progress);
        }
        return progress;
    }

    private void MakeChains(ConcurrentQueue<int> chains, CancellationToken halt)
    {
        while (!halt.IsCancellationRequested && chains.TryDequeue(out int chain))
            MakeChain(chain, halt);
    }

    private void MakeChain(int chain, CancellationToken halt)
    {
        int[] samples = [.. Samples(chain)];
        int last = Array.FindLastIndex(samples, sample => !_done.Contains(sample));
        using ISampleChain run = Resumed(chain, samples, out int first);
        string? broken = null;
        LiquidKeeper keeper = new(run, chain, _options.LiquidAtRisk, liquid => _finished.TryAdd(new Finished(null, default, liquid, EndsChain: false)));
        for (int k = first; k <= last; k++)
        {
            halt.ThrowIfCancellationRequested();
            double start = ThreadClock.Seconds;
            broken ??= Reason(() => keeper.Advance(samples[k], halt), "the liquid run ended: ");
            double liquidSeconds = ThreadClock.Seconds - start;
            if (_done.Contains(samples[k]))
                continue;
            (SampleResult? Result, SampleCost Cost) sample = default;
            string? failure = broken ?? Reason(() => sample = run.Analyse(samples[k], halt), "");
            failure ??= NotFinite(sample.Result!);
            SampleResult result = failure is null ? sample.Result! : SampleResult.Failed(samples[k], chain, run.Seed, run.SourceOf(samples[k]), failure);
            bool endsChain = k == _study.ChainLength - 1;
            KeptLiquid? liquid = broken is null && !endsChain ? keeper.IfAtRisk(samples[k]) : null;
            _finished.Add(new Finished(result, sample.Cost with { LiquidSeconds = sample.Cost.LiquidSeconds + liquidSeconds }, liquid, endsChain), halt);
        }
    }

    // Where an earlier run kept the liquid, if no sample before that is wanted; else from the beginning.
    private ISampleChain Resumed(int chain, int[] samples, out int next)
    {
        next = 0;
        ISampleChain run = _source.Open(chain);
        if (!_states.TryGetValue(chain, out (int Sample, byte[] State) kept) || samples.Any(sample => sample <= kept.Sample && !_done.Contains(sample)))
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
            return _source.Open(chain);
        }
    }

    private IEnumerable<int> Samples(int chain)
    {
        (int first, int length) = _study.SamplesOf(chain).GetOffsetAndLength(_study.Samples);
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
