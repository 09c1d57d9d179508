// What tests/load/run asks of hosts that run: prints one JSON object a call. No packages.
// node load.js turns SECONDS CONNECTIONS ADDRESS...        messages a second, spread over the hosts, 1,000 conversations
// node load.js converse COUNT ADDRESS                      one message in each of COUNT new conversations, for the memory that they take
// node load.js sidebars COUNT TURNS-A-SECOND SECONDS ADDRESS   event streams open at once, and how long from the message to its event
// node load.js lists ADDRESS                               the console's lists and searches, each several times
const http = require('node:http');

const texts = [
  'Llevo tres semanas esperando el reembolso del pedido y nadie me responde.',
  'Hi, I was charged twice for the same order and your chat keeps closing on me.',
  'Es la TERCERA vez que escribo. ¡Esto es una vergüenza!',
  'Thanks, that worked.',
  '¿Me pueden decir cuándo llega el técnico? Tenía que venir ayer.',
  'I want to speak to a manager, this is the worst service I have ever had.',
];
const [what, ...rest] = process.argv.slice(2);
const run = Date.now().toString(36);
const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
const now = () => Number(process.hrtime.bigint()) / 1e6;
const round = x => Math.round(x * 10) / 10;

function ask(address, path, body) {
  const began = now();
  const bytes = body && Buffer.from(JSON.stringify(body));
  return new Promise(resolve => {
    const request = http.request(new URL(path, address), { method: body ? 'POST' : 'GET', agent, headers: body ? { 'content-type': 'application/json', 'content-length': bytes.length } : {} }, response => {
      let text = '';
      response.setEncoding('utf8').on('data', part => { text += part; }).on('end', () => resolve({ ms: now() - began, status: response.statusCode, text }));
    });
    request.on('error', e => resolve({ ms: now() - began, status: e.code }));
    request.end(bytes);
  });
}

const say = (address, conversation, n) =>
  ask(address, `/api/v1/conversations/${conversation}/messages`, { id: `m${n}`, speaker: n % 3 === 2 ? 'agent' : 'customer', text: texts[n % texts.length], customerId: `c-${conversation}`, agentId: `a-${n % 40}` });

function figures(results) {
  const times = results.map(r => r.ms).sort((a, b) => a - b);
  const at = share => times.length ? round(times[Math.min(times.length - 1, Math.floor(times.length * share))]) : null;
  const faults = {};
  for (const r of results.filter(r => r.status !== 200)) faults[r.status] = (faults[r.status] ?? 0) + 1;
  return { p50: at(0.5), p99: at(0.99), number: results.length, faults };
}

async function turns(seconds, connections, ...addresses) {
  let number = 0;
  async function send(span) {
    const results = [];
    const end = now() + span * 1000;
    await Promise.all(Array.from({ length: connections }, async () => {
      while (now() < end) {
        const n = number++;
        results.push(await say(addresses[n % addresses.length], `load-${run}-${n % 1000}`, Math.floor(n / 1000) * 1000 + n));
      }
    }));
    return results;
  }
  await send(8);
  const began = now();
  const results = await send(Number(seconds));
  return { perSecond: round(results.length / (now() - began) * 1000), ...figures(results) };
}

async function converse(count, address) {
  const results = [];
  let next = 0;
  await Promise.all(Array.from({ length: 16 }, async () => {
    while (next < count) results.push(await say(address, `mem-${run}-${next++}`, next));
  }));
  return figures(results);
}

async function sidebars(count, perSecond, seconds, address) {
  const sent = new Map();
  const waits = [];
  let open = 0;
  const streams = [];
  for (let i = 0; i < count; i++) {
    await say(address, `side-${run}-${i}`, 0);
  }
  // Streams are no calls: each needs a connection of its own.
  await Promise.all(Array.from({ length: count }, (_, i) => new Promise((resolve, reject) => {
    const conversation = `side-${run}-${i}`;
    const request = http.get(new URL(`/api/v1/conversations/${conversation}/events`, address), { agent: false }, response => {
      open += response.statusCode === 200 ? 1 : 0;
      response.setEncoding('utf8').on('data', part => {
        for (const [id, at] of sent) {
          if (id.startsWith(conversation + ' ') && part.includes(`"${id.split(' ')[1]}"`)) {
            waits.push({ ms: now() - at, status: 200 });
            sent.delete(id);
          }
        }
      });
      resolve();
    });
    request.on('error', reject);
    streams.push(request);
  })));
  await new Promise(resolve => setTimeout(resolve, 3000));
  const calls = [];
  const end = now() + seconds * 1000;
  let n = 0;
  while (now() < end) {
    const conversation = `side-${run}-${(n * 7919) % count}`;
    const id = `e${n}x`;
    sent.set(`${conversation} ${id}`, now());
    calls.push(ask(address, `/api/v1/conversations/${conversation}/messages`, { id, speaker: 'customer', text: texts[n % texts.length] }));
    n++;
    await new Promise(resolve => setTimeout(resolve, 1000 / perSecond));
  }
  const answers = await Promise.all(calls);
  await new Promise(resolve => setTimeout(resolve, 5000));
  const memory = await ask(address, '/metrics');
  for (const stream of streams) stream.destroy();
  return { open, event: figures(waits), lost: sent.size, answer: figures(answers), metrics: memory.status };
}

async function lists(address) {
  const asked = {
    'conversations, hottest first': '/api/v1/conversations?limit=50',
    'conversations of the last week': `/api/v1/conversations?limit=50&activeSince=${new Date(Date.now() - 7 * 864e5).toISOString()}`,
    'conversations from tension 0.7': '/api/v1/conversations?limit=50&minTension=0.7',
    'open alerts': '/api/v1/alerts?limit=100',
    'all alerts, a page': '/api/v1/alerts?state=all&limit=100',
    'reviews (T8)': '/api/v1/reviews',
    'follow-ups': '/api/v1/follow-ups',
    'one conversation of 20 messages': '/api/v1/conversations/load-0001234',
    'report of alerts, 30 days': '/api/v1/reports/alerts',
    'report of the desk, 30 days (CSV)': '/api/v1/reports/desk.csv',
    'console page': '/console',
    'reports page': '/reports',
  };
  const found = {};
  const first = (await ask(address, asked['conversations, hottest first'])).text;
  try { asked['conversations, second page'] = `/api/v1/conversations?limit=50&cursor=${encodeURIComponent(JSON.parse(first).nextCursor)}`; } catch { /* said below by its absence */ }
  for (const [name, path] of Object.entries(asked)) {
    const results = [];
    for (let i = 0; i < 5; i++) results.push(await ask(address, path));
    const times = results.slice(1).map(r => r.ms).sort((a, b) => a - b);
    found[name] = { first: round(results[0].ms), middle: round((times[1] + times[2]) / 2), status: results[0].status, bytes: results[0].text?.length };
  }
  return found;
}

(async () => {
  const numbers = { turns: 2, converse: 1, sidebars: 3, lists: 0 }[what];
  const args = rest.map((a, i) => i < numbers ? Number(a) : a);
  console.log(JSON.stringify(await { turns, converse, sidebars, lists }[what](...args)));
  process.exit(0);
})();
