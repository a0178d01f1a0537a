using System.Globalization;
using System.Net;
using System.Text;

namespace FastNqe.Ensembles;

/// <summary>The report as one HTML page that needs no other file: pictures are inside it.</summary>
/// <param name="studies">The studies.</param>
/// <param name="statuses">How far each is, and what its samples cost.</param>
internal sealed class ReportPage(IReadOnlyList<StudyData> studies, IReadOnlyList<EnsembleStatus> statuses)
{
    private const string Style = """
        body { font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif; color: #222; max-width: 1240px; margin: 2em auto; padding: 0 1em; }
        h1 { font-size: 1.6em; } h2 { font-size: 1.2em; margin-top: 2em; border-top: 1px solid #ddd; padding-top: 1em; }
        img { max-width: 100%; } table { border-collapse: collapse; } td, th { padding: .2em .8em; border-bottom: 1px solid #ddd; text-align: right; }
        td:first-child, th:first-child { text-align: left; } .files { color: #666; font-size: .85em; }
        """;

    private readonly StringBuilder _figures = new();

    /// <summary>Adds a figure.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="explanation">What it shows.</param>
    /// <param name="png">The picture.</param>
    /// <param name="files">Files beside the page that hold the picture, the vector graphics and the numbers.</param>
    public void Add(string title, string explanation, byte[] png, IEnumerable<string> files) => _figures
        .Append("<h2>").Append(WebUtility.HtmlEncode(title)).Append("</h2>\n<p>").Append(WebUtility.HtmlEncode(explanation)).Append("</p>\n")
        .Append("<img alt=\"").Append(WebUtility.HtmlEncode(title)).Append("\" src=\"data:image/png;base64,").Append(Convert.ToBase64String(png)).Append("\">\n")
        .Append("<p class=\"files\">").AppendJoin(", ", files.Select(file => $"<a href=\"{file}\">{file}</a>")).Append("</p>\n");

    /// <summary>Says why a figure is missing.</summary>
    /// <param name="title">The figure's heading.</param>
    /// <param name="reason">Why there is none.</param>
    public void AddNote(string title, string reason) => _figures
        .Append("<h2>").Append(WebUtility.HtmlEncode(title)).Append("</h2>\n<p>").Append(WebUtility.HtmlEncode(reason)).Append("</p>\n");

    /// <summary>The page.</summary>
    public string ToHtml()
    {
        StringBuilder html = new();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Soft spots of ").AppendJoin(", ", studies.Select(study => WebUtility.HtmlEncode(study.Label)))
            .Append("</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n<h1>Soft spots: the statistics of ")
            .AppendJoin(", ", studies.Select(study => WebUtility.HtmlEncode(study.Label))).Append("</h1>\n")
            .Append("<p>Nonlinear quasilocalized excitations, one harmonic, quartic and cubic mode per glass. Figure and equation numbers are those of Kapteijns, Richard and Lerner, Phys. Rev. E 101, 032130 (2020). ")
            .Append("Lengths in a₀ = (V/N)^(1/d), frequencies in ω₀ = √(G/ρ)/a₀ unit mass; G is that of the paper's Table II where the model is the paper's. Bars are 68 % intervals of medians or counting errors. Modes that did not converge are left out.</p>\n");
        Table(html);
        return html.Append(_figures).Append("</body>\n</html>\n").ToString();
    }

    private void Table(StringBuilder html)
    {
        html.Append("<table>\n<tr><th>study</th><th>model</th><th>N</th><th>T</th><th>samples</th><th>failed</th><th>quartic modes</th><th>cubic modes</th><th>core-seconds per glass</th></tr>\n");
        for (int k = 0; k < studies.Count; k++)
        {
            StudyData study = studies[k];
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{WebUtility.HtmlEncode(study.Label)}</td><td>{study.Study.Model}</td><td>{study.Particles:0}</td><td>{study.Study.Temperature}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td>{study.SampleCount}</td><td>{study.FailureCount}</td><td>{Say(study.Count(ModeKind.Quartic))}</td><td>{Say(study.Count(ModeKind.Cubic))}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td>{statuses[k].MeanCost.TotalSeconds:0.000}</td></tr>\n");
        }
        html.Append("</table>\n<p>");
        foreach (StudyData study in studies)
            html.Append("<b>").Append(WebUtility.HtmlEncode(study.Label)).Append("</b>: ").Append(WebUtility.HtmlEncode(study.Study.About))
                .Append(WebUtility.HtmlEncode(string.Concat(study.Lacks.Select(lack => $" Here {lack}; what is about them is left out.")))).Append("<br>\n");
        html.Append("</p>\n");
    }

    private static string Say(ModeCount count)
    {
        int others = count.Glasses - count.Converged - count.Undefined;
        return string.Create(CultureInfo.InvariantCulture, $"{count.Converged}{(count.Undefined > 0 ? $", {count.Undefined} undefined" : "")}{(others > 0 ? $", {others} not converged" : "")}");
    }
}
