namespace FastNqe;

/// <summary>
/// Guards working memory that serves one thread at a time: a second thread that comes meanwhile is refused, where both would get wrong numbers.
/// </summary>
/// <param name="what">Whose memory it is, for the message.</param>
internal sealed class ExclusiveUse(string what)
{
    private int _inUse;

    /// <summary>Begins a use; it ends when the result is disposed of.</summary>
    /// <exception cref="InvalidOperationException">Another thread is at work.</exception>
    public Turn Begin()
    {
        if (Interlocked.Exchange(ref _inUse, 1) != 0)
            throw new InvalidOperationException($"{what} is in use by another thread; every thread needs an inherent state of its own ({nameof(InherentState)}.{nameof(InherentState.At)})");
        return new Turn(this);
    }

    /// <summary>A use that has begun.</summary>
    public readonly ref struct Turn(ExclusiveUse of)
    {
        /// <summary>Ends it.</summary>
        public void Dispose() => Volatile.Write(ref of._inUse, 0);
    }
}
