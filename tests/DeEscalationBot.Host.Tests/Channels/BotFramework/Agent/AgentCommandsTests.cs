using DeEscalationBot.Host.Channels.BotFramework.Agent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Agent;

/// <summary>Agents mix languages; customers must not command.</summary>
public class AgentCommandsTests
{
    private static readonly AgentCommands Commands = new(
        new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider().GetRequiredService<IStringLocalizer<AgentTexts>>());

    [Theory]
    [InlineData("ayuda", AgentWish.Help)]
    [InlineData("  ¿Qué puedes hacer?  ", AgentWish.Help)]
    [InlineData("What can you do?", AgentWish.Help)]
    [InlineData("OTRA FORMA", AgentWish.AnotherWay)]
    [InlineData("de otra manera…", AgentWish.AnotherWay)]
    [InlineData("Another way!", AgentWish.AnotherWay)]
    [InlineData("por que", AgentWish.Why)]
    [InlineData("¿Por qué?", AgentWish.Why)]
    [InlineData("Otro cliente", AgentWish.NewCase)]
    [InlineData("next customer", AgentWish.NewCase)]
    [InlineData("llama a un supervisor", AgentWish.CallSupervisor)]
    [InlineData("Call a supervisor.", AgentWish.CallSupervisor)]
    [InlineData("¿Cómo va?", AgentWish.Status)]
    [InlineData("habla español", AgentWish.SpeakSpanish)]
    [InlineData("English, please", AgentWish.SpeakEnglish)]
    [InlineData("revisa mi borrador", AgentWish.Review)]
    public void Read_AWishOnItsOwn_IsUnderstood(string text, AgentWish wish) => Assert.Equal(new AgentCommand(wish, ""), Commands.Read(text));

    [Theory]
    [InlineData("Revisa: Hola, lo siento: mañana llega.", AgentWish.Review, "Hola, lo siento: mañana llega.")]
    [InlineData("review my draft:\nDear Ana", AgentWish.Review, "Dear Ana")]
    [InlineData("Respondí: ya está", AgentWish.Sent, "ya está")]
    [InlineData("I replied: done", AgentWish.Sent, "done")]
    [InlineData("Cliente: ayuda", AgentWish.Coach, "ayuda")]
    [InlineData("The customer says: why?", AgentWish.Coach, "why?")]
    [InlineData("respondí:", AgentWish.Sent, "")]
    public void Read_AWishWithWords_HasThem(string text, AgentWish wish, string words) => Assert.Equal(new AgentCommand(wish, words), Commands.Read(text));

    [Theory]
    [InlineData("chats en espera", AgentWish.ListChats, "")]
    [InlineData("Waiting chats?", AgentWish.ListChats, "")]
    [InlineData("atender chat", AgentWish.TakeChat, "")]
    [InlineData("Atender el chat K7QX.", AgentWish.TakeChat, "K7QX")]
    [InlineData("take chat k7qx", AgentWish.TakeChat, "k7qx")]
    [InlineData("soltar chat K7QX", AgentWish.ReleaseChat, "K7QX")]
    [InlineData("Release the chat!", AgentWish.ReleaseChat, "")]
    public void Read_AWishForAChat_HasItsCode(string text, AgentWish wish, string code) => Assert.Equal(new AgentCommand(wish, code), Commands.Read(text));

    [Theory]
    [InlineData("Necesito ayuda con mi pedido")]
    [InlineData("Revisa mi cuenta de una vez")]
    [InlineData("Quiero un supervisor y lo quiero ya")]
    [InlineData("Why does nobody answer me?")]
    [InlineData("Otra forma de robarme: cobrarme dos veces")]
    [InlineData("Mi problema: nadie contesta")]
    [InlineData(":")]
    [InlineData("😡😡")]
    [InlineData("Take chat transcripts seriously for once")]
    [InlineData("¿Quién espera tres semanas por una respuesta?")]
    public void Read_WhatACustomerWouldWrite_IsACustomersMessage(string text) => Assert.Equal(new AgentCommand(AgentWish.Coach, text, IsBare: true), Commands.Read(text));
}
