namespace FastNqe.Contractions;

/// <summary>Copies a configuration into rows in the kernels' order.</summary>
internal static class OrderedParticles
{
    public static Particles From(Configuration configuration, ParticleOrder order)
    {
        RowField positions = order.NewField();
        order.Scatter(configuration.Positions, positions);
        bool inRow = order.Dimension == 3;
        RowField sizes = inRow ? positions : order.NewField();
        for (int slot = 0; slot < order.ParticleCount; slot++)
            sizes.Values[slot * order.RowWidth + (inRow ? 3 : 0)] = configuration.Diameters[order.ParticleOf[slot]];
        return new Particles(positions, sizes, new PeriodicCell(configuration.Box));
    }
}
