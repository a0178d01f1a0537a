using System.Text;

namespace FastNqe;

/// <summary>Reads a text file line by line as bytes, without a string per line, and knows where it is for error messages.</summary>
internal sealed class LineReader : IDisposable
{
    // No text format has such lines; without a limit a binary file would be read into memory as one line.
    private const int LongestLine = 1 << 26;

    private readonly FileStream _stream;
    private byte[] _buffer = new byte[1 << 17];
    private int _begin, _end;
    private long _bufferStart;

    /// <exception cref="IOException">The file cannot be read; the message names it.</exception>
    public LineReader(string path)
    {
        Path = path;
        if (Directory.Exists(path))
            throw new IOException($"cannot read {path}: it is a folder; expected a file");
        try
        {
            _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"cannot read {path}: {error.Message}", error);
        }
        Fill();
        if (_buffer.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble))
            _begin = Encoding.UTF8.Preamble.Length;
    }

    public string Path { get; }

    /// <summary>The number of the line read last, counted from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The size of the file in bytes: no table has more rows.</summary>
    public long Length => _stream.Length;

    /// <summary>Whether lines end at a # sign.</summary>
    public bool SkipsComments { get; set; }

    /// <summary>Where the next line begins, in bytes.</summary>
    public long Position => _bufferStart + _begin;

    /// <summary>Goes back to a place remembered from <see cref="Position"/> and <see cref="Line"/>.</summary>
    public void Seek(long position, int line)
    {
        _stream.Position = position;
        (_bufferStart, _begin, _end, Line) = (position, 0, 0, line);
    }

    /// <summary>The next line without its end; valid until the next call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        if (!TryReadWhole(out line))
            return false;
        int comment = SkipsComments ? line.IndexOf((byte)'#') : -1;
        if (comment >= 0)
            line = line[..comment];
        return true;
    }

    /// <summary>The next line; an error if the file ends.</summary>
    public ReadOnlySpan<byte> Read(string expected) => TryRead(out ReadOnlySpan<byte> line) ? line : throw Ended(expected);

    /// <summary>The fields of the next line; an error if the file ends.</summary>
    public Fields ReadFields(string expected) => new(this, Read(expected));

    /// <summary>The next line that is not blank, or false at the end of the file.</summary>
    public bool TryReadContent(out ReadOnlySpan<byte> line)
    {
        while (TryRead(out line))
            if (!Fields.IsBlank(line))
                return true;
        return false;
    }

    /// <summary>An error at the line read last.</summary>
    public ConfigurationFormatException Error(string problem) => new(Path, Math.Max(Line, 1), problem);

    /// <summary>The error that the file ends too early.</summary>
    public ConfigurationFormatException Ended(string expected) => Error($"the file ends here; expected {expected}");

    public void Dispose() => _stream.Dispose();

    private bool TryReadWhole(out ReadOnlySpan<byte> line)
    {
        int length;
        while ((length = _buffer.AsSpan(_begin, _end - _begin).IndexOf((byte)'\n')) < 0)
        {
            if (_end - _begin > LongestLine)
                throw new ConfigurationFormatException(Path, Line + 1, $"the line is longer than {LongestLine} bytes; expected a text file");
            if (Fill())
                continue;
            line = _buffer.AsSpan(_begin, _end - _begin).TrimEnd((byte)'\r');
            if (_begin == _end)
                return false;
            _begin = _end;
            Line++;
            return true;
        }
        line = _buffer.AsSpan(_begin, length).TrimEnd((byte)'\r');
        _begin += length + 1;
        Line++;
        return true;
    }

    // Moves what is left to the front and reads on; false at the end of the file.
    private bool Fill()
    {
        int left = _end - _begin;
        if (left == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        else
            _buffer.AsSpan(_begin, left).CopyTo(_buffer);
        _bufferStart += _begin;
        int count = _stream.Read(_buffer.AsSpan(left));
        (_begin, _end) = (0, left + count);
        return count > 0;
    }
}
