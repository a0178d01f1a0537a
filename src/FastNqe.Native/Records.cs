using System.Runtime.InteropServices;
using FastNqe.Contractions;

namespace FastNqe.Native;

/// <summary>fnqe_table: the pair energy of two types.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TableRecord
{
    public int TypeI;
    public int TypeJ;
    public double First;
    public double Cutoff;
    public double* Rows;
    public long RowsSize;

    /// <summary>Copies the table.</summary>
    /// <exception cref="ArgumentException">The pointer is null, or the size that of no array.</exception>
    public readonly TabulatedPair ToPair(int number)
    {
        Caller.CheckNotNull(Rows, $"the rows of table {number}");
        return RowsSize >= 0 && RowsSize <= Array.MaxLength
            ? new TabulatedPair(TypeI, TypeJ, First, Cutoff, new ReadOnlySpan<double>(Rows, (int)RowsSize).ToArray())
            : throw new ArgumentException($"table {number} has {RowsSize} numbers; expected five for each row");
    }
}

/// <summary>fnqe_system: the caller's particles.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SystemRecord
{
    public int Dimension;
    public int Reserved;
    public long Particles;
    public fixed double Box[16];
    public double* Positions;
    public long PositionSize;
    public double* Diameters;
    public long DiameterSize;
    public int* Types;
    public long TypeSize;
    public long ParticleStride;
    public long ComponentStride;

    /// <summary>Copies the particles.</summary>
    /// <exception cref="ArgumentException">A number is out of range, a pointer null, or an array too short.</exception>
    public readonly Configuration ToConfiguration(out FieldLayout layout)
    {
        if (Dimension is < 2 or > 4)
            throw new ArgumentException($"dimension is {Dimension}; expected 2, 3 or 4");
        if (Diameters is null && Types is null)
            throw new ArgumentException("diameters and types are both null pointers; expected one of them");
        Box box = ToBox();
        layout = (ParticleStride, ComponentStride) switch
        {
            (0, 0) => FieldLayout.RowMajor(Dimension),
            ( > 0 and <= int.MaxValue, > 0 and <= int.MaxValue) => new((int)ParticleStride, (int)ComponentStride),
            _ => throw new ArgumentException($"the particle stride is {ParticleStride} and the component stride {ComponentStride}; expected both positive, or both 0 for x0 y0 ... x1 y1 ..."),
        };
        CallerFields fields = new(Particles, Dimension, layout);
        return new Configuration(
            box,
            fields.Pack(Positions, PositionSize, "positions"),
            Caller.PerParticle(Diameters, DiameterSize, Particles, "diameters"),
            Caller.PerParticle(Types, TypeSize, Particles, "types"));
    }

    private readonly Box ToBox()
    {
        int d = Dimension;
        Span<double> lengths = stackalloc double[d];
        for (int row = 0; row < d; row++)
        {
            lengths[row] = Element(row, row);
            for (int column = row + 1; column < d; column++)
                if (Element(row, column) != 0)
                    throw new ArgumentException($"element {row},{column} of the box matrix is {Element(row, column)}; its rows are the lattice vectors and it has to be lower triangular");
        }
        if (d == 4)
            for (int row = 1; row < d; row++)
                for (int column = 0; column < row; column++)
                    if (Element(row, column) != 0)
                        throw new ArgumentException($"element {row},{column} of the box matrix is {Element(row, column)}; in 4 dimensions the box has right angles");
        return FastNqe.Box.Tilted(lengths, d == 4 ? 0 : Element(1, 0), d == 3 ? Element(2, 0) : 0, d == 3 ? Element(2, 1) : 0);
    }

    private readonly double Element(int row, int column) => Box[row * Dimension + column];
}

/// <summary>fnqe_options: tolerance, limits, progress and cancelling of long work.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OptionsRecord
{
    public double Tolerance;
    public long MaxSweeps;
    public int Method;
    public int Reserved;
    public delegate* unmanaged[Cdecl]<void*, long, double, int> Progress;
    public void* User;
}

/// <summary>fnqe_glass_info.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GlassRecord
{
    public int Dimension;
    public int Quenched;
    public long Particles;
    public long Pairs;
    public double Energy;
    public double Pressure;
    public double MaxForce;
    public long Iterations;
    public long Sweeps;
}

/// <summary>fnqe_coefficients.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CoefficientsRecord(in ModeCoefficients found)
{
    public double Stiffness = found.Stiffness;
    public double CubicCoefficient = found.CubicCoefficient;
    public double QuarticCoefficient = found.QuarticCoefficient;
    public double ParticipationRatio = found.ParticipationRatio;
    public double QuarticEnergy = found.QuarticEnergy;
    public double CubicEnergy = found.CubicEnergy;
    public double GeometricCost = found.GeometricCost;
}

/// <summary>fnqe_eigenpair.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EigenpairRecord
{
    public double Stiffness;
    public double Frequency;
    public double ParticipationRatio;
    public double Residual;
}

/// <summary>fnqe_mode.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ModeRecord(NonlinearMode mode)
{
    public CoefficientsRecord Coefficients = new(mode.Coefficients);
    public double Frequency = mode.Frequency;
    public double Residual = mode.Residual;
    public int Converged = mode.Converged ? 1 : 0;
    public int End = (int)mode.End;
    public long Iterations = mode.Iterations;
    public long Sweeps = mode.Sweeps;
}

/// <summary>fnqe_moduli.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ModuliRecord
{
    public double ShearModulus;
    public double BulkModulus;
    public double BornBulkModulus;
    public double Pressure;
    public double Residual;
    public fixed double Stress[16];
}

/// <summary>fnqe_shear.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ShearRecord(ElasticResponse response)
{
    public double Modulus = response.Modulus;
    public double BornModulus = response.BornModulus;
    public double NonAffineModulus = response.NonAffineModulus;
    public double Stress = response.Stress;
    public double Residual = response.Solve.Residual;
    public long Sweeps = response.Solve.Sweeps;
}
