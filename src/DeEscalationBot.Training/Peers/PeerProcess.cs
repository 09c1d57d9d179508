using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace DeEscalationBot.Training.Peers;

/// <summary>A program that answers a line for each line: runs it, and says clearly what is wrong when it does not answer.</summary>
internal sealed class PeerProcess : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Process _process;
    private readonly StringBuilder _complaints = new();

    private PeerProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, said) => _complaints.AppendLine(said.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts a program.</summary>
    /// <exception cref="PeerException">There is none.</exception>
    public static PeerProcess Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
        };
        try
        {
            return new PeerProcess(Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw new PeerException($"'{program}' cannot be started: {e.Message}. tests/peers/run installs what is compared; run that.", e);
        }
    }

    /// <summary>Runs a program to its end and takes what it wrote.</summary>
    /// <exception cref="PeerException">There is none, or it failed.</exception>
    public static IReadOnlyList<string> Run(string program, IEnumerable<string> arguments, IReadOnlyCollection<string> input)
    {
        using var process = Start(program, arguments);
        var writing = process.WriteAsync(input, isAll: true);
        var lines = new List<string>();
        while (process._process.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        process.End(program);
        writing.GetAwaiter().GetResult();
        return lines;
    }

    /// <summary>Asks about lines and waits for an answer to each.</summary>
    /// <exception cref="PeerException">It ended before it had answered.</exception>
    public void Ask(IReadOnlyCollection<string> input)
    {
        var writing = WriteAsync(input, isAll: false);
        for (var i = 0; i < input.Count; i++)
        {
            if (_process.StandardOutput.ReadLine() is null)
            {
                throw new PeerException($"A peer ended after {i} of {input.Count} answers. {_complaints}");
            }
        }

        writing.GetAwaiter().GetResult();
    }

    /// <summary>The processor time that it took so far.</summary>
    public TimeSpan ProcessorTime()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    /// <summary>The most memory that it had so far, in bytes; nothing where the system does not tell.</summary>
    public long? PeakMemory() => PeakMemoryOf(_process.Id);

    /// <summary>The most memory that a process had so far, in bytes; nothing where the system does not tell.</summary>
    public static long? PeakMemoryOf(int process)
    {
        var status = $"/proc/{process.ToString(CultureInfo.InvariantCulture)}/status";
        var line = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
        return line is null ? null : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task WriteAsync(IReadOnlyCollection<string> input, bool isAll)
    {
        try
        {
            // Not line by line from the thread that reads: both pipes would fill up, and each side would wait for the other.
            await Task.Run(() =>
            {
                foreach (var line in input)
                {
                    _process.StandardInput.Write(line);
                    _process.StandardInput.Write('\n');
                }

                _process.StandardInput.Flush();
                if (isAll)
                {
                    _process.StandardInput.Close();
                }
            }).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It ended without reading on; its exit code and its own words say why.
        }
    }

    private void End(string program)
    {
        _process.WaitForExit();
        if (_process.ExitCode != 0)
        {
            throw new PeerException($"'{program}' failed with exit code {_process.ExitCode}. {_complaints}");
        }
    }
}
