// An echo bot on Microsoft's botbuilder, on this machine: the yardstick of the load run. Prints its address.
const http = require('node:http');
const bot = require('./botbuilder.js');

console.warn = () => {};
const server = http.createServer((request, raw) => {
  const parts = [];
  request.on('data', part => parts.push(part)).on('end', async () => {
    const response = {
      status: code => { raw.statusCode = code; return response; },
      header: (name, value) => { raw.setHeader(name, value); return response; },
      send: body => {
        raw.setHeader('content-type', 'application/json');
        raw.write(typeof body === 'string' ? body : JSON.stringify(body));
        return response;
      },
      end: () => { raw.end(); return response; },
    };
    try {
      await bot.answer({ method: 'POST', headers: request.headers, body: JSON.parse(Buffer.concat(parts)) }, response);
    } catch {
      raw.statusCode = 500;
      raw.end();
    }
  });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
