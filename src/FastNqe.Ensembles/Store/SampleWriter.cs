using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace FastNqe.Ensembles;

/// <summary>Writes samples into a store. A sample is in it whole or not at all.</summary>
internal sealed class SampleWriter : IDisposable
{
    private readonly StoreConnection _store;
    private readonly SqliteCommand _glass, _mode, _cost, _keptGlass, _keptMode, _clear, _state, _endChain;

    /// <summary>A writer for an open store, which it does not own.</summary>
    public SampleWriter(StoreConnection store)
    {
        _store = store;
        _glass = Insert("glass", StoreSchema.GlassColumns);
        _mode = Insert("mode", StoreSchema.ModeColumns);
        _cost = Insert("cost", StoreSchema.CostColumns);
        _keptGlass = Insert("kept_glass", ["sample", "box", "positions", "diameters", "types"]);
        _keptMode = Insert("kept_mode", ["sample", "kind", "rank", "vector"]);
        _state = store.Command("INSERT OR REPLACE INTO chain_state (chain, sample, version, state) VALUES ($chain, $sample, $version, $state)");
        foreach (string name in new[] { "$chain", "$sample", "$version", "$state" })
            _state.Parameters.Add(new SqliteParameter { ParameterName = name });
        _endChain = store.Command("DELETE FROM chain_state WHERE chain = $chain");
        _endChain.Parameters.AddWithValue("$chain", 0);
        _clear = store.Command(StoreSql.DeleteSample);
        _clear.Parameters.AddWithValue("$sample", 0);
    }

    /// <summary>Commits samples and liquids in one transaction; returns when they are on the disk. A sample that was a failure before is replaced.</summary>
    /// <exception cref="StoreException">They could not be written; none of them is in the store.</exception>
    public void Commit(IReadOnlyCollection<Finished> batch) => _store.Guard(() =>
    {
        using SqliteTransaction transaction = _store.Begin();
        foreach (SqliteCommand command in Commands())
            command.Transaction = transaction;
        foreach (Finished finished in batch)
        {
            if (finished.Result is { } result)
                Write(result, finished.Cost);
            if (finished.Liquid is { } liquid)
                Run(_state, liquid.Chain, liquid.Sample, Provenance.Version, liquid.State);
            if (finished.EndsChain)
                Run(_endChain, finished.Result!.Chain);
        }
        transaction.Commit();
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SqliteCommand command in Commands())
            command.Dispose();
    }

    private SqliteCommand[] Commands() => [_glass, _mode, _cost, _keptGlass, _keptMode, _clear, _state, _endChain];

    private void Write(SampleResult result, SampleCost cost)
    {
        _clear.Parameters[0].Value = result.Sample;
        _clear.ExecuteNonQuery();
        GlassRow? glass = result.Glass;
        Run(_glass,
            result.Sample, result.Chain, result.Seed, result.Failure, result.Source, glass?.Particles, glass?.Dimension, glass?.Density, glass?.Protocol,
            glass?.Energy, glass?.Pressure, glass?.MaxForce, glass?.Pairs, glass?.ShearModulus, glass?.ShearModulusConverged, glass?.SwapAcceptance, glass?.CrystallineShare);
        foreach (ModeRow mode in result.Modes)
        {
            string kind = StoreSql.Word(mode.Kind);
            double? Nu(int plane) => plane < mode.ShearCouplings.Count ? mode.ShearCouplings[plane] : null;
            Run(_mode,
                result.Sample, kind, mode.Rank, mode.Start, mode.Stiffness, mode.Frequency, mode.CubicCoefficient, mode.QuarticCoefficient,
                mode.ParticipationRatio, mode.Energy, mode.OverlapHarmonic, mode.OverlapQuartic, mode.QuarticFieldNorm,
                Nu(0), Nu(1), Nu(2), Nu(3), Nu(4), Nu(5), mode.Residual, mode.Converged, mode.End is { } end ? StoreSql.Word(end) : null, mode.Iterations, mode.Sweeps);
            if (mode.Vector is not null)
                Run(_keptMode, result.Sample, kind, mode.Rank, Bytes(mode.Vector));
        }
        Run(_cost,
            result.Sample, cost.LiquidSeconds, cost.QuenchSeconds, cost.HarmonicSeconds, cost.QuarticSeconds, cost.CubicSeconds, cost.OtherSeconds,
            Environment.MachineName, Provenance.Version, Provenance.Simd, DateTime.UtcNow.ToString("O"));
        if (result.Kept is { } kept)
            Run(_keptGlass, result.Sample, StoreSql.Pack(kept.Box), Bytes(kept.Positions), Bytes(kept.Diameters), MemoryMarshal.AsBytes(kept.Types).ToArray());
    }

    private SqliteCommand Insert(string table, string[] columns)
    {
        SqliteCommand command = _store.Command($"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(column => "$" + column))})");
        foreach (string column in columns)
            command.Parameters.Add(new SqliteParameter { ParameterName = "$" + column });
        return command;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (int k = 0; k < values.Length; k++)
            command.Parameters[k].Value = values[k] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    // Little endian, as every machine that .NET runs on.
    private static byte[] Bytes(ReadOnlySpan<double> numbers) => MemoryMarshal.AsBytes(numbers).ToArray();
}
