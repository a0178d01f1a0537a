using FastNqe.Contractions;

namespace FastNqe.Tests;

/// <summary>Everything a pair law says about a list of pairs, computed so many lanes at a time.</summary>
internal static class LawValues
{
    /// <summary>Energy and slope, the four derivatives, the cutoff: seven rows of as many numbers as there are pairs, a multiple of eight.</summary>
    public static double[] Of<TLaw>(in TLaw law, SimdWidth width, double[] u, double[] sizeI, double[] sizeJ) where TLaw : struct, IPairLaw => width switch
    {
        SimdWidth.Avx512 => Of<TLaw, Lanes8>(law, u, sizeI, sizeJ),
        SimdWidth.Avx2 => Of<TLaw, Lanes4>(law, u, sizeI, sizeJ),
        _ => Of<TLaw, Lanes1>(law, u, sizeI, sizeJ),
    };

    private static double[] Of<TLaw, T>(in TLaw law, double[] u, double[] sizeI, double[] sizeJ)
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
            T[] all = [energy, slope, f1, f2, f3, f4, law.Cutoff(i, j)];
            for (int n = 0; n < all.Length; n++)
                T.Store(all[n], ref results[0], n * pairs + k);
        }
        return results;
    }
}
