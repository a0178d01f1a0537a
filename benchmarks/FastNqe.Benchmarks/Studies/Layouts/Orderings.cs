using FastNqe.Contractions;

namespace FastNqe.Benchmarks.Studies.Layouts;

/// <summary>One glass in several orders of its particles.</summary>
internal sealed class Orderings(Configuration configuration, PairPotential potential, double[] direction)
{
    private readonly int _count = configuration.ParticleCount;

    /// <summary>Along a Morton curve: the library's.</summary>
    public LayoutGlass Curve { get; } = new(configuration, potential, ParticleOrder.AlongCurve(configuration, BoxCheck.LargestCutoff(configuration, potential) / 2), direction);

    /// <summary>As they stand in the file: by cells of about two diameters, the last axis fastest.</summary>
    public LayoutGlass ByCells => In([.. Enumerable.Range(0, _count)]);

    /// <summary>None.</summary>
    public LayoutGlass Shuffled
    {
        get
        {
            int[] particles = [.. Enumerable.Range(0, _count)];
            new Random(1).Shuffle(particles);
            return In(particles);
        }
    }

    /// <summary>Reverse Cuthill-McKee: breadth first along pairs, few neighbours first, from the end of a longest such walk; it keeps the bandwidth of the Hessian small.</summary>
    public LayoutGlass ByCuthillMcKee
    {
        get
        {
            int[] walk = Walk(Walk(0)[^1]);
            Array.Reverse(walk);
            return In(Array.ConvertAll(walk, slot => Curve.Order.ParticleOf[slot]));
        }
    }

    private LayoutGlass In(int[] particleOf) => new(configuration, potential, ParticleOrder.Of(particleOf, D3.Value), direction);

    // All slots as they are met from the first on; what no pair connects to it begins a walk of its own.
    private int[] Walk(int first)
    {
        NeighbourLists pairs = Curve.Pairs;
        var walk = new List<int>(_count);
        bool[] isMet = new bool[_count];
        void Meet(int slot)
        {
            isMet[slot] = true;
            walk.Add(slot);
        }
        int next = 0;
        for (int start = -1; start < _count; start++)
        {
            int slot = start < 0 ? first : start;
            if (!isMet[slot])
                Meet(slot);
            for (; next < walk.Count; next++)
                foreach (int neighbour in pairs.NeighboursOf(walk[next]).ToArray().OrderBy(slot => pairs.Count[slot]))
                    if (!isMet[neighbour])
                        Meet(neighbour);
        }
        return [.. walk];
    }
}
