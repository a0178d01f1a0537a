using System.Runtime.CompilerServices;

namespace FastNqe;

/// <summary>What the laws of overlapping spheres share: y = u/sigma² with additive diameters, sigma = ½(lambda_i + lambda_j), and s = r/sigma = √y.</summary>
internal static class SoftSpheres
{
    /// <summary>sigma.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Contact<T>(T sizeI, T sizeJ) where T : unmanaged, ILanes<T> => T.Splat(0.5) * (sizeI + sizeJ);

    /// <summary>1/sigma², s = r/sigma and 1/s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale<T>(T u, T sizeI, T sizeJ, out T inverseSquare, out T s, out T inverseS) where T : unmanaged, ILanes<T>
    {
        T sigma = Contact(sizeI, sizeJ);
        inverseSquare = T.Splat(1) / (sigma * sigma);
        s = T.Sqrt(u * inverseSquare);
        inverseS = T.Splat(1) / s;
    }

    /// <summary>From the derivatives of phi with respect to s to those with respect to u: d/du = 1/(2 sigma² s) d/ds, four times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ToSquares<T>(T inverseSquare, T inverseS, T g1, T g2, T g3, T g4, out T f1, out T f2, out T f3, out T f4) where T : unmanaged, ILanes<T>
    {
        T h1 = g1 * inverseS;
        T h2 = g2 - h1;
        T h3 = T.NegativeMultiplyAdd(T.Splat(3) * inverseS, h2, g3);
        // g4 - 6 g3/s + 15 g2/s² - 15 g1/s³
        T h4 = T.MultiplyAdd(T.Splat(15) * inverseS * inverseS, h2, T.NegativeMultiplyAdd(T.Splat(6) * inverseS, g3, g4));
        T step = T.Splat(0.5) * inverseSquare, perStep = step * inverseS;
        f1 = step * h1;
        f2 = perStep * perStep * h2;
        f3 = perStep * perStep * perStep * h3;
        f4 = perStep * perStep * perStep * perStep * h4;
    }
}
