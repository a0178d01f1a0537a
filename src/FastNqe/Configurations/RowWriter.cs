using System.Globalization;
using System.Text;

namespace FastNqe;

/// <summary>Writes rows of fields separated by one blank; numbers with 17 significant digits, which read back to the same bits.</summary>
internal sealed class RowWriter(Stream stream) : IDisposable
{
    // No field is longer; text is split.
    private const int LongestField = 64;

    private readonly byte[] _buffer = new byte[1 << 16];
    private int _used;
    private bool _inRow;

    public RowWriter Add(double value)
    {
        Separate();
        value.TryFormat(_buffer.AsSpan(_used), out int length, "G17", CultureInfo.InvariantCulture);
        _used += length;
        return this;
    }

    public RowWriter Add(long value)
    {
        Separate();
        value.TryFormat(_buffer.AsSpan(_used), out int length, default, CultureInfo.InvariantCulture);
        _used += length;
        return this;
    }

    public RowWriter Add(string text)
    {
        Separate();
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);
        while (bytes.Length > 0)
        {
            Reserve();
            int part = Math.Min(bytes.Length, LongestField);
            bytes[..part].CopyTo(_buffer.AsSpan(_used));
            _used += part;
            bytes = bytes[part..];
        }
        return this;
    }

    public RowWriter Add(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
            Add(value);
        return this;
    }

    /// <summary>Three coordinates of a point or a vector of two or three dimensions.</summary>
    public RowWriter AddVector(ReadOnlySpan<double> vector)
    {
        Add(vector);
        return vector.Length == 2 ? Add(0) : this;
    }

    /// <summary>Numbers inside one field: separated by blanks, between quotes.</summary>
    public static string Join(params ReadOnlySpan<double> values)
    {
        StringBuilder text = new();
        foreach (double value in values)
            text.Append(text.Length > 0 ? " " : "").Append(value.ToString("G17", CultureInfo.InvariantCulture));
        return text.ToString();
    }

    public void EndRow()
    {
        Reserve();
        _buffer[_used++] = (byte)'\n';
        _inRow = false;
    }

    public void Dispose() => Flush();

    private void Separate()
    {
        Reserve();
        if (_inRow)
            _buffer[_used++] = (byte)' ';
        _inRow = true;
    }

    private void Reserve()
    {
        if (_buffer.Length - _used < 2 * LongestField)
            Flush();
    }

    private void Flush()
    {
        stream.Write(_buffer, 0, _used);
        _used = 0;
    }
}
