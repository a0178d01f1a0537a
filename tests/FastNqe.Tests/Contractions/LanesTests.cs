using FastNqe.Contractions;

namespace FastNqe.Tests;

/// <summary>Operations of lanes that no sum over pairs shows by itself: what becomes of numbers at a bound, or none.</summary>
public sealed class LanesTests
{
    [TestCase(0.5, true)]
    [TestCase(0.0, false)]
    [TestCase(-0.0, false)]
    [TestCase(2.0, false)]
    [TestCase(3.0, false)]
    [TestCase(double.Epsilon, true)]
    [TestCase(double.NaN, false)]
    public void Numbers_are_kept_strictly_between_the_bounds_and_whatever_else_they_are_becomes_zero(double x, bool isKept)
    {
        foreach (SimdWidth width in Widths.Supported)
        {
            var kernel = new Keep(x, new double[16]);
            KernelDispatch.Run(ref kernel, 3, width);
            int lanes = (int)width;
            Assert.That(kernel.Result[..lanes], Is.All.EqualTo(isKept ? 7.0 : 0.0), $"{width}, the first");
            // A number that is none is discarded as well.
            Assert.That(kernel.Result[8..(8 + lanes)], Is.All.EqualTo(isKept ? double.NaN : 0.0), $"{width}, the second");
        }
    }

    private readonly struct Keep(double x, double[] result) : IKernel
    {
        public double[] Result { get; } = result;

        public void Run<T, TDim>()
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            T a = T.Splat(7), b = T.Splat(double.NaN);
            T.KeepBetween(T.Splat(0), T.Splat(x), T.Splat(2), ref a, ref b);
            T.Store(a, ref Result[0], 0);
            T.Store(b, ref Result[8], 0);
        }
    }
}
