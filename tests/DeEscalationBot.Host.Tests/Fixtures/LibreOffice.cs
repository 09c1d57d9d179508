using System.Diagnostics;
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>Opens workbooks in LibreOffice Calc, without a window, and reads what its own reckoning shows.</summary>
/// <remarks>What the file says that its formulas come to is spoilt first: nothing can be read that was not reckoned anew. Skips, and says so, only where LibreOffice is not installed: the test command installs it.</remarks>
public static class LibreOffice
{
    // Comma, double quotes, UTF-8, from the first line; numbers as they are and not as they are shown; every sheet into a file of its own.
    private const string AllSheetsAsCsv = "csv:Text - txt - csv (StarCalc):44,34,UTF8,1,,0,false,false,false,false,false,-1";

    private const string AlwaysReckon = """
        <?xml version="1.0" encoding="UTF-8"?>
        <oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
        <item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
        </oor:items>
        """;

    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(4);

    /// <summary>What each sheet shows, by its name: its rows, each with its cells.</summary>
    public static async Task<IReadOnlyDictionary<string, string[][]>> ReckonAsync(byte[] workbook)
    {
        using var work = new TemporaryDirectory();
        Directory.CreateDirectory(Path.Combine(work.Path, "profile", "user"));
        await File.WriteAllTextAsync(Path.Combine(work.Path, "profile", "user", "registrymodifications.xcu"), AlwaysReckon, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(work["book.xlsx"], Spoilt(workbook), TestContext.Current.CancellationToken);
        await ConvertAsync(work.Path);

        var sheets = new Dictionary<string, string[][]>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(work.Path, "book-*.csv"))
        {
            sheets[Path.GetFileNameWithoutExtension(file)["book-".Length..]] = Read(file);
        }

        return sheets;
    }

    private static async Task ConvertAsync(string folder)
    {
        var start = new ProcessStartInfo("soffice") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[$"-env:UserInstallation={new Uri(Path.Combine(folder, "profile"))}", "--headless", "--norestore", "--convert-to", AllSheetsAsCsv, "--outdir", folder, Path.Combine(folder, "book.xlsx")])
        {
            start.ArgumentList.Add(argument);
        }

        using var program = Started(start);
        if (program is null)
        {
            Assert.Skip("LibreOffice is not installed (Debian: apt-get install libreoffice-calc-nogui; tests/run does it).");
        }

        try
        {
            var output = program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var said = program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await program.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(MostTime, TestContext.Current.CancellationToken);
            Assert.True(program.ExitCode == 0, $"LibreOffice ended with {program.ExitCode}. {await output} {await said}");
        }
        finally
        {
            if (!program.HasExited)
            {
                program.Kill(entireProcessTree: true);
            }
        }
    }

    private static Process? Started(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static byte[] Spoilt(byte[] workbook)
    {
        using var file = new MemoryStream();
        file.Write(workbook);
        using (var document = SpreadsheetDocument.Open(file, isEditable: true))
        {
            foreach (var cell in document.WorkbookPart!.WorksheetParts.SelectMany(p => p.Worksheet!.Descendants<Cell>()).Where(c => c.CellFormula is not null))
            {
                cell.DataType = CellValues.Number;
                cell.CellValue = new CellValue(-987654);
            }
        }

        return file.ToArray();
    }

    private static string[][] Read(string path)
    {
        using var csv = new CsvParser(new StreamReader(path), new CsvConfiguration(CultureInfo.InvariantCulture) { IgnoreBlankLines = false });
        var rows = new List<string[]>();
        while (csv.Read())
        {
            rows.Add(csv.Record!);
        }

        return [.. rows];
    }
}
