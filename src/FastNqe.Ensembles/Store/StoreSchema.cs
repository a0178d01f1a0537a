namespace FastNqe.Ensembles;

/// <summary>The tables of a store. The README of this folder's parent documents every column; the two change together.</summary>
internal static class StoreSchema
{
    /// <summary>Raised with every change of the tables; kept in SQLite's user_version.</summary>
    public const int Version = 4;

    /// <summary>"FNQE" in SQLite's application_id: tells a store from any other SQLite file.</summary>
    public const int ApplicationId = 0x464E5145;

    /// <summary>The planes of simple shear in the order of their columns; the first d(d-1)/2 exist in d dimensions.</summary>
    public static readonly string[] Planes = ["xy", "xz", "yz", "xw", "yw", "zw"];

    /// <summary>The axes of the planes that exist in d dimensions, in the order of <see cref="Planes"/>: a is displaced along b's coordinate.</summary>
    public static IEnumerable<(int A, int B)> PlanesOf(int dimension) =>
        Planes.Take(dimension * (dimension - 1) / 2).Select(plane => ("xyzw".IndexOf(plane[0], StringComparison.Ordinal), "xyzw".IndexOf(plane[1], StringComparison.Ordinal)));

    /// <summary>Columns of a result that are the same on every run, by table.</summary>
    public static readonly string[] GlassColumns =
    [
        "sample", "chain", "seed", "failure", "source", "particles", "dimension", "density", "protocol", "energy", "pressure", "max_force", "pairs", "shear_modulus",
        "shear_modulus_converged", "swap_acceptance", "crystalline_share",
    ];

    public static readonly string[] ModeColumns =
    [
        "sample", "kind", "rank", "start", "stiffness", "frequency", "cubic_coefficient", "quartic_coefficient", "participation_ratio", "energy",
        "overlap_harmonic", "overlap_quartic", "quartic_field_norm", "nu_xy", "nu_xz", "nu_yz", "nu_xw", "nu_yw", "nu_zw", "residual", "converged",
        "end", "iterations", "sweeps",
    ];

    public static readonly string[] CostColumns =
        ["sample", "liquid_s", "quench_s", "harmonic_s", "quartic_s", "cubic_s", "other_s", "host", "version", "simd", "finished"];

    public const string Create = """
        CREATE TABLE study (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE glass (
            sample INTEGER PRIMARY KEY,
            chain INTEGER NOT NULL,
            seed TEXT NOT NULL,
            failure TEXT,
            source TEXT,
            particles INTEGER, dimension INTEGER, density REAL, protocol TEXT,
            energy REAL, pressure REAL, max_force REAL, pairs INTEGER, shear_modulus REAL, shear_modulus_converged INTEGER, swap_acceptance REAL, crystalline_share REAL);
        CREATE TABLE mode (
            sample INTEGER NOT NULL REFERENCES glass (sample),
            kind TEXT NOT NULL CHECK (kind IN ('harmonic', 'quartic', 'cubic')),
            rank INTEGER NOT NULL,
            start TEXT,
            stiffness REAL NOT NULL, frequency REAL NOT NULL, cubic_coefficient REAL, quartic_coefficient REAL, participation_ratio REAL NOT NULL,
            energy REAL, overlap_harmonic REAL, overlap_quartic REAL, quartic_field_norm REAL,
            nu_xy REAL, nu_xz REAL, nu_yz REAL, nu_xw REAL, nu_yw REAL, nu_zw REAL,
            residual REAL NOT NULL, converged INTEGER NOT NULL, end TEXT, iterations INTEGER, sweeps INTEGER,
            PRIMARY KEY (sample, kind, rank)) WITHOUT ROWID;
        CREATE TABLE cost (
            sample INTEGER PRIMARY KEY REFERENCES glass (sample),
            liquid_s REAL, quench_s REAL, harmonic_s REAL, quartic_s REAL, cubic_s REAL, other_s REAL,
            host TEXT, version TEXT, simd TEXT, finished TEXT);
        CREATE TABLE chain_state (chain INTEGER PRIMARY KEY, sample INTEGER NOT NULL, version TEXT NOT NULL, state BLOB NOT NULL);
        CREATE TABLE kept_glass (sample INTEGER PRIMARY KEY REFERENCES glass (sample), box BLOB NOT NULL, positions BLOB NOT NULL, diameters BLOB NOT NULL, types BLOB NOT NULL);
        CREATE TABLE kept_mode (sample INTEGER NOT NULL, kind TEXT NOT NULL, rank INTEGER NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (sample, kind, rank)) WITHOUT ROWID;
        """;
}
