using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace FastNqe.Cli;

/// <summary>
/// How options that take numbers are read: with a decimal point, whatever the country, and nothing between the digits. The framework alone takes
/// 0,5 for 5.
/// </summary>
internal static class NumberOptions
{
    /// <summary>Sets the parser of every such option of a command and of the commands below it.</summary>
    public static void SetParsers(Command command)
    {
        foreach (Option option in command.Options)
        {
            Set<double>(option, NumberStyles.Float, "a number such as 0.5 or 1e-4");
            Set<int>(option, NumberStyles.AllowLeadingSign, "a whole number");
            Set<long>(option, NumberStyles.AllowLeadingSign, "a whole number");
            Set<ulong>(option, NumberStyles.None, "a whole number from 0 on");
        }
        foreach (Command below in command.Subcommands)
            SetParsers(below);
    }

    private static void Set<T>(Option option, NumberStyles styles, string expected) where T : struct, INumber<T>
    {
        if (option is Option<T> one)
            one.CustomParser = result => Read<T>(result, result.Tokens[^1].Value, option.Name, styles, expected);
        else if (option is Option<T?> optional)
            optional.CustomParser = result => Read<T>(result, result.Tokens[^1].Value, option.Name, styles, expected);
        else if (option is Option<T[]> several)
            several.CustomParser = result => [.. result.Tokens.Select(token => Read<T>(result, token.Value, option.Name, styles, expected))];
    }

    private static T Read<T>(ArgumentResult result, string text, string name, NumberStyles styles, string expected) where T : struct, INumber<T>
    {
        if (T.TryParse(text, styles, CultureInfo.InvariantCulture, out T number) && T.IsFinite(number))
            return number;
        result.AddError($"{name} {text}: expected {expected}");
        return default;
    }
}
