using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Delivery;

/// <summary>
/// What leaves the machine holds no personal data of the customer's: the real host against a receiver of webhooks and a mail server. The
/// numbers are the issuers' own examples, as in the tests of the redactor.
/// </summary>
public class PersonalDataTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Quiero hablar con su encargado, mi tarjeta es 4111 1111 1111 1111 y mi correo ana.ruiz@correo.example", "4111|1111|ana.ruiz", "[CARD]|[EMAIL]")]
    [InlineData("Escríbanme, mi DNI es 12345678Z, IBAN ES91 2100 0418 4502 0005 1332", "12345678|2100 0418", "[ID]|[IBAN]")]
    [InlineData("Quiero hablar con su encargado y que me llame al 612 34 56 78. La contraseña es Verano2024!", "612 34|Verano", "[PHONE]|[SECRET]")]
    [InlineData("I want to speak to your manager now, call me on (555) 123-4567, my SSN is 078-05-1120", "123-4567|078-05", "[PHONE]|[ID]")]
    [InlineData("Let me talk to a supervisor. My card 5555555555554444 was charged, account GB82WEST12345698765432, mail joe@mail.example", "55554444|WEST|joe@", "[CARD]|[IBAN]|[EMAIL]")]
    public async Task CustomersData_AreInNoWebhookAndNoMail_AndTheIdsOfTheDeliveryStay(string text, string gone, string instead)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var mails = new MailReceiver();
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, new FakeTimeProvider(Start), [.. receiver.Settings, .. mails.Settings]);

        // An id of the desk's may look like a telephone number: it is needed to find the conversation, and stays.
        const string Conversation = "wa-34600111222";
        await host.SayAsync(Conversation, "m1", "customer", text);
        await host.SayAsync(Conversation, "m2", "customer", "Eres un inútil, no sirves para nada.");

        // The alert for the insult tells how the conversation began.
        await Eventually.HoldsAsync(() => receiver.Taken.Any(IsInsult) && mails.Taken.Any(m => m.Subject!.Contains("T1 ", StringComparison.Ordinal)), "the webhook and the mail");
        var raised = receiver.Taken.First(IsInsult);
        var mail = mails.Taken.First(m => m.Subject!.Contains("T1 ", StringComparison.Ordinal));
        Assert.Equal(Conversation, raised.Conversation);
        var said = string.Join('\n', receiver.Taken.Select(r => r.Body));
        var mailed = mail.Subject + "\n" + mail.TextBody;
        Assert.Contains(Conversation, mailed, StringComparison.Ordinal);
        Assert.Equal(raised.Id.Length + "@deescalationbot.invalid".Length, mail.MessageId!.Length);
        Assert.All(gone.Split('|'), part =>
        {
            Assert.DoesNotContain(part, said, StringComparison.Ordinal);
            Assert.DoesNotContain(part, mailed, StringComparison.Ordinal);
        });
        Assert.All(instead.Split('|'), part => Assert.Contains(part, mailed, StringComparison.Ordinal));
    }

    private static bool IsInsult(Received received) => received.Type == "alert.raised" && (string?)received.Data["trigger"] == "T1";
}
