using DeEscalationBot.Host.Pages.Sidebar;
using Microsoft.JSInterop;

namespace DeEscalationBot.Host.Pages;

/// <summary>What became of words on their way to the desk's composer.</summary>
public enum InsertResult
{
    /// <summary>Handed to the desk that holds the frame.</summary>
    Posted,

    /// <summary>There is no desk around: they are on the clipboard.</summary>
    Copied,

    /// <summary>The browser allowed neither.</summary>
    Failed,
}

/// <summary>The few things that only the browser can do: <c>wwwroot/pages.js</c>. One for each component; made when first needed.</summary>
/// <param name="js">The browser.</param>
public sealed class PageScript(IJSRuntime js) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;

    /// <summary>Puts words on the clipboard.</summary>
    /// <param name="text">The words.</param>
    /// <returns>Whether the browser allowed it.</returns>
    public async Task<bool> CopyAsync(string text) => await (await ModuleAsync()).InvokeAsync<bool>("copy", text);

    /// <summary>Hands words to the desk that holds this page in a frame; to the clipboard when there is none.</summary>
    /// <param name="text">The words.</param>
    /// <param name="conversation">The conversation that they are for.</param>
    /// <param name="origin">The desk's origin, already found to be allowed; nothing when there is none.</param>
    public async Task<InsertResult> InsertAsync(string text, string conversation, string? origin) =>
        await (await ModuleAsync()).InvokeAsync<string>("insert", text, conversation, origin) switch
        {
            "posted" => InsertResult.Posted,
            "copied" => InsertResult.Copied,
            _ => InsertResult.Failed,
        };

    /// <summary>Saves a file where the browser saves files.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its content type.</param>
    /// <param name="content">What is in it.</param>
    public async Task SaveAsync(string name, string type, byte[] content) => await (await ModuleAsync()).InvokeVoidAsync("save", name, type, content);

    /// <summary>Moves the focus, with the caret behind the text.</summary>
    /// <param name="id">The element.</param>
    public async Task FocusAsync(string id) => await (await ModuleAsync()).InvokeVoidAsync("focus", id);

    /// <summary>Scrolls a list to its end.</summary>
    /// <param name="id">The list.</param>
    public async Task ScrollToEndAsync(string id) => await (await ModuleAsync()).InvokeVoidAsync("scrollToEnd", id);

    /// <summary>Begins to listen to the desk's composer, so that what the agent writes there is reviewed.</summary>
    /// <param name="panel">Who gets it.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="origin">The desk's origin.</param>
    public async Task ListenToDeskAsync(DotNetObjectReference<SidebarPanel> panel, string conversation, string origin) =>
        await (await ModuleAsync()).InvokeVoidAsync("listenToDesk", panel, conversation, origin);

    /// <summary>Begins to listen for the desk's new tokens, so that the page goes on.</summary>
    /// <param name="page">Who gets them.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="origin">The desk's origin.</param>
    public async Task RenewByDeskAsync(DotNetObjectReference<SidebarPage> page, string conversation, string origin) =>
        await (await ModuleAsync()).InvokeVoidAsync("renewByDesk", page, conversation, origin);

    /// <summary>Reads a choice that this browser keeps.</summary>
    /// <param name="name">Its name.</param>
    public async Task<string?> RecallAsync(string name) => await (await ModuleAsync()).InvokeAsync<string?>("recall", name);

    /// <summary>Keeps a choice in this browser.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The choice.</param>
    public async Task RememberAsync(string name, string value) => await (await ModuleAsync()).InvokeVoidAsync("remember", name, value);

    /// <summary>The browser's time zone, an IANA name, or nothing when it does not say.</summary>
    public async Task<string?> ZoneAsync() => await (await ModuleAsync()).InvokeAsync<string?>("zone");

    /// <summary>Sounds twice, softly. Browsers are silent until somebody has pressed something in the page.</summary>
    public async Task RingAsync() => await (await ModuleAsync()).InvokeVoidAsync("ring");

    /// <summary>Asks, once, whether the browser may show notifications.</summary>
    public async Task<bool> MayNotifyAsync() => await (await ModuleAsync()).InvokeAsync<bool>("mayNotify");

    /// <summary>Shows a notification, where the browser may.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="text">Its text.</param>
    public async Task NotifyAsync(string title, string text) => await (await ModuleAsync()).InvokeVoidAsync("showNotification", title, text);

    /// <summary>Switches on the shortcuts of the page.</summary>
    public async Task StartAsync() => await ModuleAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_module is { IsCompletedSuccessfully: true } module)
        {
            try
            {
                await module.Result.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The browser has gone, and the module with it.
            }
        }
    }

    private Task<IJSObjectReference> ModuleAsync() => _module ??= js.InvokeAsync<IJSObjectReference>("import", "/pages.js").AsTask();
}
