namespace FastNqe.Ensembles;

/// <summary>What the stores of one ensemble have in common: the study, with the largest number of samples among them, and the protocol of its liquids.</summary>
internal sealed class CommonStudy
{
    private Study? _study;
    private string? _protocol;

    /// <summary>The study.</summary>
    /// <exception cref="StoreException">No store was taken into account.</exception>
    public Study Study => _study ?? throw new StoreException("the stores are empty: no run has begun with a sample yet");

    /// <summary>The protocol; null where there are no liquids.</summary>
    public IReadOnlyDictionary<string, string>? Protocol => _protocol is null ? null : StoredProtocol.Parse(_protocol);

    /// <summary>Takes one more store into account.</summary>
    /// <exception cref="StoreException">It holds another study than those before, or its liquids were made by another protocol; the message says in what it differs.</exception>
    public void Add(StoreConnection store)
    {
        if (_study is not null)
            StoreFolder.CheckSameStudy(store, _study.Identity, _protocol);
        Study here = store.Study();
        // An ensemble only grows.
        _study = _study is null || here.Samples > _study.Samples ? here : _study;
        _protocol ??= store.Protocol();
    }
}
