using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace FastNqe;

/// <summary>
/// The thread count of an OpenBLAS, which belongs to the whole process: one from when the first call from here begins until the last one ends, then
/// what it was before, so that a program that shares the library keeps its own.
/// </summary>
internal sealed unsafe class BlasThreadCount
{
    private static readonly ConcurrentDictionary<nint, BlasThreadCount> All = new();

    private readonly Lock _gate = new();
    private readonly delegate* unmanaged[Cdecl]<int, void> _set;
    private readonly delegate* unmanaged[Cdecl]<int> _get;
    private int _borrowers, _owners;

    private BlasThreadCount(nint set, nint get)
    {
        _set = (delegate* unmanaged[Cdecl]<int, void>)set;
        _get = (delegate* unmanaged[Cdecl]<int>)get;
    }

    /// <summary>The one count of a loaded OpenBLAS, whichever library depends on it.</summary>
    /// <param name="openBlas">The library, or one that depends on it.</param>
    public static BlasThreadCount Of(nint openBlas) => All.GetOrAdd(
        NativeLibrary.GetExport(openBlas, "openblas_set_num_threads"), set => new(set, NativeLibrary.GetExport(openBlas, "openblas_get_num_threads")));

    /// <summary>One thread from here on.</summary>
    public void Borrow()
    {
        lock (_gate)
        {
            if (_borrowers++ > 0)
                return;
            _owners = _get();
            _set(1);
        }
    }

    /// <summary>The owner's count again, once nobody here needs one thread any more.</summary>
    public void Return()
    {
        lock (_gate)
        {
            if (--_borrowers == 0)
                _set(_owners);
        }
    }
}
