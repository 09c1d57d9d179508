using System.Threading.Channels;

namespace DeEscalationBot.Host.Batch;

/// <summary>Answers lines in the order in which they came, using all cores, without waiting for the end of the input.</summary>
/// <remarks>At most <see cref="LinesAhead"/> lines are read ahead of the one that is written, so memory does not grow with the input.</remarks>
internal static class LineRunner
{
    /// <summary>How many lines may be in work at once: 256.</summary>
    public const int LinesAhead = 256;

    /// <summary>Runs until the input ends.</summary>
    /// <param name="input">Lines; blank ones are passed over.</param>
    /// <param name="output">One answer for each line.</param>
    /// <param name="answer">Makes the answer to a line. Called from many threads at once, unless <paramref name="inOrder"/>.</param>
    /// <param name="inOrder">Whether each line needs what came of the line before it.</param>
    /// <param name="progress">Told after each answer.</param>
    /// <param name="cancellationToken">Stops between two lines; what was answered is written.</param>
    public static async Task RunAsync(
        TextReader input,
        TextWriter output,
        Func<string, string> answer,
        bool inOrder,
        Action<long>? progress,
        CancellationToken cancellationToken)
    {
        var answers = Channel.CreateBounded<Task<string>>(new BoundedChannelOptions(LinesAhead) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(
            async () =>
            {
                try
                {
                    while (await input.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
                    {
                        if (string.IsNullOrWhiteSpace(line))
                        {
                            continue;
                        }

                        var work = inOrder ? Task.FromResult(answer(line)) : Task.Run(() => answer(line), cancellationToken);
                        await answers.Writer.WriteAsync(work, cancellationToken).ConfigureAwait(false);
                    }
                }
                finally
                {
                    answers.Writer.Complete();
                }
            },
            cancellationToken);

        long written = 0;
        await foreach (var work in answers.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await output.WriteAsync(await work.ConfigureAwait(false)).ConfigureAwait(false);
            await output.WriteAsync('\n').ConfigureAwait(false);
            progress?.Invoke(++written);
            if (!answers.Reader.TryPeek(out var next) || !next.IsCompleted)
            {
                await output.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        await reading.ConfigureAwait(false);
    }
}
