using DeEscalationBot.Core.Delivery;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Core.Tests.Delivery;

/// <summary>Expected values come from the documentation of each rule; the signature's from the Standard Webhooks specification's own example.</summary>
public sealed class DeliveryRulesTests
{
    [Theory]
    [InlineData(1, 1, 2)]
    [InlineData(2, 2, 4)]
    [InlineData(5, 16, 32)]
    [InlineData(9, 256, 512)]
    [InlineData(10, 300, 600)]
    [InlineData(1000, 300, 600)]
    public void Retry_DelayGrowsAndIsSpread(int attempts, double least, double most)
    {
        var delays = Enumerable.Range(0, 200).Select(i => RetryPolicy.DelayAfter($"msg_{i}", attempts).TotalSeconds).ToArray();

        Assert.All(delays, d => Assert.InRange(d, least, most));
        Assert.True(delays.Max() - delays.Min() > 0.8 * (most - least));
        Assert.Equal(delays[0], RetryPolicy.DelayAfter("msg_0", attempts).TotalSeconds);
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(3600, 3600)]
    [InlineData(3601, 3600)]
    [InlineData(-5, 2)]
    public void Retry_AskedFor_IsObeyedUpToAnHour(int asked, int seconds) =>
        Assert.InRange(RetryPolicy.DelayAfter("msg_1", 1, TimeSpan.FromSeconds(asked)).TotalSeconds, seconds == 2 ? 1 : seconds, seconds);

    [Fact]
    public void Circuit_OpensAfterFiveRoundsInARow_LetsOneThroughAndCloses()
    {
        var clock = new FakeTimeProvider();
        var circuit = new SinkCircuit(clock);
        for (var i = 0; i < SinkCircuit.FailuresToOpen; i++)
        {
            Assert.Equal(8, circuit.Allows(8));
            Round(circuit, DeliveryReceipt.RetryLater("HTTP 500"), DeliveryReceipt.RetryLater("HTTP 500"));
        }

        Assert.True(circuit.IsOpen);
        clock.Advance(SinkCircuit.FirstPause - TimeSpan.FromTicks(1));
        Assert.True(circuit.IsOpen);
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, circuit.Allows(8));
        circuit.Begin();
        Assert.Equal(0, circuit.Allows(8));
        circuit.End([DeliveryReceipt.RetryLater("HTTP 500")]);
        clock.Advance(2 * SinkCircuit.FirstPause - TimeSpan.FromTicks(1));
        Assert.True(circuit.IsOpen);
        clock.Advance(TimeSpan.FromTicks(1));
        Round(circuit, DeliveryReceipt.Delivered("HTTP 200"));
        Assert.Equal(8, circuit.Allows(8));
    }

    [Fact]
    public void Circuit_OneThatArrives_KeepsItClosed()
    {
        var circuit = new SinkCircuit(new FakeTimeProvider());
        for (var i = 0; i < 20; i++)
        {
            Round(circuit, DeliveryReceipt.RetryLater("HTTP 500"), DeliveryReceipt.Delivered("HTTP 200"));
        }

        Assert.Equal(8, circuit.Allows(8));
    }

    [Fact]
    public void Circuit_AskedToWait_Waits()
    {
        var clock = new FakeTimeProvider();
        var circuit = new SinkCircuit(clock);
        Round(circuit, DeliveryReceipt.RetryLater("HTTP 429", TimeSpan.FromSeconds(30)));
        clock.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        Assert.True(circuit.IsOpen);
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(circuit.IsOpen);
    }

    // The example of the specification: secret, id, timestamp, body and signature as printed there.
    [Fact]
    public void Signature_OfTheSpecificationsExample_IsTheSpecifications()
    {
        var key = WebhookSignature.TryReadSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!;

        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSignature.Sign([key], "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}"""));
    }

    [Fact]
    public void Signature_AnythingChanged_IsNotVerified()
    {
        var key = WebhookSignature.TryReadSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!;
        var at = DateTimeOffset.FromUnixTimeSeconds(1614265330);
        var signature = WebhookSignature.Sign([new byte[24], key], "msg_1", at, "{}");
        bool Verify(string id = "msg_1", string timestamp = "1614265330", string body = "{}", string? header = null, int late = 0) =>
            WebhookSignature.Verify(key, id, timestamp, body, header ?? signature, at.AddSeconds(late), TimeSpan.FromMinutes(5));

        Assert.True(Verify());
        Assert.True(Verify(late: 300));
        Assert.False(Verify(late: 301));
        Assert.False(Verify(late: -301));
        Assert.False(Verify(id: "msg_2"));
        Assert.False(Verify(timestamp: "1614265331"));
        Assert.False(Verify(timestamp: "x"));
        Assert.False(Verify(body: "{ }"));
        Assert.False(Verify(header: ""));
        Assert.False(Verify(header: signature.Split(' ')[0]));
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Secret_LengthIsChecked(int bytes, bool isLegal) =>
        Assert.Equal(isLegal, WebhookSignature.TryReadSecret("whsec_" + Convert.ToBase64String(new byte[bytes])) is not null);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_not base64!")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void Secret_ThatIsNone_IsRefused(string? secret) => Assert.Null(WebhookSignature.TryReadSecret(secret));

    private static void Round(SinkCircuit circuit, params DeliveryReceipt[] receipts)
    {
        circuit.Begin();
        circuit.End(receipts);
    }
}
