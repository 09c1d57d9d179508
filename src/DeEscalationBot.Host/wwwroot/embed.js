// Puts the agent's sidebar beside any live chat:
//   <div id="coach"></div>
//   <script src="https://coach.example.com/embed.js" data-conversation="ID" data-target="#coach" data-composer="#reply" data-lang="es"></script>
// data-target: where it goes (default: behind this script). data-composer: the desk's input; "Insert" writes there, and what the
// agent types there is reviewed. data-lang: es or en. data-theme: light or dark. Switch conversations
// by setting data-conversation on the script element.
(() => {
  const script = document.currentScript;
  const coach = new URL(script.src).origin;
  const frame = document.createElement('iframe');
  let ready = false;

  frame.title = script.dataset.title || (script.dataset.lang === 'es' ? 'Asistente de conversación' : 'Conversation coach');
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

  function show() {
    ready = false;
    const page = new URL('/sidebar/' + encodeURIComponent(script.dataset.conversation || ''), coach);
    page.searchParams.set('desk', location.origin);
    for (const name of ['lang', 'theme']) {
      if (script.dataset[name]) {
        page.searchParams.set(name, script.dataset[name]);
      }
    }
    frame.src = page.href;
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
  show();
  const target = script.dataset.target ? document.querySelector(script.dataset.target) : null;
  if (target) {
    target.append(frame);
  } else {
    script.after(frame);
  }
})();
