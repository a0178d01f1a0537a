namespace FastNqe.Ensembles;

/// <summary>How far an ensemble is.</summary>
/// <param name="Study">The study, with the largest number of samples among the stores.</param>
/// <param name="Done">Samples that succeeded, each counted once.</param>
/// <param name="Failures">Samples that failed and were not made elsewhere.</param>
/// <param name="Shards">Each store.</param>
/// <param name="MeanCost">The mean cost of a sample that succeeded, by stage.</param>
/// <param name="Unconverged">For every kind, the modes of these samples whose search did not converge.</param>
/// <param name="UnconvergedModuli">Glasses among these samples of which the linear solves behind the shear modulus did not converge.</param>
public sealed record EnsembleStatus(
    Study Study, int Done, IReadOnlyList<SampleFailure> Failures, IReadOnlyList<ShardStatus> Shards, SampleCost MeanCost, IReadOnlyList<UnconvergedModes> Unconverged, int UnconvergedModuli)
{
    /// <summary>Reads the stores; they may be in use.</summary>
    /// <param name="foldersAndFiles">Stores, or folders of stores.</param>
    /// <exception cref="StoreException">A store cannot be read, or they hold different studies.</exception>
    public static EnsembleStatus Of(IEnumerable<string> foldersAndFiles)
    {
        CommonStudy common = new();
        HashSet<int> done = [];
        List<SampleFailure> failures = [];
        List<ShardStatus> shards = [];
        double[] cost = new double[6];
        int moduli = 0;
        UnconvergedModes[] unconverged = [.. Enum.GetValues<ModeKind>().Select(kind => new UnconvergedModes(kind, 0, 0))];
        foreach (StoreConnection store in StoreFolder.Open(foldersAndFiles))
        {
            common.Add(store);
            HashSet<int> succeeded = store.Samples(withFailures: false);
            List<SampleFailure> failed = store.Guard(() => Failed(store));
            store.Guard(() => AddCost(store, cost));
            shards.Add(new ShardStatus(store.Path, succeeded.Count, failed.Count));
            // Of a sample that several stores have, the modes and moduli of the first.
            store.Guard(() => AddUnconverged(store, IsCounted, unconverged));
            moduli += store.Guard(() => UnconvergedModuliOf(store).Count(IsCounted));
            done.UnionWith(succeeded);
            failures.AddRange(failed);

            bool IsCounted(int sample) => succeeded.Contains(sample) && !done.Contains(sample);
        }
        double rows = Math.Max(1, shards.Sum(shard => shard.Done));
        return new EnsembleStatus(
            common.Study, done.Count, [.. failures.Where(failure => !done.Contains(failure.Sample)).DistinctBy(failure => failure.Sample).OrderBy(failure => failure.Sample)], shards,
            new SampleCost(cost[0] / rows, cost[1] / rows, cost[2] / rows, cost[3] / rows, cost[4] / rows, cost[5] / rows), unconverged, moduli);
    }

    private static List<SampleFailure> Failed(StoreConnection store)
    {
        using var command = store.Command("SELECT sample, seed, failure FROM glass WHERE failure IS NOT NULL ORDER BY sample");
        using var reader = command.ExecuteReader();
        List<SampleFailure> failures = [];
        while (reader.Read())
            failures.Add(new SampleFailure(reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        return failures;
    }

    private static void AddUnconverged(StoreConnection store, Predicate<int> isCounted, UnconvergedModes[] unconverged)
    {
        using var command = store.Command("SELECT sample, kind, end FROM mode WHERE NOT converged");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (!isCounted(reader.GetInt32(0)))
                continue;
            ref UnconvergedModes modes = ref unconverged[(int)StoreSql.Kind(reader.GetString(1))];
            bool isUndefined = !reader.IsDBNull(2) && reader.GetString(2) == StoreSql.Word(SearchEnd.Undefined);
            modes = modes with { Count = modes.Count + 1, Undefined = modes.Undefined + (isUndefined ? 1 : 0) };
        }
    }

    private static List<int> UnconvergedModuliOf(StoreConnection store)
    {
        using var command = store.Command("SELECT sample FROM glass WHERE NOT shear_modulus_converged");
        using var reader = command.ExecuteReader();
        List<int> samples = [];
        while (reader.Read())
            samples.Add(reader.GetInt32(0));
        return samples;
    }

    private static void AddCost(StoreConnection store, double[] cost)
    {
        string[] columns = StoreSchema.CostColumns[1..7];
        using var command = store.Command($"SELECT {string.Join(", ", columns.Select(column => $"total({column})"))} FROM cost JOIN glass USING (sample) WHERE failure IS NULL");
        using var reader = command.ExecuteReader();
        reader.Read();
        for (int k = 0; k < cost.Length; k++)
            cost[k] += reader.GetDouble(k);
    }
}

/// <summary>The modes of a kind whose search did not converge.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">How many, other harmonic modes and cubic starts than the kept one included.</param>
/// <param name="Undefined">Those among them whose cost function has no minimum there (<see cref="SearchEnd.Undefined"/>).</param>
public sealed record UnconvergedModes(ModeKind Kind, int Count, int Undefined);

/// <summary>A sample that failed.</summary>
/// <param name="Sample">Its number.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Reason">Why.</param>
public sealed record SampleFailure(int Sample, string Seed, string Reason);

/// <summary>How far one store is.</summary>
/// <param name="Path">The file.</param>
/// <param name="Done">Samples that succeeded.</param>
/// <param name="Failed">Samples that failed.</param>
public sealed record ShardStatus(string Path, int Done, int Failed);
