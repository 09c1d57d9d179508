using System.Text.Json.Nodes;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Cases.Storage;

public class CaseFormatTests
{
    private static readonly CaseEvent[] All = [.. SampleCases.Customer, .. SampleCases.Dismissal, .. SampleCases.Departure, SampleCases.SetAside];

    // As the first version wrote them. Never change these: databases are full of them.
    public static TheoryData<string, string> FirstVersion { get; } = new()
    {
        { "customerAdded", """{"name":"\u00D1and\u00FA, S. A. \u0000 \uFFFD","since":"2026-02-03","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "contractAgreed", """{"terms":{"start":"2026-02-03","end":"2027-02-03","value":{"amount":1234.5,"currency":"EUR"},"notice":"60.00:00:00"},"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "obligationAdded", """{"obligation":{"id":"o1","side":"theirs","kind":"payment","text":"La \u00FAltima factura","dueOn":"2026-02-06","amount":{"amount":1234.5,"currency":"EUR"},"closedAt":null,"closedBy":null,"closedNote":null},"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "obligationClosed", """{"obligationId":"o1","note":"Transferencia","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "revenueRecorded", """{"entry":{"id":"r1","on":"2026-02-03","amount":{"amount":1234.5,"currency":"EUR"}},"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "contactRecorded", """{"entry":{"id":"c1","on":"2026-02-03","duration":"00:12:30"},"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "goodwillClaimed", """{"claim":{"id":"g1","on":"2026-02-03","amount":{"amount":1234.5,"currency":"EUR"},"wasGranted":true,"why":"Por el retraso"},"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "obligationCorrected", """{"obligation":{"side":"theirs","kind":"payment","text":"La penúltima factura","dueOn":"2026-02-07","amount":{"amount":1234.5,"currency":"EUR"},"id":"o1"},"why":"Otra factura","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "revenueCorrected", """{"entry":{"on":"2026-02-04","amount":{"amount":1234.5,"currency":"EUR"},"id":"r1"},"why":"Otro día","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "contactCorrected", """{"entry":{"on":"2026-02-03","duration":"00:13:00","id":"c1"},"why":"Medio minuto más","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "goodwillCorrected", """{"claim":{"on":"2026-02-03","amount":{"amount":1234.5,"currency":"EUR"},"wasGranted":false,"why":"Por el retraso","id":"g1"},"why":"No se concedió","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "entryStruck", """{"kind":"contact","entryId":"c1","why":"Era de otro cliente","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "customerMoved", """{"team":"rojo","why":"Cambió de proyecto","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "proposalSetAside", """{"kind":"departure","conversationId":"c/1","evidenceAt":"2026-02-28T14:30:00.125+00:00","why":"Bromeaba","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "customerLeft", """{"on":"2026-02-23","ending":"dismissed","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "customerReturned", """{"on":"2026-02-28","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "customerErased", """{"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "dismissalOpened", """{"customerId":"cliente/\u00F1and\u00FA","why":"Insultos","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "customerAssessed", """{"assessment":"bad","why":"Sigui\u00F3","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "meetingOffered", """{"channel":"video","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "concernsHeard", """{"wasHeld":true,"notes":"Nos ven lentos","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "reasonChosen", """{"reasonId":"abuses-team","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "reasonDropped", """{"reasonId":"never-content","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "evidenceAdded", """{"reasonId":"abuses-team","evidence":{"id":"e1","nature":"abuse","occurredAt":"2026-03-01T14:30:00.125+00:00","text":"\u00AB\u00A1In\u00FAtil!\u00BB","conversationId":"c/1","turnIndex":3,"signals":["abuse","threat"],"arisesFromOurFailure":true,"whatIsUntrue":"nada"},"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "evidenceStruck", """{"evidenceId":"e1","ruleId":"dismissal.evidence.our-failure","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "warningRecorded", """{"warning":{"reasonId":"abuses-team","givenAt":"2026-03-01T14:30:00.125+00:00","channel":"phone","text":"Sin insultos, por favor"},"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "dossierCompiled", """{"dossier":{"conversations":[{"conversationId":"c/1","from":"2026-03-01T14:30:00.125+00:00","until":"2026-03-01T15:30:00.125+00:00","customerTurns":3,"agentTurns":2,"peakTension":0.9,"lastTension":0.25,"alerts":1}],"complaints":[{"id":"c/1#3","conversationId":"c/1","turnIndex":3,"at":"2026-03-01T14:30:00.125+00:00","signals":["abuse"],"answerTurns":[4,5],"wasRelieved":true}],"pattern":[{"month":"2026-02-03","messages":3,"hot":1,"signals":{"abuse":2,"repeatContact":1}}],"curve":[{"at":"2026-03-01T14:30:00.125+00:00","conversationId":"c/1","tension":0.625}],"agents":["luis"]},"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "commentAsked", """{"person":"luis","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "commentGiven", """{"text":"Lo intent\u00E9 tres veces","at":"2026-03-01T14:30:00.125+00:00","by":"luis"}""" },
        { "complaintTold", """{"complaintId":"c/1#3","whatWasTried":"Un reembolso","isOurUnsolvedFailure":true,"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "optionsAnswered", """{"answer":"Otra persona","options":[{"text":"Otra persona","result":"triedInVain","note":"Tambi\u00E9n la insult\u00F3"}],"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "moneyReckoned", """{"money":{"from":"2026-02-03","until":"2027-02-02","revenue":{"amount":1234.5,"currency":"EUR"},"contact":"10:30:00","costToServe":{"amount":1234.5,"currency":"EUR"},"refund":{"amount":1234.5,"currency":"EUR"},"margin":{"amount":1234.5,"currency":"EUR"},"netOfEnding":{"amount":-3,"currency":"EUR"},"contractValue":{"amount":1234.5,"currency":"EUR"}},"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "legalAdviceNoted", """{"adviser":"Bufete","text":"Adelante","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "stageEntered", """{"stage":"decision","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "dismissalAgreed", """{"role":"manager","wasInvolved":true,"grounds":"No queda otra","at":"2026-03-01T14:30:00.125+00:00","by":"marta"}""" },
        { "dismissalDecided", """{"at":"2026-03-01T14:30:00.125+00:00","by":"marta"}""" },
        { "caseSentBack", """{"to":"reasons","grounds":"Falta algo","at":"2026-03-01T14:30:00.125+00:00","by":"marta"}""" },
        { "tellingPlanned", """{"plan":{"teller":"marta","tellerRole":"executive","channel":"email","whyInWriting":"Vive lejos","endsOn":"2026-05-04","secondReader":"nora"},"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "messageWritten", """{"text":"Terminamos.","language":"es","hash":"d24b7630be778c832b99a5c28c6c9147c92d9a3f216d90989e424f4275c0b6bf","brokenRules":["vague-reason"],"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "messageApproved", """{"hash":"d24b7630be778c832b99a5c28c6c9147c92d9a3f216d90989e424f4275c0b6bf","at":"2026-03-01T14:30:00.125+00:00","by":"marta"}""" },
        { "customerTold", """{"channel":"email","hash":"d24b7630be778c832b99a5c28c6c9147c92d9a3f216d90989e424f4275c0b6bf","appealUntil":"2026-03-15T14:30:00.125+00:00","at":"2026-03-01T14:30:00.125+00:00","by":"marta"}""" },
        { "obligationAccepted", """{"obligationId":"o1","why":"As\u00ED se queda","customersWords":"\u00ABDe acuerdo\u00BB","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "appealLodged", """{"text":"No lo acepto","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "appealDecided", """{"isUpheld":true,"grounds":"Se mantiene","at":"2026-03-01T14:30:00.125+00:00","by":"nora"}""" },
        { "dismissalClosed", """{"reviewDueOn":"2026-08-02","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "dismissalReviewed", """{"findings":"Bien hecho","at":"2026-03-01T14:30:00.125+00:00","by":"marta"}""" },
        { "dismissalUndone", """{"why":"Se disculparon","at":"2026-03-01T14:30:00.125+00:00","by":"marta"}""" },
        { "customerKept", """{"why":"Se queda","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "dismissalErased", """{"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "departureOpened", """{"customerId":"cliente/\u00F1and\u00FA","why":"Queremos cancelar","conversationId":"c/1","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "relationEvaluated", """{"evaluation":{"wasFruitful":"yes","hadSetbacks":"partly","weKeptCommitments":"no","theyKeptCommitments":"unknown","notes":"Dos a\u00F1os"},"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "exitTalkHeld", """{"talk":"inPerson","motives":[{"motive":"priceAgainstValue","words":"\u00ABEs caro\u00BB"}],"notes":"Un caf\u00E9","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "endAgreed", """{"endsOn":"2026-04-04","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "matrixFilled", """{"rows":[{"motive":"priceAgainstValue","responsibility":"shared","renegotiation":"lowerPrice","note":"No bajar","isPriceWarningRead":true}],"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "handoverListed", """{"item":{"id":"h1","kind":"ownData","text":"Sus contactos","doneAt":"2026-03-01T14:30:00.125+00:00","how":"Por SFTP"},"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "handoverDropped", """{"itemId":"h2","why":"No las quieren","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "handoverDone", """{"itemId":"h1","how":"Por SFTP","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "reportFiguresSet", """{"figures":[{"name":"Visitas","value":1200.5,"unit":"u."}],"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "testimonialAsked", """{"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "testimonialGiven", """{"text":"Fue un placer","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "surveyOffered", """{"link":"https://survey.example.org/1","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "surveyAnswered", """{"answer":{"score":9,"text":"Bien"},"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "departureMovedOn", """{"stage":"closing","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "commitmentAccepted", """{"obligationId":"o1","why":"As\u00ED se queda","customersWords":null,"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "keysVerified", """{"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "keysChanged", """{"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "accessRevoked", """{"where":"tienda","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "departureClosed", """{"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "improvementPlanned", """{"action":{"id":"i1","text":"Revisar precios","owner":"iker","dueOn":"2026-03-05","doneAt":"2026-03-01T14:30:00.125+00:00"},"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "improvementDone", """{"actionId":"i1","at":"2026-03-01T14:30:00.125+00:00","by":"iker"}""" },
        { "fitJudged", """{"fit":"notIdeal","why":"Poco margen","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "customerStayed", """{"why":"Se queda","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
        { "departureErased", """{"at":"2026-03-01T14:30:00.125+00:00","by":"ana"}""" },
    };

    [Fact]
    public void Samples_OfThisVersion_HoldEveryKindOfEvent()
    {
        var kinds = typeof(CaseEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(CaseEvent)) && !t.IsAbstract);

        Assert.Equal(kinds.Select(t => t.Name).Order(), All.Select(e => e.GetType().Name).Distinct().Order());
    }

    [Fact]
    public void Read_WhatWasWritten_GivesTheSameStateAndTheSameBytes()
    {
        var rows = All.Select((e, i) => CaseFormat.Write(RecordKey.None, CaseKind.Dismissal, "x", SampleCases.CustomerId, i + 1, e)).ToArray();

        var read = rows.Select(r => CaseFormat.Read(RecordKey.None, r)).ToArray();

        // Lists inside records compare by reference, so what is compared is what they are written as.
        Assert.Equal(rows.Select(r => r.Payload), read.Select((e, i) => CaseFormat.Write(RecordKey.None, CaseKind.Dismissal, "x", SampleCases.CustomerId, i + 1, e).Payload));
        Assert.Equal(rows.Select(r => r.By), read.Select(e => e.By));
        Assert.Equal(SampleCases.Customer.Count, CustomerRecord.Start("c").Apply(read.OfType<CustomerEvent>()).Sequence);
        Assert.Equal(SampleCases.Dismissal.Count, DismissalCase.Start("d").Apply(read.OfType<DismissalEvent>()).Sequence);
        Assert.Equal(SampleCases.Departure.Count, DepartureCase.Start("e").Apply(read.OfType<DepartureEvent>()).Sequence);
    }

    [Fact]
    public void FirstVersion_HoldsEveryTypeName() =>
        Assert.Equal(CaseFormat.TypeNames.Order(StringComparer.Ordinal), FirstVersion.Select(r => r.Data.Item1).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(FirstVersion))]
    public void Read_FirstVersion_KeepsEverythingThatItHeld(string type, string payload)
    {
        var e = CaseFormat.Read(RecordKey.None, Row(type, payload));

        // A later version may add; what the first one wrote comes back as it was.
        var written = JsonNode.Parse(CaseFormat.Write(RecordKey.None, CaseKind.Dismissal, "x", "c", 1, e).Payload);
        Assert.Equal(JsonNode.Parse(payload)!.ToJsonString(), EventPayloads.OnlyWhatIsIn(JsonNode.Parse(payload)!, written)!.ToJsonString());
    }

    [Theory]
    [InlineData("commentGiven", """{"by":"ana","at":"2026-03-01T14:32:00Z"}""")]
    [InlineData("commentGiven", """{"text":null,"by":"ana","at":"2026-03-01T14:32:00Z"}""")]
    [InlineData("commentGiven", "")]
    [InlineData("commentGiven", "null")]
    [InlineData("commentGiven", "{\"text\":\"secret words")]
    [InlineData("revenueRecorded", """{"entry":{"id":"r","on":"2026-02-03","amount":{"amount":1,"currency":"secret"}},"at":"2026-03-01T14:32:00Z","by":"ana"}""")]
    [InlineData("somethingOfALaterVersion", "{}")]
    public void Read_Damaged_NamesTheCaseAndTheEventAndKeepsTheWordsOut(string type, string payload)
    {
        var error = Assert.Throws<CaseRecordDamagedException>(() => CaseFormat.Read(RecordKey.None, Row(type, payload)));

        Assert.Contains("'dis-1'", error.Message, StringComparison.Ordinal);
        Assert.Contains("event 7", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    private static CaseEventRow Row(string type, string payload) =>
        new() { Kind = CaseKind.Dismissal, StreamId = "dis-1", CustomerId = "c", Sequence = 7, At = SampleCases.At, By = "ana", Type = type, Payload = payload };
}
