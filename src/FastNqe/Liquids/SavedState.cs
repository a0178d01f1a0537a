namespace FastNqe;

/// <summary>What all saved states begin with: which dynamics, which version, which system.</summary>
internal static class SavedState
{
    public static void WriteHead(BinaryWriter writer, string name, int particleCount, int dimension)
    {
        writer.Write(name);
        writer.Write(particleCount);
        writer.Write(dimension);
    }

    public static void ReadHead(BinaryReader reader, string name, int particleCount, int dimension)
    {
        string found = reader.ReadString();
        if (found != name)
            throw new InvalidDataException($"the saved state is \"{found}\"; expected \"{name}\"");
        (int n, int d) = (reader.ReadInt32(), reader.ReadInt32());
        if ((n, d) != (particleCount, dimension))
            throw new InvalidDataException($"the saved state has {n} particles in {d} dimensions; expected {particleCount} in {dimension}");
    }

    public static void Write(BinaryWriter writer, RandomState state)
    {
        writer.Write(state.S0);
        writer.Write(state.S1);
        writer.Write(state.S2);
        writer.Write(state.S3);
    }

    public static RandomState ReadRandomState(BinaryReader reader) =>
        new(reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64());
}
