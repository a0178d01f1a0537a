namespace FastNqe.Native;

/// <summary>
/// The caller's options with their defaults filled in. The progress function runs on the calling thread after every iteration; anything but
/// zero from it cancels.
/// </summary>
internal sealed unsafe class CallerOptions : IProgress<WorkProgress>, IDisposable
{
    private readonly CancellationTokenSource _cancelling = new();
    private readonly OptionsRecord _given;

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public CallerOptions(OptionsRecord* options)
    {
        _given = options is null ? default : *options;
        if (!(_given.Tolerance >= 0) || !double.IsFinite(_given.Tolerance))
            throw new ArgumentException($"the tolerance is {_given.Tolerance}; expected a positive number, or 0 for the default");
        if (_given.MaxSweeps is < 0 or > int.MaxValue)
            throw new ArgumentException($"the largest number of sweeps is {_given.MaxSweeps}; expected 1 to {int.MaxValue}, or 0 for the default");
    }

    public QuenchOptions ForQuench()
    {
        CheckMethod(0, "a quench has one");
        QuenchOptions defaults = new() { Cancellation = _cancelling.Token, Progress = this };
        return defaults with { ForceTolerance = Or(defaults.ForceTolerance), MaxSweeps = Or(defaults.MaxSweeps) };
    }

    public MinimiserOptions ForMode()
    {
        CheckMethod(1, "modes have 0 (one sweep per iteration) and 1 (macopt)");
        MinimiserOptions defaults = new() { Method = _given.Method == 1 ? Minimiser.Macopt : Minimiser.LineSweep, Cancellation = _cancelling.Token, Progress = this };
        return defaults with { Tolerance = Or(defaults.Tolerance), MaxSweeps = Or(defaults.MaxSweeps) };
    }

    public EigenpairOptions ForEigenpairs()
    {
        CheckMethod(2, "eigenpairs have 0 (Chebyshev filter), 1 (plain Lanczos) and 2 (shift-invert)");
        EigenpairOptions defaults = new() { Cancellation = _cancelling.Token };
        EigenpairMethod method = _given.Method switch { 0 => EigenpairMethod.ChebyshevFilter, 1 => EigenpairMethod.Plain, _ => EigenpairMethod.ShiftInvert };
        return defaults with { Method = method, Tolerance = Or(defaults.Tolerance), MaxApplications = Or(defaults.MaxApplications) };
    }

    public LinearSolveOptions ForLinearSolve()
    {
        CheckMethod(0, "a linear solve has one");
        LinearSolveOptions defaults = new() { Cancellation = _cancelling.Token, Progress = this };
        return defaults with { Tolerance = Or(defaults.Tolerance), MaxSweeps = Or(defaults.MaxSweeps) };
    }

    public void Report(WorkProgress value)
    {
        if (_given.Progress is not null && _given.Progress(_given.User, value.Sweeps, value.Residual) != 0)
            _cancelling.Cancel();
    }

    public void Dispose() => _cancelling.Dispose();

    private double Or(double otherwise) => _given.Tolerance > 0 ? _given.Tolerance : otherwise;

    private int Or(int otherwise) => _given.MaxSweeps > 0 ? (int)_given.MaxSweeps : otherwise;

    private void CheckMethod(int largest, string expected)
    {
        if (_given.Method < 0 || _given.Method > largest)
            throw new ArgumentException($"the method is {_given.Method}; {expected}");
    }
}
