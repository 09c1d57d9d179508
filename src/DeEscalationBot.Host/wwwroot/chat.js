// Opens the customer's chat in Web Chat. The conversation stands in the address, so that loading the page again goes on with it.
(async () => {
  const chat = document.getElementById('chat');
  const address = new URL(location.href);
  const fail = () => { document.getElementById('failed').hidden = false; };
  if (!window.WebChat) {
    fail();
    return;
  }

  try {
    const wanted = address.searchParams.get('c');
    const answer = await fetch('/chat/token' + (wanted ? '?c=' + encodeURIComponent(wanted) : ''), { method: 'POST' });
    if (!answer.ok) {
      fail();
      return;
    }
    const { conversation, token, user } = await answer.json();
    address.searchParams.set('c', conversation);
    history.replaceState(null, '', address);
    const agent = document.getElementById('agent');
    agent.href = '/sidebar/' + encodeURIComponent(conversation);
    agent.hidden = false;

    const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
    const colours = isDark
      ? { backgroundColor: '#1f1f1f', bubbleBackground: '#2e2e2e', bubbleTextColor: '#fff', bubbleFromUserBackground: '#0f548c', bubbleFromUserTextColor: '#fff', sendBoxBackground: '#292929', sendBoxTextColor: '#fff', sendBoxPlaceholderColor: '#c0c0c0', sendBoxButtonColor: '#c0c0c0', timestampColor: '#b8b8b8', subtle: '#b8b8b8' }
      : { bubbleFromUserBackground: '#cfe4fa', timestampColor: '#616161', subtle: '#616161', sendBoxPlaceholderColor: '#616161', sendBoxButtonColor: '#616161' };
    window.WebChat.renderWebChat({
      directLine: window.WebChat.createDirectLine({ domain: location.origin + '/v3/directline', token }),
      userID: user,
      locale: chat.dataset.lang,
      styleOptions: { ...colours, hideUploadButton: true, accent: '#0f6cbd', bubbleBorderRadius: 6, bubbleFromUserBorderRadius: 6, primaryFont: 'system-ui, "DejaVu Sans", sans-serif' },
    }, chat);
  } catch {
    fail();
  }
})();
