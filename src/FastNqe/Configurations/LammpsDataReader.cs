using System.Globalization;
using System.Text;

namespace FastNqe;

/// <summary>A LAMMPS data file being read: what its header and its sections have said so far.</summary>
internal sealed class LammpsDataReader(LineReader reader)
{
    private readonly double[] _low = new double[3], _high = new double[3], _tilt = new double[3];
    private readonly bool[] _hasBounds = new bool[3];
    private int _count, _typeCount;
    private string[]? _names;
    private double[] _diameters = [];

    /// <exception cref="ConfigurationFormatException">The file is malformed.</exception>
    public Configuration Read()
    {
        // The first line is a title whatever it holds.
        reader.Read("a title line");
        while (reader.TryReadContent(out ReadOnlySpan<byte> bytes))
        {
            string line = Encoding.UTF8.GetString(bytes).Trim();
            string[] parts = line.Split('#', 2);
            string comment = parts.Length > 1 ? parts[1].Trim() : "";
            string[] words = parts[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (line.StartsWith(LammpsData.DiameterComment, StringComparison.Ordinal))
                ReadDiameters(line[LammpsData.DiameterComment.Length..]);
            else if (words.Length == 0)
                continue;
            else if (words is ["Atoms"])
                return ReadAtoms(comment);
            else if (words is ["Masses"])
                ReadMasses();
            else if (char.IsAsciiLetter(words[0][0]))
                SkipSection();
            else
                ReadHeaderLine(new Fields(reader, Encoding.UTF8.GetBytes(parts[0])), words, comment);
        }
        throw reader.Ended("the section Atoms");
    }

    private void ReadHeaderLine(Fields fields, string[] words, string comment)
    {
        if (words is [_, "atoms"])
            _count = fields.Count("the number of atoms");
        else if (words is [_, "atom", "types"])
        {
            _typeCount = (int)fields.Whole("the number of atom types", 1, ParticleRows.LargestType);
            string[] names = comment.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            _names = names.Length == _typeCount ? names : null;
        }
        else if (words is [_, _, _, "xy", "xz", "yz"])
            for (int k = 0; k < 3; k++)
                _tilt[k] = fields.Number("tilt");
        else if (words is [_, _, "xlo" or "ylo" or "zlo", "xhi" or "yhi" or "zhi"])
        {
            int axis = words[2][0] - 'x';
            _low[axis] = fields.Number(words[2]);
            _high[axis] = fields.Number(words[3]);
            _hasBounds[axis] = true;
        }
    }

    private void ReadDiameters(string text)
    {
        Fields fields = new(reader, Encoding.UTF8.GetBytes(text));
        _diameters = new double[Math.Max(_typeCount, 1)];
        for (int type = 0; type < _diameters.Length; type++)
            _diameters[type] = fields.Positive($"the diameter of type {type + 1}");
        fields.End($"{_diameters.Length} diameters");
    }

    // Only the names in the comments are of use here: every particle has unit mass.
    private void ReadMasses()
    {
        ReadBlankLine("Masses");
        string[] names = new string[_typeCount];
        for (int k = 0; k < _typeCount; k++)
        {
            string line = Encoding.UTF8.GetString(reader.Read($"{_typeCount} masses"));
            Fields fields = new(reader, Encoding.UTF8.GetBytes(line.Split('#')[0]));
            int type = (int)fields.Whole("the type", 1, _typeCount) - 1;
            fields.Positive("the mass");
            names[type] = line.Contains('#', StringComparison.Ordinal) ? line[(line.IndexOf('#', StringComparison.Ordinal) + 1)..].Trim() : "";
        }
        bool good = names.All(name => name?.Length > 0 && !name.Any(char.IsWhiteSpace)) && names.Distinct().Count() == names.Length;
        _names ??= good ? names : null;
    }

    private void ReadBlankLine(string section)
    {
        if (!Fields.IsBlank(reader.Read($"the section {section}")))
            throw reader.Error($"the line is not blank; expected a blank line after {section}");
    }

    // Lines of sections begin with a number.
    private void SkipSection()
    {
        (long position, int line) = (reader.Position, reader.Line);
        while (reader.TryRead(out ReadOnlySpan<byte> bytes) && (Fields.IsBlank(bytes) || !char.IsAsciiLetter((char)bytes[0])))
            (position, line) = (reader.Position, reader.Line);
        reader.Seek(position, line);
    }

    private Configuration ReadAtoms(string comment)
    {
        if (_count == 0 || _typeCount == 0 || _hasBounds.Contains(false))
            throw reader.Error("the header is not complete here; expected lines with atoms, atom types, xlo xhi, ylo yhi and zlo zhi before Atoms");
        bool? isSphere = comment switch
        {
            "" => null,
            "atomic" => false,
            "sphere" => true,
            _ => throw reader.Error($"the atom style is {comment}; expected atomic or sphere"),
        };
        ReadBlankLine("Atoms");
        ParticleRows rows = new(_count, 3) { OptionalFields = 3 };
        rows.AddId("id");
        rows.AddType("type", _typeCount);
        if (isSphere ?? FirstRowIsSphere())
        {
            rows.AddSize("diameter", isRadius: false);
            rows.AddSkipped("density");
            _diameters = [];
        }
        for (int axis = 0; axis < 3; axis++)
            rows.AddPosition($"{"xyz"[axis]}", axis);
        reader.SkipsComments = true;
        rows.Read(reader);
        if (reader.TryReadContent(out ReadOnlySpan<byte> line) && !char.IsAsciiLetter((char)line[0]))
            throw reader.Error($"there is \"{Fields.Show(line)}\" after {_count} atoms; expected the end of the section");
        if (_diameters.Length > 0)
            rows.SetDiametersByType(_diameters);
        int dimension = LammpsCell.IsPlanar(rows, _low, _high, _tilt) ? 2 : 3;
        return rows.ToConfiguration(reader, LammpsCell.ToBox(reader, _low, _high, _tilt, dimension), _names ?? [.. SpeciesNames.Default(_typeCount)]);
    }

    // Where the style is not said the number of fields of the first row tells it, with or without image flags.
    private bool FirstRowIsSphere()
    {
        (long position, int line) = (reader.Position, reader.Line);
        reader.SkipsComments = true;
        Fields fields = reader.ReadFields($"{_count} atoms");
        int count = 0;
        while (fields.TryNext(out ReadOnlySpan<byte> _))
            count++;
        bool answer = count switch
        {
            5 or 8 => false,
            7 or 10 => true,
            _ => throw reader.Error($"the line has {count.ToString(CultureInfo.InvariantCulture)} fields; expected 5 or 8 (atomic), or 7 or 10 (sphere)"),
        };
        reader.Seek(position, line);
        return answer;
    }
}
