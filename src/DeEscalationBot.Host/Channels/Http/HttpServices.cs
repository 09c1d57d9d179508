using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Cases;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Contract;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using DeEscalationBot.Host.Hosting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace DeEscalationBot.Host.Channels.Http;

/// <summary>Registers HTTP as a channel: JSON as in the contract, failures as ProblemDetails, and the API's description.</summary>
public static partial class HttpServices
{
    private const string Api = "/api";

    // What a person sees at an address that there is not.
    private const string PageOfNothing = "/not-found";

    // What the description's page may load: this host and nothing else. It sets styles and makes blobs for downloads.
    private const string PagePolicy =
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; script-src 'self'";

    /// <summary>Registers it.</summary>
    /// <param name="services">Where to register.</param>
    public static IServiceCollection AddHttpChannel(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(o => ContractJson.Configure(o.SerializerOptions));
        services.AddProblemDetails();
        services.AddExceptionHandler<Failures>();
        services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddOperationTransformer((operation, context, _) =>
            {
                DescribeIds(operation, context.Description.RelativePath);
                return Task.CompletedTask;
            });
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "DeEscalationBot",
                    Version = "v1",
                    Description = "A customer's message in; its score, coaching for the agent and alerts out. Every failure is a ProblemDetails whose 'detail' says what to do.",
                };
                document.Servers?.Clear(); // Wherever it is read from: the same host.
                return Task.CompletedTask;
            });
        });
        return services;
    }

    /// <summary>Makes every failure of the API a ProblemDetails.</summary>
    /// <param name="app">The host.</param>
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(async context =>
        {
            var http = context.HttpContext;
            if (http.Request.Path.StartsWithSegments(Api))
            {
                // The pages answer every unknown GET, so that one with the wrong method comes out as unknown.
                if (http.Response.StatusCode == StatusCodes.Status404NotFound && MethodsOf(http) is { Length: > 0 } methods)
                {
                    http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                    http.Response.Headers.Allow = methods;
                }

                await Problems.OfStatus(http.Response.StatusCode).ExecuteAsync(http);
            }
            else if (http.Response.StatusCode == StatusCodes.Status404NotFound && IsForReading(http.Request))
            {
                // Done by hand, because UseStatusCodePagesWithReExecute knows no exceptions. The feature tells the pages that this is the answer, not what is to be answered.
                var (path, query) = (http.Request.Path, http.Request.QueryString);
                http.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature { OriginalPathBase = http.Request.PathBase, OriginalPath = path, OriginalQueryString = query.Value });
                http.SetEndpoint(null);
                http.Request.RouteValues.Clear();
                (http.Request.Path, http.Request.QueryString) = (PageOfNothing, QueryString.Empty);
                try
                {
                    await context.Next(http);
                }
                finally
                {
                    (http.Request.Path, http.Request.QueryString) = (path, query);
                    http.Features.Set<IStatusCodeReExecuteFeature>(null);
                }
            }
        });
    }

    // What loads files, and programs, get the bare status.
    private static bool IsForReading(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Maps the API's description: <c>/openapi/v1.json</c>, and <c>/scalar</c> to read it in a browser.</summary>
    /// <param name="app">The host.</param>
    public static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(AccessRule.ReadDescription);
        app.MapScalarApiReference("/scalar", options =>
            {
                options.WithTitle("DeEscalationBot: the API").DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp();
                options.HideClientButton = true;
                options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            })
            .AddEndpointFilter(async (context, next) =>
            {
                var page = await next(context);
                context.HttpContext.Response.Headers.ContentSecurityPolicy = PagePolicy + HashesOf((page as ContentHttpResult)?.ResponseContent ?? "");
                return page;
            })
            .ExcludeFromDescription()
            .RequireAuthorization(AccessRule.ReadDescription);
    }

    // The scripts that stand in the page run by their hashes, and no others.
    private static string HashesOf(string page) =>
        string.Concat(InlineScript().Matches(page).Select(m => $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(m.Groups["script"].Value.ReplaceLineEndings("\n"))))}'"));

    [GeneratedRegex("<script(?![^>]*\\ssrc=)[^>]*>(?<script>.*?)</script>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();

    private static string[] MethodsOf(HttpContext http) =>
    [
        .. http.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.StartsWith(Api + "/", StringComparison.Ordinal) == true
                && new TemplateMatcher(new RouteTemplate(e.RoutePattern), []).TryMatch(http.Request.Path, []))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct(),
    ];

    // Ids are read from the address as it was sent (see AddressPart), which the description cannot know.
    private static void DescribeIds(OpenApiOperation operation, string? path)
    {
        Describe(AddressedConversation.RouteValue, "The conversation's id", ConversationId.MaxLength);
        Describe(AddressedCustomer.RouteValue, "The customer's id", CaseText.MaxIdLength);

        void Describe(string name, string what, int longest)
        {
            if (path?.Contains($"{{{name}}}", StringComparison.Ordinal) == true)
            {
                operation.Parameters ??= [];
                operation.Parameters.Insert(0, new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Path,
                    Required = true,
                    Description = $"{what}, percent-encoded: a%2Fb for a/b.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = longest },
                });
            }
        }
    }

    private sealed partial class Failures(ILogger<Failures> logger) : IExceptionHandler
    {
        private const string RetrySeconds = "1";

        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            if (!httpContext.Request.Path.StartsWithSegments(Api))
            {
                return false;
            }

            var answer = AnswerTo(exception);
            if (answer.StatusCode == StatusCodes.Status503ServiceUnavailable)
            {
                httpContext.Response.Headers.RetryAfter = RetrySeconds;
            }

            if (answer.StatusCode >= StatusCodes.Status500InternalServerError)
            {
                LogFailure(exception, httpContext.Request.Method, httpContext.TraceIdentifier);
            }

            await answer.ExecuteAsync(httpContext);
            return true;
        }

        private static ProblemHttpResult AnswerTo(Exception exception) => exception switch
        {
            BadHttpRequestException bad => Problems.OfStatus(bad.StatusCode),
            ConversationNotSeenException => Problems.NoConversation(),
            AccessDeniedException denied => Problems.Forbidden(denied.Message),
            RecordUnavailableException => Problems.Failure(
                StatusCodes.Status503ServiceUnavailable, ErrorCodes.RecordUnavailable, exception.Message + " Nothing that was acknowledged is lost. Send it again with the same id."),
            TimeoutException or OrleansException => Problems.Failure(
                StatusCodes.Status503ServiceUnavailable, ErrorCodes.RecordUnavailable, "The conversation did not answer in time. Send it again with the same id; nothing is taken in twice."),
            ConversationErasedException => Problems.Failure(StatusCodes.Status410Gone, ErrorCodes.ConversationErased, exception.Message),
            ConversationRecordDamagedException or CaseRecordDamagedException => Problems.Failure(StatusCodes.Status500InternalServerError, ErrorCodes.RecordDamaged, exception.Message),
            RecordKeyException => Problems.Failure(StatusCodes.Status500InternalServerError, ErrorCodes.RecordKeysMissing, "The record cannot be used: " + exception.Message),
            _ => Problems.Failure(StatusCodes.Status500InternalServerError, ErrorCodes.Defect, "The product failed; its log has the details. Sending a message again with the same id is safe."),
        };

        [LoggerMessage(LogLevel.Error, "{Method} failed (trace {Trace}).")]
        private partial void LogFailure(Exception e, string method, string trace);
    }
}
