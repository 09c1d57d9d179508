// Sends messages to a bot's /api/messages, as a channel does that wants the answers in the response (expectReplies): what is timed is everything up to
// the answer. node load.js ADDRESS SECONDS CONNECTIONS WARMUP-SECONDS; prints one JSON object.
const http = require('node:http');

const [address, seconds, connections, warmUp] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const target = new URL('/api/messages', address);
const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
const texts = [
  'Llevo tres semanas esperando el reembolso del pedido y nadie me responde.',
  'Hi, I was charged twice for the same order and your chat keeps closing on me.',
  'Es la TERCERA vez que escribo. ¡Esto es una vergüenza!',
  'Thanks, that worked.',
  '¿Me pueden decir cuándo llega el técnico? Tenía que venir ayer.',
  'I want to speak to a manager, this is the worst service I have ever had.',
];
const run = Date.now().toString(36);
let number = 0;

function send() {
  const n = number++;
  const activity = JSON.stringify({
    type: 'message', id: `${run}-${n}`, channelId: 'emulator', serviceUrl: 'http://127.0.0.1:9', deliveryMode: 'expectReplies', text: texts[n % texts.length], locale: 'es-ES',
    from: { id: `user-${n % 500}` }, recipient: { id: 'bot' }, conversation: { id: `${run}-${n % 500}` },
  });
  const began = process.hrtime.bigint();
  return new Promise((resolve, reject) => {
    const request = http.request(target, { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(activity) } }, response => {
      let body = '';
      response.setEncoding('utf8').on('data', part => { body += part; }).on('end', () => {
        const isAnswer = response.statusCode === 200 && body.includes('"activities":[{');
        resolve({ ms: Number(process.hrtime.bigint() - began) / 1e6, isAnswer });
      });
    });
    request.on('error', reject);
    request.end(activity);
  });
}

async function sendFor(span) {
  const results = [];
  const end = Date.now() + span * 1000;
  await Promise.all(Array.from({ length: connections }, async () => {
    while (Date.now() < end) {
      results.push(await send());
    }
  }));
  return results;
}

(async () => {
  await sendFor(warmUp);
  const began = Date.now();
  const results = await sendFor(seconds);
  const took = (Date.now() - began) / 1000;
  const times = results.map(r => r.ms).sort((a, b) => a - b);
  const at = share => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] * 10) / 10;
  console.log(JSON.stringify({ perSecond: Math.round(results.length / took), p50: at(0.5), p99: at(0.99), messages: results.length, unanswered: results.filter(r => !r.isAnswer).length }));
  process.exit(0);
})();
