using System.Buffers;
using System.Text;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Contract;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Channels.Http;

/// <summary>Reads the JSON object that a request brings.</summary>
public static class JsonBody
{
    /// <summary>The longest body that is accepted: 1 MiB, more than two texts of the greatest legal length with every letter escaped.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Reads it.</summary>
    /// <typeparam name="T">What it is read into.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="read">Takes the fields.</param>
    /// <returns>Either what was read, or the answer to give.</returns>
    public static async Task<(T? Value, ProblemHttpResult? Problem)> ReadAsync<T>(HttpRequest request, Func<FieldReader, T?> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(request);
        return IsJson(request) ? await ReadJsonAsync(request, read) : (null, Problems.NotJson());
    }

    /// <summary>Reads it where a request without a body will do, which counts as an object without fields.</summary>
    /// <typeparam name="T">What it is read into.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="read">Takes the fields.</param>
    /// <returns>Either what was read, or the answer to give.</returns>
    public static async Task<(T? Value, ProblemHttpResult? Problem)> ReadOptionalAsync<T>(HttpRequest request, Func<FieldReader, T?> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(read);
        var hasBody = request.ContentLength is > 0 || (request.ContentLength is null && request.Headers.TransferEncoding.Count > 0) || request.ContentType is not null;
        return hasBody && request.ContentLength is not 0 ? await ReadAsync(request, read) : (read(FieldReader.Open("{}", out _)!), null);
    }

    /// <summary>Reads a body as the text that it is.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The longest that is accepted.</param>
    /// <returns>Nothing when it is longer.</returns>
    public static async Task<string?> ReadTextAsync(HttpRequest request, int maxBytes = MaxBytes)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await ReadBytesAsync(request, maxBytes) is { } bytes ? Decode(bytes.Span) : null;
    }

    /// <summary>Makes a text readable that a strict reader of JSON refuses: broken surrogates, as such and as escapes.</summary>
    /// <param name="json">JSON as it came in.</param>
    public static string Mend(string json) => ContractJson.MendEscapes(MessageText.Mend(json));

    private static async Task<(T? Value, ProblemHttpResult? Problem)> ReadJsonAsync<T>(HttpRequest request, Func<FieldReader, T?> read)
        where T : class
    {
        if (await ReadTextAsync(request) is not { } text)
        {
            return (null, Problems.BodyTooLarge(MaxBytes));
        }

        if (FieldReader.Open(text, out var problem) is not { } fields)
        {
            return (null, Problems.BadRequest(problem! + " Send one JSON object."));
        }

        var value = read(fields);
        return fields.IsGood ? (value, null) : (null, Problems.BadFields(fields));
    }

    // Bytes that are no UTF-8 become U+FFFD; a byte order mark is dropped.
    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return text.StartsWith('\uFEFF') ? text[1..] : text;
    }

    /// <summary>Whether a body is declared as JSON in UTF-8.</summary>
    /// <param name="request">The request.</param>
    public static bool IsJson(HttpRequest request) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(request?.ContentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Value.Trim('"').ToUpperInvariant() is "UTF-8" or "UTF8" or "US-ASCII");

    /// <summary>Reads a body as it came.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The longest body.</param>
    /// <returns>The bytes, or nothing when there are more.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadBytesAsync(HttpRequest request, int maxBytes)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        while (true)
        {
            var result = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            if (result.IsCompleted || result.Buffer.Length > maxBytes)
            {
                // What was read has to be given back, or the next request on this connection fails.
                var bytes = result.Buffer.Length > maxBytes ? null : result.Buffer.ToArray();
                request.BodyReader.AdvanceTo(result.Buffer.End);
                return bytes;
            }

            request.BodyReader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
