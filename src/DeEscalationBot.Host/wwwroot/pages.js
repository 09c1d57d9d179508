// The few things that only the browser can do. No other script of ours runs in the pages.

// Alt with a letter presses or focuses the element that carries it: <button data-key="i">.
document.addEventListener('keydown', event => {
  if (!event.altKey || event.ctrlKey || event.metaKey || !event.code.startsWith('Key')) {
    return;
  }
  const target = document.querySelector(`[data-key="${event.code.slice(3).toLowerCase()}"]`);
  if (!target) {
    return;
  }
  event.preventDefault();
  if (target instanceof HTMLTextAreaElement) {
    target.focus();
  } else {
    target.click();
  }
});

// The server came back without this page's circuit: load the page again, its state is on the server's disk. The framework gives up
// after a while; an agent's chat lasts longer than that.
document.getElementById('components-reconnect-modal')?.addEventListener('components-reconnect-state-changed', event => {
  if (event.detail.state === 'rejected') {
    location.reload();
  } else if (event.detail.state === 'failed') {
    const again = setInterval(async () => {
      try {
        const answer = await fetch('/health/live', { cache: 'no-store' });
        if (answer.ok) {
          clearInterval(again);
          location.reload();
        }
      } catch {
        // Still away.
      }
    }, 10000);
  }
});

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without a secure context, or in a frame without leave, the old way still works.
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    document.body.append(area);
    const before = document.activeElement;
    area.select();
    let done = false;
    try {
      done = document.execCommand('copy');
    } finally {
      area.remove();
      before?.focus?.();
    }
    return done;
  }
}

// The text goes to the desk's origin and to no other page that may have taken its place.
export async function insert(text, conversation, origin) {
  if (origin && window.parent !== window) {
    window.parent.postMessage({ type: 'deescalation.insert', conversation, text }, origin);
    return 'posted';
  }
  return await copy(text) ? 'copied' : 'failed';
}

export function listenToDesk(panel, conversation, origin) {
  window.addEventListener('message', event => {
    if (event.origin === origin && event.source === window.parent && event.data?.type === 'deescalation.draft'
        && event.data.conversation === conversation && typeof event.data.text === 'string') {
      panel.invokeMethodAsync('ShowDraftAsync', event.data.text.slice(0, 8000)).catch(() => { });
    }
  });
  window.parent.postMessage({ type: 'deescalation.ready', conversation }, origin);
}

export function focus(id) {
  const element = document.getElementById(id);
  element?.focus();
  if (element instanceof HTMLTextAreaElement) {
    element.setSelectionRange(element.value.length, element.value.length);
  }
}

export function scrollToEnd(id) {
  const list = document.getElementById(id);
  if (list) {
    list.scrollTop = list.scrollHeight;
  }
}

export function recall(name) {
  try {
    return localStorage.getItem('deescalation.' + name);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem('deescalation.' + name, value);
  } catch {
    // A frame without storage: the choice lasts as long as the page.
  }
}
