namespace FastNqe.Ensembles;

/// <summary>A figure of a report: the picture, what it shows in a sentence or two, and the numbers behind it.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Explanation">What it shows, and what to see in it.</param>
/// <param name="Sheet">The picture; empty if no study has numbers for it.</param>
/// <param name="Data">The numbers.</param>
internal sealed record ReportFigure(string Name, string Title, string Explanation, Sheet Sheet, IReadOnlyList<DataSheet> Data);
