using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>A scalar of a whole sweep, from its lanes.</summary>
internal static class SweepScalars
{
    public static double Sum<T>(T lanes) where T : unmanaged, ILanes<T>
    {
        Span<double> values = stackalloc double[SlicedList.SliceSize];
        values.Clear();
        T.Store(lanes, ref values[0], 0);
        return LaneSum.Of(values);
    }
}
