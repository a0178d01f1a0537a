using FastNqe.Contractions;

namespace FastNqe.Tests;

/// <summary>Everything a pair law says about a list of pairs, computed so many lanes at a time.</summary>
internal static class LawValues
{
    /// <summary>Energy and slope, the four derivatives, the cutoff: seven rows of as many numbers as there are pairs, a multiple of eight.</summary>
    /// <param name="law">The law.</param>
    /// <param name="width">How many lanes.</param>
    /// <param name="u">Squared distances.</param>
    /// <param name="sizeI">Sizes of one particle of every pair.</param>
    /// <param name="sizeJ">Sizes of the other one.</param>
    /// <param name="expanded">Whether derivatives are asked of what the law keeps of a pair.</param>
    public static double[] Of<TLaw>(in TLaw law, SimdWidth width, double[] u, double[] sizeI, double[] sizeJ, bool expanded = false) where TLaw : struct, IPairLaw => width switch
    {
        SimdWidth.Avx512 => Of<TLaw, Lanes8>(law, u, sizeI, sizeJ, expanded),
        SimdWidth.Avx2 => Of<TLaw, Lanes4>(law, u, sizeI, sizeJ, expanded),
        _ => Of<TLaw, Lanes1>(law, u, sizeI, sizeJ, expanded),
    };

    private static double[] Of<TLaw, T>(in TLaw law, double[] u, double[] sizeI, double[] sizeJ, bool expanded)
        where TLaw : struct, IPairLaw
        where T : unmanaged, ILanes<T>
    {
        int pairs = u.Length;
        double[] results = new double[7 * pairs];
        for (int k = 0; k < pairs; k += T.Count)
        {
            (T lanes, T i, T j) = (T.Load(ref u[0], k), T.Load(ref sizeI[0], k), T.Load(ref sizeJ[0], k));
            law.Energy(lanes, i, j, out T energy, out T slope);
            law.Derivatives(lanes, i, j, out T f1, out T f2, out T f3, out T f4);
            if (expanded)
            {
                law.Reduce(lanes, i, j, out T first, out T second);
                law.Expand(lanes, first, second, out f1, out f2, out f3, out f4);
                (f1, f2, f3, f4) = (f1 / T.Splat(2), f2 / T.Splat(4), f3 / T.Splat(8), f4 / T.Splat(16));
            }
            T[] all = [energy, slope, f1, f2, f3, f4, law.Cutoff(i, j)];
            for (int n = 0; n < all.Length; n++)
                T.Store(all[n], ref results[0], n * pairs + k);
        }
        return results;
    }
}
