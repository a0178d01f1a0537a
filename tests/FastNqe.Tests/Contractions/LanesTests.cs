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

    [Test]
    public void Rows_are_added_to_one_lane_after_the_other_even_if_several_lanes_name_the_same()
    {
        foreach (SimdWidth width in Widths.Supported)
        {
            for (int d = 2; d <= 3; d++)
            {
                var kernel = new AddRows(new double[32]);
                KernelDispatch.Run(ref kernel, d, width);
                int rowWidth = d == 2 ? 2 : 4;
                double[] expected = new double[32];
                for (int lane = 0; lane < (int)width; lane++)
                    for (int c = 0; c < rowWidth; c++)
                        expected[AddRows.RowOf(lane, rowWidth) + c] += 1 + lane + 10 * c;
                Assert.That(kernel.Result, Is.EqualTo(expected), $"{width}, rows of {rowWidth}");
            }
        }
    }

    private readonly struct AddRows(double[] result) : IKernel
    {
        public double[] Result { get; } = result;

        // Lanes 0, 1 and 2 the same row, and 5 the same as 7.
        public static int RowOf(int lane, int rowWidth) => (lane < 3 ? 0 : lane == 7 ? 5 : lane) * rowWidth;

        public void Run<T, TDim>()
            where T : unmanaged, ILanes<T>
            where TDim : struct, IDimension
        {
            double[] numbers = [1, 2, 3, 4, 5, 6, 7, 8];
            int[] rows = [.. Enumerable.Range(0, 8).Select(lane => RowOf(lane, TDim.RowWidth))];
            T x = T.Load(ref numbers[0], 0);
            if (TDim.RowWidth == 2)
                T.AddRows(ref Result[0], ref rows[0], x, x + T.Splat(10));
            else
                T.AddRows(ref Result[0], ref rows[0], x, x + T.Splat(10), x + T.Splat(20), x + T.Splat(30));
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
