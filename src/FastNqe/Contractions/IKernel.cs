namespace FastNqe.Contractions;

/// <summary>Code written once for every vector width and dimension; <see cref="KernelDispatch"/> picks the instantiation.</summary>
internal interface IKernel
{
    void Run<T, TDim>()
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension;
}

/// <summary>The one place where a width and a dimension known at run time become types.</summary>
/// <remarks>The generic calls are listed literally, so that ahead-of-time compilation sees every instantiation.</remarks>
internal static class KernelDispatch
{
    public static void Run<TKernel>(ref TKernel kernel, int dimension, SimdWidth width)
        where TKernel : struct, IKernel, allows ref struct
    {
        switch (width)
        {
            case SimdWidth.Avx512: Run<TKernel, Lanes8>(ref kernel, dimension); break;
            case SimdWidth.Avx2: Run<TKernel, Lanes4>(ref kernel, dimension); break;
            default: Run<TKernel, Lanes1>(ref kernel, dimension); break;
        }
    }

    private static void Run<TKernel, T>(ref TKernel kernel, int dimension)
        where TKernel : struct, IKernel, allows ref struct
        where T : unmanaged, ILanes<T>
    {
        switch (dimension)
        {
            case 2: kernel.Run<T, D2>(); break;
            case 3: kernel.Run<T, D3>(); break;
            default: kernel.Run<T, D4>(); break;
        }
    }
}
