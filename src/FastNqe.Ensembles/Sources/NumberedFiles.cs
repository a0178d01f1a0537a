namespace FastNqe.Ensembles;

/// <summary>
/// The files of a folder with the numbers of their samples. A file keeps the number under which a store has it, though files with other names came or went;
/// the others get the free numbers in the order of their names.
/// </summary>
internal sealed class NumberedFiles
{
    private readonly Dictionary<int, string?> _files;

    /// <summary>Gives every file its number.</summary>
    /// <param name="names">The files that are there now.</param>
    /// <param name="before">The samples that there are already, with their files (null where that is not known); those numbers are not given again.</param>
    public NumberedFiles(IEnumerable<string> names, IReadOnlyDictionary<int, string?> before)
    {
        _files = before.ToDictionary();
        int number = 0;
        foreach (string name in names.Except(before.Values.OfType<string>()).Order(StringComparer.Ordinal))
        {
            while (_files.ContainsKey(number))
                number++;
            _files[number] = name;
        }
        Count = _files.Count == 0 ? 0 : _files.Keys.Max() + 1;
    }

    /// <summary>One more than the largest number.</summary>
    public int Count { get; }

    /// <summary>The file of a sample; null if it was removed before it was analysed.</summary>
    public string? this[int sample] => _files.GetValueOrDefault(sample);
}
