using System.Globalization;
using System.Runtime.InteropServices;
using FastNqe.Benchmarks.Glasses;
using FastNqe.Benchmarks.Peer;

namespace FastNqe.Benchmarks.Quick;

/// <summary>
/// What the C interface adds: the same contraction of the same glass through the shared library and inside .NET, burst by burst in turn.
/// </summary>
/// <remarks>Two compilers are compared as well: the library is compiled ahead of time, .NET's code as it runs.</remarks>
internal static unsafe class InterfaceOverhead
{
    private const double Seconds = 5;

    /// <summary>Prints the table.</summary>
    /// <param name="library">The shared library that suits this processor.</param>
    /// <param name="particles">N of the glass, in three dimensions.</param>
    public static int Run(string library, int particles)
    {
        nint loaded = NativeLibrary.Load(Path.GetFullPath(library));
        Configuration configuration = BenchmarkGlass.Load(new GlassSize(3, particles));
        InherentState glass = InherentState.At(configuration, BenchmarkGlass.Model(3).Potential);
        ulong handle = GlassAt(loaded, configuration);

        int size = 3 * particles;
        PinnedField z = PinnedField.Random(size, 1), product = new(size), quartic = new(size), theirs = new(size);
        var hessian = (delegate* unmanaged[Cdecl]<ulong, double*, double*, long, double*, int>)NativeLibrary.GetExport(loaded, "fnqe_hessian_product");
        var contraction = (delegate* unmanaged[Cdecl]<ulong, double*, double*, double*, long, double*, int>)NativeLibrary.GetExport(loaded, "fnqe_quartic_contraction");

        PairedTiming products = InterleavedTimer.Measure(
            () => Check(hessian(handle, z.Address, theirs.Address, size, null)), () => glass.HessianProduct(z.Values, product.Values), Seconds);
        if (!theirs.Values.SequenceEqual(product.Values))
            throw new InvalidOperationException("the library's Hessian product has other bits than .NET's");
        PairedTiming quartics = InterleavedTimer.Measure(
            () => Check(contraction(handle, z.Address, product.Address, theirs.Address, size, null)), () => glass.QuarticContraction(z.Values, product.Values, quartic.Values), Seconds);
        if (!theirs.Values.SequenceEqual(quartic.Values))
            throw new InvalidOperationException("the library's quartic contraction has other bits than .NET's");

        Console.WriteLine($"3D, N = {particles}, {Simd.Width}; processor time of one call [us]: minimum (median)");
        Print("Hessian product", products);
        Print("quartic contraction", quartics);
        return 0;
    }

    private static void Print(string name, in PairedTiming timing) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name,-20} C interface {timing.First.Minimum / 1e3:F1} ({timing.First.Median / 1e3:F1})   .NET {timing.Second.Minimum / 1e3:F1} ({timing.Second.Median / 1e3:F1})   ratio of minima {timing.First.Minimum / timing.Second.Minimum:F3}, median ratio {timing.Ratio:F3}"));

    private static ulong GlassAt(nint library, Configuration configuration)
    {
        var model = (delegate* unmanaged[Cdecl]<byte*, ulong*, int>)NativeLibrary.GetExport(library, "fnqe_potential_model");
        var at = (delegate* unmanaged[Cdecl]<NativeSystem*, ulong, ulong*, int>)NativeLibrary.GetExport(library, "fnqe_glass_at");
        ulong potential, glass;
        fixed (byte* name = "ipl-3d\0"u8)
            Check(model(name, &potential));
        fixed (double* positions = configuration.Positions, diameters = configuration.Diameters)
        {
            NativeSystem system = new()
            {
                Dimension = 3,
                Particles = configuration.ParticleCount,
                Positions = positions,
                PositionsSize = configuration.Positions.Length,
                Diameters = diameters,
                DiametersSize = configuration.ParticleCount,
            };
            for (int axis = 0; axis < 3; axis++)
                system.Box[4 * axis] = configuration.Box.Length(axis);
            Check(at(&system, potential, &glass));
        }
        return glass;
    }

    private static void Check(int status)
    {
        if (status != 0)
            throw new InvalidOperationException($"the library returned status {status}");
    }

    /// <summary>fnqe_system of native/include/fastnqe.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct NativeSystem
    {
        public int Dimension, Reserved;
        public long Particles;
        public fixed double Box[16];
        public double* Positions;
        public long PositionsSize;
        public double* Diameters;
        public long DiametersSize;
        public int* Types;
        public long TypesSize, ParticleStride, ComponentStride;
    }
}
