using System.Runtime.CompilerServices;

namespace FastNqe.Contractions;

/// <summary>The box in the form the kernels need: lengths, their reciprocals and tilts, ready to be spread over lanes.</summary>
internal readonly struct PeriodicCell(Box box)
{
    private readonly double _x = box.Side(0), _y = box.Side(1), _z = box.Side(2), _w = box.Side(3);
    private readonly double _perX = 1 / box.Side(0), _perY = 1 / box.Side(1), _perZ = 1 / box.Side(2), _perW = 1 / box.Side(3);
    private readonly double _xy = box.XY, _xz = box.XZ, _yz = box.YZ;
    private readonly bool _isTilted = box.IsTilted;

    /// <summary>The nearest image of a separation, exact below half of the box's smallest height. Axes go last to first, because a later lattice vector tilts along earlier axes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MinimumImage<T, TDim>(ref PairVector<T, TDim> r)
        where T : unmanaged, ILanes<T>
        where TDim : struct, IDimension
    {
        if (TDim.Value > 3)
            r.W = T.NegativeMultiplyAdd(T.Splat(_w), T.Round(r.W * T.Splat(_perW)), r.W);
        if (TDim.Value > 2)
        {
            T count = T.Round(r.Z * T.Splat(_perZ));
            r.Z = T.NegativeMultiplyAdd(T.Splat(_z), count, r.Z);
            if (_isTilted)
            {
                r.Y = T.NegativeMultiplyAdd(T.Splat(_yz), count, r.Y);
                r.X = T.NegativeMultiplyAdd(T.Splat(_xz), count, r.X);
            }
        }
        T countY = T.Round(r.Y * T.Splat(_perY));
        r.Y = T.NegativeMultiplyAdd(T.Splat(_y), countY, r.Y);
        if (_isTilted)
            r.X = T.NegativeMultiplyAdd(T.Splat(_xy), countY, r.X);
        r.X = T.NegativeMultiplyAdd(T.Splat(_x), T.Round(r.X * T.Splat(_perX)), r.X);
    }
}
