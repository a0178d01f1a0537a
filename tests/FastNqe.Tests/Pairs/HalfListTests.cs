using FastNqe.Contractions;

namespace FastNqe.Tests;

/// <summary>The list that forces are summed over: who stands where.</summary>
public sealed class HalfListTests
{
    [Test]
    public void A_pair_of_one_chunk_stands_once_and_one_of_two_chunks_twice()
    {
        (Configuration configuration, PairPotential potential) = TestGlasses.Large();
        var pairs = new PairForces(configuration, potential, 0);
        pairs.Compute(pairs.Order.NewField());
        HalfList list = pairs.List;
        List<(int, int)> shared = [], oneSided = [];
        int[] seen = new int[pairs.Order.SlotCount];
        for (int slice = 0; slice < list.SliceCount; slice++)
        {
            for (int lane = 0; lane < SlicedList.SliceSize; lane++)
            {
                int own = list.OwnRows[slice * SlicedList.SliceSize + lane] / pairs.Order.RowWidth;
                seen[own]++;
                for (int column = list.FirstColumn[slice]; column < list.FirstColumn[slice + 1]; column++)
                {
                    int other = list.Rows[column * SlicedList.SliceSize + lane] / pairs.Order.RowWidth;
                    // Filled up with the particle itself.
                    if (other != own)
                        (column < list.FirstColumn[slice] + list.SharedColumns[slice] ? shared : oneSided).Add((own, other));
                }
            }
        }
        Assert.That(seen, Is.All.EqualTo(1), "every particle is in one slice");

        // The pairs of the table, each from both sides, say who neighbours whom.
        var table = new PairTable(pairs);
        HashSet<(int, int)> expected = [];
        for (int slot = 0; slot < pairs.Order.SlotCount; slot++)
        {
            (int slice, int lane) = Math.DivRem(slot, SlicedList.SliceSize);
            for (int column = table.List.FirstColumn[slice]; column < table.List.FirstColumn[slice + 1]; column++)
                expected.Add((slot, table.List.Rows[column * SlicedList.SliceSize + lane] / pairs.Order.RowWidth));
        }
        expected.RemoveWhere(pair => pair.Item1 == pair.Item2);
        Assert.That(expected, Has.Count.EqualTo(2 * new PairTable(configuration, potential).PairCount));
        Assert.That(shared.Concat(shared.Select(pair => (pair.Item2, pair.Item1))).Concat(oneSided).Order(), Is.EqualTo(expected.Order()));
        Assert.That(shared.All(pair => IsOneChunk(pair.Item1, pair.Item2)) && !oneSided.Any(pair => IsOneChunk(pair.Item1, pair.Item2)));
    }

    private static bool IsOneChunk(int slot, int other) => slot / HalfList.ChunkSlots == other / HalfList.ChunkSlots;
}
