using System.Text;

namespace FastNqe.Native;

/// <summary>The words that belong to the last error of each thread.</summary>
internal static unsafe class LastError
{
    [ThreadStatic]
    private static string? s_text;

    public static Status Set(Status status, string text)
    {
        s_text = text;
        return status;
    }

    /// <summary>Copies the text as UTF-8 with a closing zero, cut to fit without splitting a character.</summary>
    /// <returns>The number of bytes that the whole text needs, the zero included.</returns>
    public static long CopyTo(byte* buffer, long size)
    {
        string text = s_text ?? "";
        int needed = Encoding.UTF8.GetByteCount(text) + 1;
        if (buffer is null || size <= 0)
            return needed;
        Span<byte> room = new(buffer, (int)Math.Min(size, needed));
        Encoding.UTF8.GetEncoder().Convert(text, room[..^1], flush: true, out _, out int used, out _);
        room[used] = 0;
        return needed;
    }
}
