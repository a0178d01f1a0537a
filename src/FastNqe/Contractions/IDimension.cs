namespace FastNqe.Contractions;

/// <summary>The spatial dimension as a type, so that the compiler folds every test of it away.</summary>
internal interface IDimension
{
    /// <summary>d.</summary>
    static abstract int Value { get; }

    /// <summary>Numbers per particle in a field's row: d, but 4 in three dimensions, where a row is then one 256-bit load.</summary>
    static abstract int RowWidth { get; }
}

internal readonly struct D2 : IDimension
{
    public static int Value => 2;
    public static int RowWidth => 2;
}

internal readonly struct D3 : IDimension
{
    public static int Value => 3;
    public static int RowWidth => 4;
}

internal readonly struct D4 : IDimension
{
    public static int Value => 4;
    public static int RowWidth => 4;
}
