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

// The frame's session is renewed for when the page is loaded again, and the page that is open goes on.
export function renewByDesk(page, conversation, origin) {
  window.addEventListener('message', async event => {
    if (event.origin === origin && event.source === window.parent && event.data?.type === 'deescalation.token'
        && event.data.conversation === conversation && typeof event.data.token === 'string') {
      const token = event.data.token;
      page.invokeMethodAsync('Renew', token).catch(() => { });
      await fetch('/sidebar-session', { method: 'POST', body: new URLSearchParams({ token, renew: '1' }) }).catch(() => { });
    }
  });
}

export function save(name, type, content) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
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

export function zone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? null;
}

// Two soft tones; made here, so that no file has to be fetched.
export function ring() {
  try {
    const audio = new AudioContext();
    for (const [at, pitch] of [[0, 660], [0.18, 880]]) {
      const tone = audio.createOscillator();
      const loudness = audio.createGain();
      tone.frequency.value = pitch;
      loudness.gain.setValueAtTime(0.12, audio.currentTime + at);
      loudness.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + at + 0.16);
      tone.connect(loudness).connect(audio.destination);
      tone.start(audio.currentTime + at);
      tone.stop(audio.currentTime + at + 0.17);
    }
    setTimeout(() => audio.close(), 800);
  } catch {
    // Without sound the page still shows it.
  }
}

export async function mayNotify() {
  return 'Notification' in window && (Notification.permission === 'granted' || await Notification.requestPermission() === 'granted');
}

export function showNotification(title, text) {
  if ('Notification' in window && Notification.permission === 'granted' && document.hidden) {
    new Notification(title, { body: text, tag: 'deescalation-alert' });
  }
}
