namespace DeEscalationBot.Host.Batch.Evaluation;

/// <summary>A part of the report, whatever it is written into.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Sentences">What is said before the table.</param>
/// <param name="Table">The figures, or nothing.</param>
/// <param name="Image">The picture beside it, by its file name, or nothing.</param>
/// <param name="IsList">Whether each sentence is a point of a list.</param>
internal sealed record ReportSection(string Title, IReadOnlyList<string> Sentences, ReportTable? Table = null, string? Image = null, bool IsList = false);

/// <summary>A table.</summary>
/// <param name="Columns">Its headings.</param>
/// <param name="Rows">Its cells, as many in each row as there are headings.</param>
/// <param name="EndsInText">Whether the last column is text; otherwise only the first is, and the others are figures.</param>
internal sealed record ReportTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, bool EndsInText = false);
