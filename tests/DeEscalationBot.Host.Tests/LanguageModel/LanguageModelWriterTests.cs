using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.Writing;
using DeEscalationBot.Plugin.LanguageModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.LanguageModel;

/// <summary>The language model as it may be: good, slow, broken, lying, hostile. Whatever it does, what the agent gets has passed every check.</summary>
public sealed class LanguageModelWriterTests
{
    private const string Complaint = "I have been waiting three weeks for the refund of order 4471 and nobody answers me.";
    private const string Queja = "Llevo tres semanas esperando el reembolso del pedido 4471 y nadie me contesta.";
    private const string Good = "I am sorry that you have been waiting three weeks for the refund of order 4471 without an answer. What were you told the last time you asked?";
    private const string Bueno = "Siento que lleve tres semanas esperando el reembolso del pedido 4471 sin respuesta. ¿Qué le dijeron la última vez que preguntó?";
    private const string Lie = "Your refund of $400 has been approved and reaches you on Friday.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SwitchedOff_ByDefault_WritesOffline()
    {
        using var context = new WriterContext(address: null);

        var text = await context.Writer.WriteAsync(WriterContext.English(Complaint), Token);

        Assert.False(context.Writer.UsesLanguageModel);
        Assert.Equal((WritingOrigin.Offline, OfflineReason.SwitchedOff), (text.Origin, text.Reason));
        Assert.NotEmpty(text.Text);
    }

    [Theory]
    [InlineData(MessageLanguage.English, Complaint, Good)]
    [InlineData(MessageLanguage.Spanish, Queja, Bueno)]
    public async Task GoodAnswer_IsGiven_WithTheVersionOfItsPrompt(MessageLanguage language, string complaint, string answer)
    {
        using var server = new ModelServer().Answering(ModelAnswer.Says(answer));
        using var context = new WriterContext(server.Address);

        var text = await context.Writer.WriteAsync(WriterContext.English(complaint) with { Language = MessageLanguage.Undetermined }, Token);

        Assert.Equal((answer, WritingOrigin.LanguageModel, OfflineReason.None), (text.Text, text.Origin, text.Reason));
        Assert.Equal(language, text.Language);
        Assert.Equal(context.Prompts[WritingKind.NextReply, language].Version, text.PromptVersion);
    }

    [Fact]
    public async Task Request_CarriesModelKeyAndRedactedConversation()
    {
        using var server = new ModelServer().Answering(ModelAnswer.Says(Good));
        using var context = new WriterContext(server.Address);

        await context.Writer.WriteAsync(WriterContext.English(Complaint + " Write to ana@mail.example, my card is 4111 1111 1111 1111."), Token);

        var (body, authorization) = Assert.Single(server.Requests);
        Assert.Equal("test-model", (string?)body["model"]);
        Assert.Equal("Bearer key-of-the-test", authorization);
        Assert.Equal(Complaint + " Write to [EMAIL], my card is [CARD].", (string?)ModelServer.DataOf(body)["conversation"]![0]!["text"]);
        Assert.DoesNotContain("4111", body.ToJsonString(), StringComparison.Ordinal);
    }

    // A name is no one's until somebody says that it is theirs; its parts stand alone, too, and in no other word.
    [Theory]
    [InlineData("My name is Zenobia Zurita and I want my refund.", "Thank you, Zenobia. Zenobia Zurita, was it? Zuritania is on.", "Thank you, [NAME]. [NAME], was it? Zuritania is on.")]
    [InlineData("Me llamo Íñigo Zurita y quiero mi dinero.", "Gracias, Íñigo. ¿Señor Zurita? Iñigo no.", "Gracias, [NAME]. ¿Señor [NAME]? Iñigo no.")]
    [InlineData("I want my refund.", "Thank you, Zenobia.", "Thank you, Zenobia.")]
    public async Task Name_ThatSomebodySaidToBeTheirs_IsInNoTurnOfTheRequest(string said, string answered, string sent)
    {
        using var server = new ModelServer().Answering(ModelAnswer.Says(Good));
        using var context = new WriterContext(server.Address);

        await context.Writer.WriteAsync(
            WriterContext.English("x") with { Turns = [new(SpeakerRole.Customer, said), new(SpeakerRole.Agent, answered), new(SpeakerRole.Customer, Complaint)] }, Token);

        var turns = ModelServer.DataOf(Assert.Single(server.Requests).Body)["conversation"]!;
        Assert.Equal(sent, (string?)turns[1]!["text"]);
        Assert.DoesNotContain("Zurita", ((string?)turns[0]!["text"])!, StringComparison.Ordinal);
    }

    // What the agent calls the customer by leaves no more than what the customer said, and stands in what comes back all the same.
    [Theory]
    [InlineData(
        MessageLanguage.English,
        "My name is Zenobia Zurita and I have been waiting three weeks for the refund of order 4471.",
        "Zenobia, you should have asked us about order 4471 sooner. Ms Zurita, I will look into it.",
        "[NAME 1], you should have asked us about order 4471 sooner. Ms [NAME 2], I will look into it.",
        "[NAME 1], thank you for asking about order 4471. I will look into it, Ms [NAME 2].",
        "Zenobia, thank you for asking about order 4471. I will look into it, Ms Zurita.")]
    [InlineData(
        MessageLanguage.Spanish,
        "Me llamo Íñigo Zurita y llevo tres semanas esperando el reembolso del pedido 4471.",
        "Íñigo, debería haber preguntado antes por el pedido 4471. Lo reviso, señor Zurita.",
        "[NAME 1], debería haber preguntado antes por el pedido 4471. Lo reviso, señor [NAME 2].",
        "[NAME 1], gracias por preguntar por el pedido 4471. Lo reviso, señor [NAME 2].",
        "Íñigo, gracias por preguntar por el pedido 4471. Lo reviso, señor Zurita.")]
    public async Task Name_InADraft_IsNotSentAndStandsInTheRewrite(MessageLanguage language, string said, string draft, string sent, string answer, string shown)
    {
        using var server = new ModelServer().Answering(ModelAnswer.Says(answer));
        using var context = new WriterContext(server.Address);
        var request = WriterContext.English(said, WritingKind.RewriteDraft) with { Language = language, Draft = draft };

        var text = await context.Writer.WriteAsync(request, Token);
        var steps = await ToListAsync(context.Writer.StreamAsync(request, Token));

        Assert.Equal((shown, WritingOrigin.LanguageModel), (text.Text, text.Origin));
        Assert.Equal(shown, steps[^1].Text);
        Assert.DoesNotContain(steps, s => s.Text.Contains('['));
        Assert.All(server.Requests, r => Assert.Equal(sent, (string?)ModelServer.DataOf(r.Body)["draft"]));
        Assert.All(server.Requests, r => Assert.DoesNotContain("Zurita", r.Body.ToJsonString(), StringComparison.Ordinal));
    }

    // A mark that stood in no draft names nobody whom we know.
    [Theory]
    [InlineData(MessageLanguage.English, "My name is Zenobia and I want the refund of order 4471.", "Zenobia, you should have asked about order 4471 sooner.", "[NAME], thank you for asking about order 4471. I will look into it.")]
    [InlineData(MessageLanguage.English, "My name is Zenobia and I want the refund of order 4471.", "You should have asked about order 4471 sooner.", "[NAME 1], thank you for asking about order 4471. I will look into it.")]
    [InlineData(MessageLanguage.Spanish, "Me llamo Íñigo y quiero el reembolso del pedido 4471.", "Íñigo, debería haber preguntado antes por el pedido 4471.", "[NAME 2], gracias por preguntar por el pedido 4471. Lo reviso ahora.")]
    [InlineData(MessageLanguage.Spanish, "Me llamo Íñigo y quiero el reembolso del pedido 4471.", "Debería haber preguntado antes por el pedido 4471, escriba a ana@correo.example.", "Gracias por preguntar por el pedido 4471. Escriba a [EMAIL] y lo reviso.")]
    public async Task Mark_ThatIsNoNameOfTheDraft_IsRefused(MessageLanguage language, string said, string draft, string answer)
    {
        using var server = new ModelServer().Answering(ModelAnswer.Says(answer));
        using var context = new WriterContext(server.Address);

        var text = await context.Writer.WriteAsync(WriterContext.English(said, WritingKind.RewriteDraft) with { Language = language, Draft = draft }, Token);

        Assert.Equal(OfflineReason.Refused, text.Reason);
        Assert.Contains(WritingFault.NotPlainText, text.Faults);
    }

    [Theory]
    [MemberData(nameof(Injections.Texts), MemberType = typeof(Injections))]
    public async Task Injection_StaysDataInTheRequest(string text, bool isSpanish)
    {
        using var server = new ModelServer().Answering(ModelAnswer.Says(isSpanish ? Bueno : Good));
        using var context = new WriterContext(server.Address);
        var harmless = isSpanish ? WriterContext.Spanish(Queja) : WriterContext.English(Complaint);

        await context.Writer.WriteAsync(harmless, Token);
        await context.Writer.WriteAsync(harmless with { Turns = [new(SpeakerRole.Customer, text)] }, Token);

        var (plain, attacked) = (server.Requests[0].Body, server.Requests[1].Body);
        Assert.Equal(["system", "user"], ModelServer.MessagesOf(attacked).Select(m => m.Role));
        Assert.Equal(ModelServer.MessagesOf(plain)[0].Content, ModelServer.MessagesOf(attacked)[0].Content);
        Assert.Equal(text, (string?)Assert.Single(ModelServer.DataOf(attacked)["conversation"]!.AsArray())!["text"]);
    }

    [Theory]
    [MemberData(nameof(Injections.Obedience), MemberType = typeof(Injections))]
    public async Task Injection_ModelObeys_IsRefusedAndReplaced(string attack, string answer, bool isSpanish)
    {
        using var server = new ModelServer().Answering(ModelAnswer.Says(answer));
        using var context = new WriterContext(server.Address);
        var request = isSpanish ? WriterContext.Spanish($"{Queja} {attack}") : WriterContext.English($"{Complaint} {attack}");

        var text = await context.Writer.WriteAsync(request, Token);

        Assert.Equal((WritingOrigin.Offline, OfflineReason.Refused), (text.Origin, text.Reason));
        Assert.Equal(context.Writer.WriteOffline(request).Text, text.Text);
        Assert.NotEmpty(text.Faults);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task BadAnswer_IsMendedOnce_ByOurSentencesAlone()
    {
        using var server = new ModelServer().Answering(ModelAnswer.Says(Lie), ModelAnswer.Says(Good));
        using var context = new WriterContext(server.Address);

        var text = await context.Writer.WriteAsync(WriterContext.English(Complaint), Token);

        Assert.Equal((Good, WritingOrigin.Repaired), (text.Text, text.Origin));
        var mending = ModelServer.MessagesOf(server.Requests[1].Body);
        Assert.Contains("named a number", mending[0].Content, StringComparison.Ordinal);
        Assert.DoesNotContain("$400", server.Requests[1].Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerCutAtTheTokenLimit_IsNoAnswer()
    {
        using var server = new ModelServer().Answering(ModelAnswer.Says(Good, finish: "length"));
        using var context = new WriterContext(server.Address);

        var text = await context.Writer.WriteAsync(WriterContext.English(Complaint), Token);

        Assert.Equal(OfflineReason.Refused, text.Reason);
        Assert.Equal([WritingFault.TooLong], text.Faults);
    }

    [Theory]
    [InlineData("\"" + Good + "\"")]
    [InlineData("<think>The customer is upset about $400.</think>\n" + Good)]
    [InlineData("  " + Good + "\n")]
    public async Task WrappingOfModels_IsTakenOff(string answer)
    {
        using var server = new ModelServer().Answering(ModelAnswer.Says(answer));
        using var context = new WriterContext(server.Address);

        Assert.Equal(Good, (await context.Writer.WriteAsync(WriterContext.English(Complaint), Token)).Text);
    }

    [Fact]
    public async Task Slow_TimesOut_AndTheOfflineWordsAreThereBefore()
    {
        using var server = new ModelServer(TimeSpan.FromMinutes(5)).Answering(ModelAnswer.Says(Good));
        using var context = new WriterContext(server.Address, clock: null, ("AttemptTimeout", "00:00:00.300"), ("Retries", "0"));

        var steps = await ToListAsync(context.Writer.StreamAsync(WriterContext.English(Complaint), Token));

        Assert.Equal(2, steps.Count);
        Assert.Equal(steps[0].Text, steps[1].Text);
        Assert.Equal((false, WritingOrigin.Offline), (steps[0].IsFinal, steps[0].Result!.Origin));
        Assert.Equal(OfflineReason.TooSlow, steps[1].Result!.Reason);
    }

    [Fact]
    public async Task BodyThatStalls_TimesOut()
    {
        // The headers and the first words come at once, the rest never: a limit on the first byte would wait for ever.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = StallAsync(listener);
        using var context = new WriterContext($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1", clock: null, ("AttemptTimeout", "00:00:00.500"), ("Retries", "0"));

        var steps = await ToListAsync(context.Writer.StreamAsync(WriterContext.English(Complaint), Token));

        Assert.Equal(OfflineReason.TooSlow, steps[^1].Result!.Reason);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task ErrorThatMayPass_IsTriedAgain(int status)
    {
        using var server = new ModelServer().Answering(ModelAnswer.Fails(status), ModelAnswer.Says(Good));
        using var context = new WriterContext(server.Address);

        Assert.Equal(WritingOrigin.LanguageModel, (await context.Writer.WriteAsync(WriterContext.English(Complaint), Token)).Origin);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    public async Task ErrorThatStays_IsNotTriedAgain(int status)
    {
        using var server = new ModelServer().Answering(ModelAnswer.Fails(status));
        using var context = new WriterContext(server.Address);

        Assert.Equal(OfflineReason.Unavailable, (await context.Writer.WriteAsync(WriterContext.English(Complaint), Token)).Reason);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task RetryAfter_LongerThanATextMayTake_IsNotWaitedFor()
    {
        using var server = new ModelServer().Answering(ModelAnswer.Fails(429, retryAfter: "3600"));
        using var context = new WriterContext(server.Address);

        Assert.Equal(OfflineReason.Unavailable, (await context.Writer.WriteAsync(WriterContext.English(Complaint), Token)).Reason);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("", "application/json")]
    [InlineData("{", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("{}", "application/json")]
    [InlineData("""{"choices":[]}""", "application/json")]
    [InlineData("""{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null},"finish_reason":"stop"}]}""", "application/json")]
    [InlineData("""{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"wizard","content":"x"},"finish_reason":"magic"}]}""", "application/json")]
    [InlineData("<html><body>Proxy error</body></html>", "text/html")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"You will\"}}]}\n\ndata: {brok", "text/event-stream")]
    public async Task BrokenAnswer_GivesTheOfflineWords(string body, string contentType)
    {
        using var server = new ModelServer().Answering(ModelAnswer.Sends(body, contentType));
        using var context = new WriterContext(server.Address, clock: null, ("Retries", "0"), ("BreakerMinimumRequests", "100"));
        var request = WriterContext.English(Complaint);

        var whole = await context.Writer.WriteAsync(request, Token);
        var steps = await ToListAsync(context.Writer.StreamAsync(request, Token));

        Assert.All([whole, steps[^1].Result!], t => Assert.Equal((WritingOrigin.Offline, context.Writer.WriteOffline(request).Text), (t.Origin, t.Text)));
        Assert.All([whole, steps[^1].Result!], t => Assert.True(t.Reason is OfflineReason.Unavailable or OfflineReason.Refused, t.Reason.ToString()));
    }

    [Fact]
    public async Task EndlessAnswer_IsBrokenOff()
    {
        using var server = new ModelServer().Answering(ModelAnswer.Sends(new string(' ', 3 << 20) + "{}"));
        using var context = new WriterContext(server.Address, clock: null, ("Retries", "0"));

        Assert.Equal(OfflineReason.Unavailable, (await context.Writer.WriteAsync(WriterContext.English(Complaint), Token)).Reason);
    }

    [Fact]
    public async Task Redirection_IsNotFollowed()
    {
        using var other = new ModelServer().Answering(ModelAnswer.Says(Good));
        using var server = new ModelServer().Answering(_ => new ModelAnswer(307, "", Headers: new Dictionary<string, string> { ["Location"] = other.Address + "/chat/completions" }));
        using var context = new WriterContext(server.Address);

        Assert.Equal(OfflineReason.Unavailable, (await context.Writer.WriteAsync(WriterContext.English(Complaint), Token)).Reason);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task FailingService_IsLeftAlone_AndTriedAgainAfterThePause()
    {
        var clock = new FakeTimeProvider();
        using var server = new ModelServer().Answering(ModelAnswer.Fails(500));
        using var context = new WriterContext(server.Address, clock, ("Retries", "0"), ("BreakerMinimumRequests", "4"));
        var request = WriterContext.English(Complaint);
        for (var i = 0; i < 4; i++)
        {
            await context.Writer.WriteAsync(request, Token);
        }

        var left = await context.Writer.WriteAsync(request, Token);
        Assert.Equal(OfflineReason.Unavailable, left.Reason);
        Assert.Equal(4, server.Requests.Count);

        server.Answering(ModelAnswer.Says(Good));
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(WritingOrigin.LanguageModel, (await context.Writer.WriteAsync(request, Token)).Origin);
    }

    [Fact]
    public async Task MoreThanAllowedAtOnce_GetTheOfflineWords()
    {
        using var server = new ModelServer(TimeSpan.FromSeconds(2)).Answering(ModelAnswer.Says(Good));
        using var context = new WriterContext(server.Address, clock: null, ("MaxConcurrent", "1"));

        var first = context.Writer.WriteAsync(WriterContext.English(Complaint), Token);
        var second = await context.Writer.WriteAsync(WriterContext.English(Complaint), Token);

        Assert.Equal(OfflineReason.Busy, second.Reason);
        Assert.Equal(WritingOrigin.LanguageModel, (await first).Origin);
    }

    [Theory]
    [InlineData("No quiero seguir viviendo.")]
    [InlineData("My phone is smoking and it burnt my hand.")]
    [InlineData("You are a stupid idiot and I hope you die.")]
    public async Task DelicateConversation_IsNotSent(string text)
    {
        using var server = new ModelServer().Answering(ModelAnswer.Says(Good));
        using var context = new WriterContext(server.Address);

        Assert.Equal(OfflineReason.Delicate, (await context.Writer.WriteAsync(WriterContext.English(text) with { Language = MessageLanguage.Undetermined }, Token)).Reason);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Streaming_ShowsCheckedSentencesOneAfterTheOther()
    {
        using var server = new ModelServer().Answering(ModelAnswer.Says(Good));
        using var context = new WriterContext(server.Address);

        var steps = await ToListAsync(context.Writer.StreamAsync(WriterContext.English(Complaint), Token));

        Assert.Equal(WritingOrigin.Offline, steps[0].Result!.Origin);
        Assert.Equal(Good[..(Good.IndexOf('.', StringComparison.Ordinal) + 1)], Assert.Single(steps, s => s.Result is null).Text);
        Assert.Equal((Good, WritingOrigin.LanguageModel), (steps[^1].Text, steps[^1].Result!.Origin));
        Assert.True(steps[^1].IsFinal);
    }

    [Fact]
    public async Task Streaming_LiesAreNeverShown()
    {
        using var server = new ModelServer().Answering(ModelAnswer.Says("I am sorry that you have been waiting three weeks. " + Lie + " What were you told?"));
        using var context = new WriterContext(server.Address);
        var request = WriterContext.English(Complaint);

        var steps = await ToListAsync(context.Writer.StreamAsync(request, Token));

        Assert.All(steps, s => Assert.DoesNotContain("400", s.Text, StringComparison.Ordinal));
        Assert.All(steps.Where(s => s.Result is null), s => Assert.Empty(WriterContext.Checks.Review(request, s.Text, isWhole: false)));
        Assert.Equal(OfflineReason.Refused, steps[^1].Result!.Reason);
    }

    [Fact]
    public async Task Caller_WhoNoLongerWaits_IsObeyed()
    {
        using var server = new ModelServer(TimeSpan.FromMinutes(5)).Answering(ModelAnswer.Says(Good));
        using var context = new WriterContext(server.Address);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var writing = context.Writer.WriteAsync(WriterContext.English(Complaint), stopping.Token);
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }

    [Fact]
    public async Task Metrics_CountTokensCostAndFaultsByPrompt()
    {
        using var server = new ModelServer().Answering(ModelAnswer.Says(Lie), ModelAnswer.Says(Good));
        using var context = new WriterContext(server.Address, clock: null, ("InputPricePerMillionTokens", "2"), ("OutputPricePerMillionTokens", "10"), ("PriceCurrency", "EUR"));
        var factory = context.Services.GetRequiredService<IMeterFactory>();
        var seen = new List<(string Name, double Value, string Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == LanguageModelMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((i, v, t, _) => Add(i.Name, v, t));
        listener.SetMeasurementEventCallback<double>((i, v, t, _) => Add(i.Name, v, t));
        listener.Start();

        await context.Writer.WriteAsync(WriterContext.English(Complaint), Token);

        var version = context.Prompts[WritingKind.NextReply, MessageLanguage.English].Version;
        Assert.All(seen, s => Assert.Contains("prompt=" + version, s.Tags, StringComparison.Ordinal));
        Assert.Equal(800, Sum("deescalation.language_model.tokens", "direction=input"));
        Assert.Equal(100, Sum("deescalation.language_model.tokens", "direction=output"));

        // Two requests of 400 and 50 tokens: 2 x (400 x 2 + 50 x 10) / 1,000,000.
        Assert.Equal(0.0026, Sum("deescalation.language_model.cost", "currency=EUR"), 9);
        Assert.Equal(1, Sum("deescalation.language_model.faults", "fault=UnknownNumber"));
        Assert.Equal(2, Sum("deescalation.language_model.requests", "outcome=ok"));
        Assert.Equal(1, Sum("deescalation.language_model.texts", "origin=Repaired"));
        Assert.Single(seen, s => s.Name == "deescalation.language_model.duration" && s.Value > 0);

        void Add(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            seen.Add((name, value, string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))));

        double Sum(string name, string tag) => seen.Where(s => s.Name == name && s.Tags.Contains(tag, StringComparison.Ordinal)).Sum(s => s.Value);
    }

    [Fact]
    public async Task Log_HoldsNoTextAndNoKey()
    {
        using var server = new ModelServer().Answering(ModelAnswer.Says(Lie), ModelAnswer.Says(Lie), ModelAnswer.Fails(400));
        using var context = new WriterContext(server.Address);

        await context.Writer.WriteAsync(WriterContext.English(Complaint), Token);
        await context.Writer.WriteAsync(WriterContext.English(Complaint), Token);

        Assert.Equal(2, context.Log.Lines.Count(l => l.Contains("offline words", StringComparison.Ordinal)));
        Assert.All(context.Log.Lines, l =>
        {
            Assert.DoesNotContain("4471", l, StringComparison.Ordinal);
            Assert.DoesNotContain("refund", l, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("key-of-the-test", l, StringComparison.Ordinal);
        });
    }

    private static async Task<List<WritingStep>> ToListAsync(IAsyncEnumerable<WritingStep> steps)
    {
        var list = new List<WritingStep>();
        await foreach (var step in steps)
        {
            list.Add(step);
        }

        return list;
    }

    private static async Task StallAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(Token);
        var stream = client.GetStream();
        var buffer = new byte[65_536];
        await stream.ReadAtLeastAsync(buffer, 1, cancellationToken: Token);
        var chunk = "data: " + new JsonObject
        {
            ["id"] = "1",
            ["object"] = "chat.completion.chunk",
            ["created"] = 1,
            ["model"] = "m",
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = new JsonObject { ["content"] = "I am" } }),
        }.ToJsonString() + "\n\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100000\r\n\r\n{chunk}"), Token);
        while (await stream.ReadAsync(buffer, Token) > 0)
        {
            // Until the other side gives up.
        }
    }
}
