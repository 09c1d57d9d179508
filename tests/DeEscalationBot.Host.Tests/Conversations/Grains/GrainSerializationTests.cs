using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Concurrency;
using Orleans.Serialization;

namespace DeEscalationBot.Host.Tests.Conversations.Grains;

/// <summary>What grains take and answer has to survive the way to another node, which a test on one node would not notice.</summary>
public class GrainSerializationTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private Serializer Serializer => fixture.Host.Services.GetRequiredService<Serializer>();

    [Fact]
    public void Outcome_AcrossNodes_IsTheSame()
    {
        var state = Conversation.Start(ConversationId.Create("c/1")).Apply(SampleEvents.OneOfEach);
        foreach (var turn in state.Turns)
        {
            var outcome = TurnOutcome.Of(state, turn);
            var arrived = Serializer.Deserialize<Immutable<TurnOutcome>>(Serializer.SerializeToArray(outcome.AsImmutable())).Value;
            Assert.Equal(JsonSerializer.Serialize(outcome, CoreJson.Options), JsonSerializer.Serialize(arrived, CoreJson.Options));
        }
    }

    [Fact]
    public void MessageAndAlertChange_AcrossNodes_AreTheSame()
    {
        var message = new InboundMessage(MessageId.Create("m/1"), SpeakerRole.Agent, "x\0", SampleEvents.At, MessageLanguage.English, "c", "a");
        var state = Conversation.Start(ConversationId.Create("c/1")).Apply(SampleEvents.OneOfEach);
        var change = new AlertChange(AlertChangeResult.AlreadyClosed, new ConversationAlert(state.Id, state.Alerts[0]));

        Assert.Equal(message, Serializer.Deserialize<Immutable<InboundMessage>>(Serializer.SerializeToArray(message.AsImmutable())).Value);
        var arrived = Serializer.Deserialize<Immutable<AlertChange>>(Serializer.SerializeToArray(change.AsImmutable())).Value;
        Assert.Equal(JsonSerializer.Serialize(change, CoreJson.Options), JsonSerializer.Serialize(arrived, CoreJson.Options));
    }

    [Fact]
    public void Failures_AcrossNodes_KeepTheirKindAndTheirSentence()
    {
        Exception damaged = new ConversationRecordDamagedException(ConversationId.Create("c/1"), 3, "it is missing.");
        Exception unavailable = new RecordUnavailableException("The record cannot be written now.", new InvalidOperationException("inner"));
        Exception postgresAway = new RecordUnavailableException("The record cannot be read now.", new InvalidOperationException("inner", new NpgsqlException("The connection is broken.", new IOException("reset"))));
        Exception postgresStops = new RecordUnavailableException("The record cannot be read now.", new PostgresException("it stops", "FATAL", "FATAL", "57P01"));
        Exception sqlite = new RecordUnavailableException("The record cannot be written now.", new SqliteException("disk full", 13));

        foreach (var failure in (Exception[])[damaged, unavailable, postgresAway, postgresStops, sqlite])
        {
            var arrived = Serializer.Deserialize<Exception>(Serializer.SerializeToArray(failure));
            Assert.Equal<(Type?, string?)>((failure.GetType(), failure.Message), (arrived?.GetType(), arrived?.Message));
        }
    }
}
