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
        Evaluate(u, sizeI, sizeJ, f);
        (f0, f1) = (T.Load(ref *f, 0), T.Load(ref *f, MostLanes));
    }

    public void Derivatives<T>(T u, T sizeI, T sizeJ, out T f1, out T f2, out T f3, out T f4) where T : unmanaged, ILanes<T>
    {
        double* f = stackalloc double[5 * MostLanes];
        Evaluate(u, sizeI, sizeJ, f);
        (f1, f2) = (T.Load(ref *f, MostLanes), T.Load(ref *f, 2 * MostLanes));
        (f3, f4) = (T.Load(ref *f, 3 * MostLanes), T.Load(ref *f, 4 * MostLanes));
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

    // f[order·8 + lane]. Lanes of filled-up places and beyond the cutoff are not the caller's business: zero.
    private void Evaluate<T>(T u, T sizeI, T sizeJ, double* f) where T : unmanaged, ILanes<T>
    {
        double* squares = stackalloc double[3 * MostLanes];
        double* i = squares + MostLanes, j = squares + 2 * MostLanes;
        T.Store(u, ref *squares, 0);
        T.Store(sizeI, ref *i, 0);
        T.Store(sizeJ, ref *j, 0);
        double* pair = stackalloc double[5];
        for (int lane = 0; lane < T.Count; lane++)
        {
            new Span<double>(pair, 5).Clear();
            double square = squares[lane], reach = Reach(i[lane], j[lane]);
            if (square > 0 && square < reach * reach)
            {
                derivatives(user, byDistance ? Math.Sqrt(square) : square, i[lane], j[lane], pair);
                if (byDistance)
                    ToSquaredDistance(Math.Sqrt(square), new Span<double>(pair, 5));
            }
            for (int order = 0; order < 5; order++)
                f[order * MostLanes + lane] = pair[order];
        }
    }

    /// <summary>Derivatives with respect to r turned into those with respect to u = r², by d/du = (1/2r) d/dr.</summary>
    internal static void ToSquaredDistance(double r, Span<double> phi)
    {
        double t = 1 / r, half = 0.5 * t;
        (double p1, double p2, double p3, double p4) = (phi[1], phi[2], phi[3], phi[4]);
        phi[1] = half * p1;
        phi[2] = half * half * (p2 - t * p1);
        phi[3] = half * half * half * (p3 - 3 * t * (p2 - t * p1));
        phi[4] = half * half * half * half * (p4 - t * (6 * p3 - 15 * t * (p2 - t * p1)));
    }
}
