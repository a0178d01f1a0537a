using System.Globalization;

namespace FastNqe.Ensembles;

/// <summary>One of K shards of an ensemble: the chains c with c mod K = I - 1. Written I/K, counted from 1.</summary>
/// <param name="Index">I, from 1 to K.</param>
/// <param name="Count">K.</param>
public readonly record struct ShardRange(int Index, int Count)
{
    /// <summary>The only shard.</summary>
    public static ShardRange Whole { get; } = new(1, 1);

    /// <summary>The name of the shard's store inside the ensemble's folder.</summary>
    public string FileName => $"{Prefix}{Index.ToString("0000", CultureInfo.InvariantCulture)}{Division}";

    /// <summary>Whether a store is one of so many shards as this; true for stores that are no shards.</summary>
    /// <param name="fileName">The name of a store without its folder.</param>
    internal bool IsOfSameDivision(string fileName) => !fileName.StartsWith(Prefix, StringComparison.Ordinal) || fileName.EndsWith(Division, StringComparison.Ordinal);

    private const string Prefix = "shard-";

    private string Division => string.Create(CultureInfo.InvariantCulture, $"-of-{Count:0000}.sqlite");

    /// <summary>Reads I/K.</summary>
    /// <exception cref="ArgumentException">The text is something else.</exception>
    public static ShardRange Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('/');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && index >= 1 && index <= count && count <= 9999)
            return new ShardRange(index, count);
        throw new ArgumentException($"the shard is \"{text}\"; expected I/K with 1 <= I <= K <= 9999, as in 3/16", nameof(text));
    }

    /// <summary>The shard's chains, in ascending order.</summary>
    public IEnumerable<int> Chains(int chainCount)
    {
        for (int chain = Index - 1; chain < chainCount; chain += Count)
            yield return chain;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");
}
