using FastNqe.Contractions;

namespace FastNqe.Native;

/// <summary>An object that a caller holds by number.</summary>
internal abstract class Held
{
    private int _inUse;

    /// <summary>What it is, in words for messages.</summary>
    public abstract string Kind { get; }

    /// <summary>Reserves the object for this call: its working memory is for one thread at a time, and for one call of that thread.</summary>
    /// <exception cref="StatusException">Another call is using it.</exception>
    public Use Reserve() =>
        Interlocked.Exchange(ref _inUse, 1) == 0
            ? new Use(this)
            : throw new StatusException(Status.Busy, $"another call is using this {Kind}; give each thread its own");

    /// <summary>Ends the reservation when disposed of.</summary>
    public readonly ref struct Use(Held held) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref held._inUse, 0);
    }
}

/// <summary>A potential, immutable, and how it tells the sizes of particles from their types, if it does.</summary>
internal sealed class HeldPotential(PairPotential potential, Func<Configuration, Configuration>? complete = null) : Held
{
    public const string Name = "potential";

    public override string Kind => Name;

    public PairPotential Potential { get; } = potential;

    /// <summary>The particles with the sizes that the potential reads.</summary>
    public Configuration Complete(Configuration configuration) => complete is null ? configuration : complete(configuration);

    public static HeldPotential Of(ulong handle) => Handles.Get<HeldPotential>(handle, Name);
}

/// <summary>A glass, and how its owner lays out fields.</summary>
internal sealed class HeldGlass(InherentState glass, FieldLayout layout) : Held
{
    public const string Name = "glass";

    public override string Kind => Name;

    public InherentState Glass { get; } = glass;

    public CallerFields Fields { get; } = new(glass.ParticleCount, glass.Dimension, layout);

    public static HeldGlass Of(ulong handle) => Handles.Get<HeldGlass>(handle, Name);
}

/// <summary>A force field: forces of particles that move.</summary>
internal sealed class HeldForceField(PairForces forces, FieldLayout layout) : Held
{
    public const string Name = "force field";

    public override string Kind => Name;

    public PairForces Forces { get; } = forces;

    public RowField Work { get; } = forces.Order.NewField();

    public CallerFields Fields { get; } = new(forces.Order.ParticleCount, forces.Order.Dimension, layout);

    public static HeldForceField Of(ulong handle) => Handles.Get<HeldForceField>(handle, Name);
}
