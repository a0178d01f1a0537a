namespace FastNqe;

/// <summary>
/// Isolated ARPACK instances, handed out to one solve at a time and kept for the next: as many as there ever were solves at once.
/// </summary>
/// <param name="library">The library to make instances of.</param>
/// <param name="copies">Whether to try private copies at all.</param>
internal sealed class ArpackPool(ArpackLibrary library, bool copies = true)
{
    private static readonly Lazy<ArpackPool> ForThisMachine = new(() =>
    {
        ArpackPool pool = new(ArpackLibrary.Default);
        // Elsewhere a copy's file is gone as soon as it is loaded; Windows lets go of it only with the library.
        if (OperatingSystem.IsWindows())
            AppDomain.CurrentDomain.ProcessExit += (_, _) => pool.Clear();
        return pool;
    });

    private readonly Stack<ArpackInstance> _idle = new();
    private bool _sharedExists;

    /// <summary>The pool over this machine's library.</summary>
    /// <exception cref="ArpackNotFoundException">There is no library.</exception>
    public static ArpackPool Default => ForThisMachine.Value;

    /// <summary>Takes an instance; waits for one only where the library cannot be loaded more than once.</summary>
    public ArpackInstance Rent()
    {
        lock (_idle)
        {
            while (true)
            {
                if (_idle.TryPop(out ArpackInstance? idle))
                    return idle;
                if (copies && library.TryCreateInstance() is { } created)
                    return created;
                if (!_sharedExists)
                {
                    _sharedExists = true;
                    return library.SharedInstance();
                }
                Monitor.Wait(_idle);
            }
        }
    }

    /// <summary>
    /// Gives an instance back. A tainted private copy is not handed out again: results would depend on what ran before, for example on how
    /// many of ARPACK's random numbers were used. The shared instance is, since there is no other. Of its work space only a small one is kept.
    /// </summary>
    public void Return(ArpackInstance instance)
    {
        if (instance.Tainted && instance.IsPrivateCopy)
        {
            instance.Dispose();
            return;
        }
        instance.Trim();
        lock (_idle)
        {
            _idle.Push(instance);
            Monitor.Pulse(_idle);
        }
    }

    private void Clear()
    {
        lock (_idle)
            while (_idle.TryPop(out ArpackInstance? idle))
                idle.Dispose();
    }
}
