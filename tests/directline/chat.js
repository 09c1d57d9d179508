// A customer's chat with the npm package botframework-directlinejs: node chat.js HOST websocket|polling. The agent's part is played by the product's own API.
// Writes one JSON object: what was seen. Ends with 1 and a sentence when something does not come.
const { WebSocket } = require('ws');
global.XMLHttpRequest = require('xhr2');

const sockets = [];
global.WebSocket = class extends WebSocket {
  constructor(...parts) {
    super(...parts);
    sockets.push(this);
  }
};

const { DirectLine, ConnectionStatus } = require('botframework-directlinejs');
const [host, mode] = process.argv.slice(2);
const domain = `${host}/v3/directline`;
const user = { id: 'dl_ana' };

const post = (address, body) => fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

async function until(what, look) {
  const end = Date.now() + 30000;
  for (let seen; Date.now() < end; await new Promise(go => setTimeout(go, 20))) {
    if ((seen = look())) {
      return seen;
    }
  }
  throw new Error(`Not within 30 s: ${what}`);
}

// Without chance: a dropped line is opened again after three seconds, the shortest pause of the client.
const connect = options => {
  const seen = [];
  const line = new DirectLine({ domain, webSocket: mode === 'websocket', pollingInterval: 200, random: () => 0, ...options });
  line.activity$.subscribe(activity => seen.push(activity), error => error.message === 'conversation ended' || seen.push({ error: error.message })); // We end one ourselves.
  return { line, seen };
};

const write = (line, text, clientActivityID) => new Promise((resolve, reject) =>
  line.postActivity({ type: 'message', text, from: { id: 'somebody-else', role: 'user' }, channelId: 'webchat', locale: 'es', channelData: { clientActivityID } }).subscribe(resolve, reject));

(async () => {
  const { token } = await (await post(`${domain}/tokens/generate`, { user })).json();
  const first = connect({ token });
  const firstId = await write(first.line, 'Llevo tres semanas esperando y nadie me responde', 'c1');
  await until('the echo', () => first.seen.find(a => a.channelData?.clientActivityID === 'c1'));
  const conversation = first.line.conversationId;
  const answer = text => post(`${host}/api/v1/conversations/${conversation}/messages`, { id: `a-${text}`, speaker: 'agent', text });
  await answer('Lo miro ahora mismo');
  await until('the agent', () => first.seen.find(a => a.text === 'Lo miro ahora mismo'));

  // The line breaks; what is said meanwhile comes once it is back, and nothing comes twice.
  let second = first;
  if (mode === 'websocket') {
    sockets[0].terminate();
    await answer('Ya lo he encontrado');
    await until('a second line', () => sockets.length > 1);
  } else {
    first.line.end();
    await answer('Ya lo he encontrado');
    second = connect({ token: first.line.token, conversationId: conversation, watermark: first.line.watermark });
  }
  await until('what was missed', () => second.seen.find(a => a.text === 'Ya lo he encontrado'));
  const secondId = await write(second.line, 'Por fin, gracias', 'c2');
  await until('the second echo', () => second.seen.find(a => a.channelData?.clientActivityID === 'c2'));
  const typed = await new Promise((resolve, reject) => second.line.postActivity({ type: 'typing', from: user }).subscribe(resolve, reject));

  const seen = second === first ? first.seen : [...first.seen, ...second.seen];
  console.log(JSON.stringify({
    conversation, firstId, secondId, typed, user: second.line.parseToken(second.line.token), watermark: second.line.watermark, sockets: sockets.length,
    online: second.line.connectionStatus$.getValue() === ConnectionStatus.Online, session: await new Promise((resolve, reject) => second.line.getSessionId().subscribe(resolve, reject)),
    seen: seen.map(a => ({ id: a.id, type: a.type, from: a.from?.id, role: a.from?.role, text: a.text, channel: a.channelId, client: a.channelData?.clientActivityID, error: a.error })),
  }));
  process.exit(0);
})().catch(error => {
  console.error(error.message ?? error);
  process.exit(1);
});
