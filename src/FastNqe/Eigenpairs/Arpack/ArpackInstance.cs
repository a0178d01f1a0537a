using System.Runtime.InteropServices;

namespace FastNqe;

/// <summary>
/// One loaded copy of ARPACK-NG with its work space: the two routines of the ISO C interface, for either width of integers.
/// </summary>
/// <remarks>All arrays of integers are buffers of the library's width, read and written through <see cref="Get"/> and <see cref="Set"/>.</remarks>
internal sealed unsafe class ArpackInstance : IDisposable
{
    private const int IntegerSlots = 32;

    private readonly nint _handle;
    private readonly nint _saupd;
    private readonly nint _seupd;
    private readonly bool _wide;
    private readonly Blas _blas;
    private readonly string? _copy;
    private byte* _integers;
    private double* _workspace;
    private nuint _workspaceLength;

    /// <param name="handle">The loaded library.</param>
    /// <param name="integerBits">32 or 64.</param>
    /// <param name="blas">The linear algebra that it calls.</param>
    /// <param name="copy">The file that was copied for this instance, or null for the library as it was found.</param>
    public ArpackInstance(nint handle, int integerBits, Blas blas, string? copy)
    {
        _handle = handle;
        _saupd = NativeLibrary.GetExport(handle, "dsaupd_c");
        _seupd = NativeLibrary.GetExport(handle, "dseupd_c");
        _wide = integerBits == 64;
        _blas = blas;
        _copy = copy;
        _integers = (byte*)NativeMemory.AllocZeroed(4 * IntegerSlots, sizeof(long));
        Status = _integers;
        Request = _integers + sizeof(long);
        Parameters = _integers + IntegerSlots * sizeof(long);
        Pointers = _integers + 2 * IntegerSlots * sizeof(long);
    }

    /// <summary>Frees the library copy and the work space.</summary>
    ~ArpackInstance() => Release();

    /// <summary>Whether this instance has static data that no other has.</summary>
    public bool IsPrivateCopy => _copy is not null;

    /// <summary>Set by a solve that left traces in the static data: ARPACK drew random numbers to replace an exhausted basis, or was interrupted by an exception.</summary>
    public bool Tainted { get; set; }

    /// <summary>ido, in the library's width.</summary>
    public byte* Request { get; }

    /// <summary>info, in the library's width.</summary>
    public byte* Status { get; }

    /// <summary>iparam, 11 integers in the library's width.</summary>
    public byte* Parameters { get; }

    /// <summary>ipntr, 11 integers in the library's width.</summary>
    public byte* Pointers { get; }

    /// <summary>Element k of an integer array.</summary>
    public long Get(byte* array, int k = 0) => _wide ? ((long*)array)[k] : ((int*)array)[k];

    /// <summary>Sets element k of an integer array.</summary>
    public void Set(byte* array, int k, long value)
    {
        if (_wide)
            ((long*)array)[k] = value;
        else
            ((int*)array)[k] = (int)value;
    }

    // In numbers: 64 MB. What is larger is not kept for a next solve that may never come.
    private const nuint LargestKept = 8 << 20;

    /// <summary>
    /// Work space of at least that many numbers, kept between solves; always aligned alike, since the linear algebra below may
    /// round differently at other alignments.
    /// </summary>
    public double* Workspace(nuint length)
    {
        if (length > _workspaceLength)
        {
            // Nothing to free again if there is no memory now.
            FreeWorkspace();
            _workspace = (double*)NativeMemory.AlignedAlloc(length * sizeof(double), 4096);
            _workspaceLength = length;
        }
        return _workspace;
    }

    /// <summary>Gives a large work space back to the system.</summary>
    public void Trim()
    {
        if (_workspaceLength > LargestKept)
            FreeWorkspace();
    }

    /// <summary>How many numbers the work space holds.</summary>
    public nuint WorkspaceLength => _workspaceLength;

    private void FreeWorkspace()
    {
        NativeMemory.AlignedFree(_workspace);
        _workspace = null;
        _workspaceLength = 0;
    }

    /// <summary>dsaupd: the next step of the reverse communication.</summary>
    public void Saupd(byte* which, int n, int nev, double tolerance, double* residual, int ncv, double* basis, int leading, double* workd, double* workl, int lworkl)
    {
        byte kind = (byte)'I';
        using Blas.Hold turn = _blas.Turn();
        if (_wide)
            ((delegate* unmanaged[Cdecl]<long*, byte*, long, byte*, long, double, double*, long, double*, long, long*, long*, double*, double*, long, long*, void>)_saupd)(
                (long*)Request, &kind, n, which, nev, tolerance, residual, ncv, basis, leading, (long*)Parameters, (long*)Pointers, workd, workl, lworkl, (long*)Status);
        else
            ((delegate* unmanaged[Cdecl]<int*, byte*, int, byte*, int, double, double*, int, double*, int, int*, int*, double*, double*, int, int*, void>)_saupd)(
                (int*)Request, &kind, n, which, nev, tolerance, residual, ncv, basis, leading, (int*)Parameters, (int*)Pointers, workd, workl, lworkl, (int*)Status);
    }

    /// <summary>dseupd: eigenvalues, and eigenvectors in place of the basis, after dsaupd has finished; select is work space for ncv integers.</summary>
    public void Seupd(byte* select, double* eigenvalues, byte* which, int n, int nev, double tolerance, double* residual, int ncv, double* basis, int leading, double* workd, double* workl, int lworkl)
    {
        (byte kind, byte all) = ((byte)'I', (byte)'A');
        using Blas.Hold turn = _blas.Turn();
        if (_wide)
            ((delegate* unmanaged[Cdecl]<long, byte*, long*, double*, double*, long, double, byte*, long, byte*, long, double, double*, long, double*, long, long*, long*, double*, double*, long, long*, void>)_seupd)(
                1, &all, (long*)select, eigenvalues, basis, leading, 0, &kind, n, which, nev, tolerance, residual, ncv, basis, leading, (long*)Parameters, (long*)Pointers, workd, workl, lworkl, (long*)Status);
        else
            ((delegate* unmanaged[Cdecl]<int, byte*, int*, double*, double*, int, double, byte*, int, byte*, int, double, double*, int, double*, int, int*, int*, double*, double*, int, int*, void>)_seupd)(
                1, &all, (int*)select, eigenvalues, basis, leading, 0, &kind, n, which, nev, tolerance, residual, ncv, basis, leading, (int*)Parameters, (int*)Pointers, workd, workl, lworkl, (int*)Status);
    }

    /// <summary>
    /// The width of a library's integers, told from how it reports an error: dsaupd is called with n = 0, which it must refuse with
    /// a negative info before it does anything. Written with 32 bits that leaves the upper half of a zeroed 64-bit number zero.
    /// </summary>
    /// <exception cref="ArpackNotFoundException">The answer is neither: this is not the routine it is named after.</exception>
    public static int IntegerBitsOf(nint saupd, string path)
    {
        long* slots = stackalloc long[64];
        new Span<long>(slots, 64).Clear();
        double* numbers = stackalloc double[64];
        long* request = slots, status = slots + 1, parameters = slots + 2, pointers = slots + 32;
        byte kind = (byte)'I';
        byte* which = stackalloc byte[] { (byte)'L', (byte)'A' };
        // Zeros have the same bits in both widths, so the narrow signature is safe for either.
        ((delegate* unmanaged[Cdecl]<int*, byte*, long, byte*, long, double, double*, long, double*, long, int*, int*, double*, double*, long, int*, void>)saupd)(
            (int*)request, &kind, 0, which, 0, 0, numbers, 0, numbers, 0, (int*)parameters, (int*)pointers, numbers, numbers, 0, (int*)status);
        return *status switch
        {
            < 0 and > -10_000 => 64,
            > 0 when (int)*status is < 0 and > -10_000 && *status >> 32 == 0 => 32,
            _ => throw ArpackNotFoundException.Because($"{path}: dsaupd_c answers a call with n = 0 by info = {*status}; expected a negative number of 32 or 64 bits"),
        };
    }

    /// <summary>Deletes a library copy if the system lets it go; Windows does so only after it is unloaded.</summary>
    public static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Still mapped: Dispose tries again.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        if (_integers is null)
            return;
        NativeMemory.Free(_integers);
        FreeWorkspace();
        _integers = null;
        if (_copy is null)
            return;
        NativeLibrary.Free(_handle);
        TryDelete(_copy);
    }
}
