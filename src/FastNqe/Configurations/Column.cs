namespace FastNqe;

/// <summary>What a column of particle data holds.</summary>
internal enum ColumnKind
{
    /// <summary>Nothing that is kept.</summary>
    Skip,

    /// <summary>The particle's id: fixes the order of the particles.</summary>
    Id,

    /// <summary>A type number counted from 1.</summary>
    Type,

    /// <summary>The name of a species.</summary>
    Species,

    /// <summary>A finite number.</summary>
    Number,

    /// <summary>A positive finite number.</summary>
    Positive,
}

/// <summary>One column of particle data and where its numbers go: row k to target[k·stride + component].</summary>
internal readonly record struct Column(string Name, ColumnKind Kind, double[]? Target = null, int Stride = 1, int Component = 0);
