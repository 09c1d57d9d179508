// Puts the agent's sidebar beside any live chat:
//   <div id="coach"></div>
//   <script src="https://coach.example.com/embed.js" data-conversation="ID" data-target="#coach" data-composer="#reply" data-lang="es"></script>
// data-target: where it goes (default: behind this script). data-composer: the desk's input; "Insert" writes there, and what the
// agent types there is reviewed. data-lang: es or en. data-theme: light or dark. Switch conversations
// by setting data-conversation on the script element.
// Where people sign in, the desk's server asks the coach for a token: data-token-url is an address of the desk's that answers
// {"token", "expiresAt"} for the conversation, with {conversation} in it replaced; data-token is a token as it is.
(() => {
  const script = document.currentScript;
  const coach = new URL(script.src).origin;
  const frame = document.createElement('iframe');
  const renewBefore = 120000;
  const tryAgainAfter = 15000;
  let ready = false;
  let renewal = 0;
  let ends = 0;

  frame.title = script.dataset.title || (script.dataset.lang === 'es' ? 'Asistente de conversación' : 'Conversation coach');
  frame.name = 'coach-' + Math.random().toString(36).slice(2);
  frame.allow = 'clipboard-write';
  frame.style.cssText = 'border:0;width:100%;min-width:320px;max-width:420px;height:100%;min-height:560px;display:block';

  const composer = () => script.dataset.composer ? document.querySelector(script.dataset.composer) : null;
  const read = box => 'value' in box ? box.value : box.innerText;

  function write(box, text) {
    box.focus();
    if ('value' in box) {
      // Through the prototype, so that a framework that watches the property hears of it.
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), 'value').set.call(box, text);
    } else {
      box.textContent = text;
    }
    box.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertReplacementText', data: text }));
  }

  // What the page in the frame is told.
  function wishes() {
    const wishes = { desk: location.origin };
    for (const name of ['lang', 'theme']) {
      if (script.dataset[name]) {
        wishes[name] = script.dataset[name];
      }
    }
    return wishes;
  }

  function show() {
    ready = false;
    clearTimeout(renewal);
    if (script.dataset.tokenUrl) {
      enter(script.dataset.conversation, false);
    } else if (script.dataset.token) {
      post(script.dataset.token);
    } else {
      const page = new URL('/sidebar/' + encodeURIComponent(script.dataset.conversation || ''), coach);
      for (const [name, value] of Object.entries(wishes())) {
        page.searchParams.set(name, value);
      }
      frame.src = page.href;
    }
  }

  // Asks the desk for a token, and again before it ends. One that is renewed goes to the page that is open; where the last one has ended meanwhile, as after
  // a sleep, that page is over, and comes anew.
  async function enter(conversation, isRenewal) {
    let pause = tryAgainAfter;
    try {
      const answer = await fetch(script.dataset.tokenUrl.replace('{conversation}', encodeURIComponent(conversation || '')), { cache: 'no-store' });
      const { token, expiresAt } = await answer.json();
      if (conversation !== script.dataset.conversation) {
        return;
      }
      if (isRenewal && Date.now() < ends) {
        frame.contentWindow.postMessage({ type: 'deescalation.token', conversation, token }, coach);
      } else {
        post(token);
      }
      ends = new Date(expiresAt).getTime();
      pause = Math.max(tryAgainAfter, ends - Date.now() - renewBefore);
      isRenewal = true;
    } catch {
      // The desk is away: asked again.
    }
    renewal = setTimeout(() => enter(conversation, isRenewal), pause);
  }

  // Never in an address, where logs and histories keep it.
  function post(token) {
    const form = document.createElement('form');
    form.method = 'post';
    form.action = coach + '/sidebar-session';
    form.target = frame.name;
    form.hidden = true;
    for (const [name, value] of Object.entries({ token, ...wishes() })) {
      const field = document.createElement('input');
      field.name = name;
      field.value = value;
      form.append(field);
    }
    document.body.append(form);
    form.submit();
    form.remove();
  }

  function sendDraft() {
    const box = composer();
    if (ready && box) {
      frame.contentWindow.postMessage({ type: 'deescalation.draft', conversation: script.dataset.conversation, text: read(box) }, coach);
    }
  }

  window.addEventListener('message', event => {
    if (event.origin !== coach || event.source !== frame.contentWindow || event.data?.conversation !== script.dataset.conversation) {
      return;
    }
    if (event.data.type === 'deescalation.ready') {
      ready = true;
      sendDraft();
    } else if (event.data.type === 'deescalation.insert' && typeof event.data.text === 'string') {
      // A desk with a composer of its own kind listens to this, and says so by preventDefault.
      const goOn = script.dispatchEvent(new CustomEvent('deescalation:insert', { bubbles: true, cancelable: true, detail: { text: event.data.text } }));
      const box = composer();
      if (goOn && box) {
        write(box, event.data.text);
      }
    }
  });

  document.addEventListener('input', event => {
    if (event.target === composer()) {
      sendDraft();
    }
  });

  new MutationObserver(show).observe(script, { attributes: true, attributeFilter: ['data-conversation'] });
  const target = script.dataset.target ? document.querySelector(script.dataset.target) : null;
  if (target) {
    target.append(frame);
  } else {
    script.after(frame);
  }
  show();
})();
