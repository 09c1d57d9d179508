// Verifies webhooks with the npm package standardwebhooks. Each line of standard input is one: {secret, headers, body}; each line of standard
// output says "verified" or why not. Run beside a receiver: express hands over request.headers and the raw body in the same way.
const readline = require('node:readline');
const { Webhook } = require('standardwebhooks');

readline.createInterface({ input: process.stdin }).on('line', line => {
  const { secret, headers, body } = JSON.parse(line);
  try {
    new Webhook(secret).verify(body, headers);
    console.log('verified');
  } catch (error) {
    console.log(error.message);
  }
});
