using System.Text;

namespace FastNqe;

/// <summary>Words in comment lines: bare, or between double quotes with \", \\ and \n when they hold blanks or signs with a meaning.</summary>
internal static class QuotedText
{
    /// <summary>The word as it is written.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && !word.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || "\"'\\=[]{},".Contains(c, StringComparison.Ordinal))
            ? word
            : $"\"{word.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r")}\"";

    /// <summary>Reads a word that ends at a blank or at one of the given signs, and moves the place behind it.</summary>
    /// <returns>The word, or null if a quote is not closed.</returns>
    public static string? Take(string text, ref int place, string ends)
    {
        if (place == text.Length || text[place] is not ('"' or '\''))
        {
            int begin = place;
            while (place < text.Length && !char.IsWhiteSpace(text[place]) && !ends.Contains(text[place], StringComparison.Ordinal))
                place++;
            return text[begin..place];
        }
        char quote = text[place++];
        StringBuilder word = new();
        for (; place < text.Length && text[place] != quote; place++)
        {
            if (text[place] == '\\' && place + 1 < text.Length)
                word.Append(text[++place] switch { 'n' => '\n', 'r' => '\r', char other => other });
            else
                word.Append(text[place]);
        }
        return place++ < text.Length ? word.ToString() : null;
    }
}
