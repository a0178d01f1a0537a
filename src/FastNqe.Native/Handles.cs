namespace FastNqe.Native;

/// <summary>
/// The objects that callers hold, by number. A number is a place in a table and the count of that place's owners so far, so that a freed,
/// forged or foreign number is recognised and never followed.
/// </summary>
internal static class Handles
{
    private static readonly Lock Gate = new();
    private static readonly List<Place> Places = [];
    private static readonly Stack<int> Free = [];

    /// <summary>Gives an object a number, never zero.</summary>
    public static ulong Add(Held held)
    {
        lock (Gate)
        {
            if (!Free.TryPop(out int index))
            {
                index = Places.Count;
                Places.Add(default);
            }
            uint generation = Places[index].Generation + 1;
            Places[index] = new Place(generation, held);
            return (ulong)generation << 32 | (uint)index;
        }
    }

    /// <summary>Takes an object out of the table. A call that is using it on another thread ends undisturbed.</summary>
    public static void Remove(ulong handle)
    {
        lock (Gate)
        {
            _ = Find(handle);
            int index = (int)(uint)handle;
            uint generation = Places[index].Generation;
            Places[index] = new Place(generation, null);
            // A place whose count is used up is given to nobody any more: its old numbers would become valid again.
            if (generation < uint.MaxValue)
                Free.Push(index);
        }
    }

    /// <summary>The object of a number.</summary>
    /// <param name="handle">The number.</param>
    /// <param name="expected">What the object has to be, in words.</param>
    /// <exception cref="StatusException">The number is none that is in use, or stands for an object of another kind.</exception>
    public static THeld Get<THeld>(ulong handle, string expected) where THeld : Held
    {
        lock (Gate)
        {
            Held held = Find(handle);
            return held as THeld ?? throw new StatusException(Status.BadHandle, $"the handle {handle} is a {held.Kind}; expected a {expected}");
        }
    }

    private static Held Find(ulong handle)
    {
        uint index = (uint)handle, generation = (uint)(handle >> 32);
        if (index >= Places.Count || generation == 0 || generation > Places[(int)index].Generation)
            throw new StatusException(Status.BadHandle, $"{handle} is not a handle that this library gave");
        Place place = Places[(int)index];
        return place.Generation == generation && place.Held is { } held
            ? held
            : throw new StatusException(Status.BadHandle, $"the handle {handle} has been freed");
    }

    private readonly record struct Place(uint Generation, Held? Held);
}
