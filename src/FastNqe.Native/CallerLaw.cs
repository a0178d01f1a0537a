namespace FastNqe.Native;

/// <summary>The caller's own pair potential: two C functions, asked pair by pair.</summary>
internal readonly unsafe struct CallerLaw(
    delegate* unmanaged[Cdecl]<void*, double, double, double> cutoff,
    delegate* unmanaged[Cdecl]<void*, double, double, double, double*, void> derivatives,
    void* user,
    bool byDistance) : IPairLaw
{
    private const int MostLanes = 8;

    public static bool IsCostly => true;

    public T Cutoff<T>(T sizeI, T sizeJ) where T : unmanaged, ILanes<T>
    {
        double* i = stackalloc double[MostLanes], j = stackalloc double[MostLanes];
        T.Store(sizeI, ref *i, 0);
        T.Store(sizeJ, ref *j, 0);
        for (int lane = 0; lane < T.Count; lane++)
            i[lane] = Reach(i[lane], j[lane]);
        return T.Load(ref *i, 0);
    }

    public void Energy<T>(T u, T sizeI, T sizeJ, out T f0, out T f1) where T : unmanaged, ILanes<T>
    {
        double* f = stackalloc double[5 * MostLanes];
        T x = Evaluate(u, sizeI, sizeJ, f);
        (f0, f1) = (T.Load(ref *f, 0), T.Load(ref *f, MostLanes));
        if (byDistance)
            f1 = T.Splat(0.5) * f1 / x;
    }

    public void Derivatives<T>(T u, T sizeI, T sizeJ, out T f1, out T f2, out T f3, out T f4) where T : unmanaged, ILanes<T>
    {
        double* f = stackalloc double[5 * MostLanes];
        T x = Evaluate(u, sizeI, sizeJ, f);
        (f1, f2) = (T.Load(ref *f, MostLanes), T.Load(ref *f, 2 * MostLanes));
        (f3, f4) = (T.Load(ref *f, 3 * MostLanes), T.Load(ref *f, 4 * MostLanes));
        // A step of a quench may go where the energy is infinite; what stands still may not.
        for (int k = 0; k < 5 * MostLanes; k++)
            if (k % MostLanes < T.Count && !double.IsFinite(f[k]))
                throw new ArgumentException($"the pair function gave {f[k]} for phi[{k / MostLanes}]; expected a finite number");
        if (byDistance)
            SoftSpheres.ToSquares(T.Splat(1), T.Splat(1) / x, f1, f2, f3, f4, out f1, out f2, out f3, out f4);
    }

    // Slots without a particle have size zero.
    private double Reach(double sizeI, double sizeJ)
    {
        if (!(sizeI > 0 && sizeJ > 0))
            return 0;
        double reach = cutoff(user, sizeI, sizeJ);
        return reach > 0 && double.IsFinite(reach)
            ? reach
            : throw new ArgumentException($"the cutoff function gave {reach} for the sizes {sizeI} and {sizeJ}; expected a positive finite number");
    }

    // f[order·8 + lane] from the caller's variable, which is returned. Lanes of filled-up places and beyond the cutoff are not the caller's
    // business: zero.
    private T Evaluate<T>(T u, T sizeI, T sizeJ, double* f) where T : unmanaged, ILanes<T>
    {
        T variable = byDistance ? T.Sqrt(u) : u;
        double* squares = stackalloc double[4 * MostLanes];
        double* x = squares + MostLanes, i = squares + 2 * MostLanes, j = squares + 3 * MostLanes;
        T.Store(u, ref *squares, 0);
        T.Store(variable, ref *x, 0);
        T.Store(sizeI, ref *i, 0);
        T.Store(sizeJ, ref *j, 0);
        double* pair = stackalloc double[5];
        for (int lane = 0; lane < T.Count; lane++)
        {
            new Span<double>(pair, 5).Clear();
            double reach = Reach(i[lane], j[lane]);
            if (squares[lane] > 0 && squares[lane] < reach * reach)
                derivatives(user, x[lane], i[lane], j[lane], pair);
            for (int order = 0; order < 5; order++)
                f[order * MostLanes + lane] = pair[order];
        }
        return variable;
    }
}
