using System.Text;

namespace FastNqe.Native;

/// <summary>The words that belong to the last error of each thread.</summary>
internal static unsafe class LastError
{
    [ThreadStatic]
    private static string? _text;

    public static Status Set(Status status, string text)
    {
        _text = text;
        return status;
    }

    /// <summary>Copies the text as UTF-8 with a closing zero, cut to fit without splitting a character.</summary>
    /// <returns>The number of bytes that the whole text needs, the zero included.</returns>
    public static long CopyTo(byte* buffer, long size)
    {
        byte[] text = Encoding.UTF8.GetBytes(_text ?? "");
        if (buffer is null || size <= 0)
            return text.Length + 1;
        int end = (int)Math.Min(size - 1, text.Length);
        // A byte 10xxxxxx goes on with the character before it.
        while (end > 0 && end < text.Length && (text[end] & 0xC0) == 0x80)
            end--;
        text.AsSpan(0, end).CopyTo(new Span<byte>(buffer, end));
        buffer[end] = 0;
        return text.Length + 1;
    }
}
