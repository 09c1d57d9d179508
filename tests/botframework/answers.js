// Asks a bot on one of Microsoft's packages: `node answers.js botbuilder` or `agents`. Each line of standard input is the body of a request to
// /api/messages, as a JSON string; each line of standard output is {status, body} of the answer.
const readline = require('node:readline');
const bot = require(`./${process.argv[2]}.js`);

async function answer(text) {
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    return { status: 400 }; // The web server that parses bodies for the packages answers so.
  }

  const answered = { status: 0 };
  const response = {
    status: code => { answered.status = code; return response; },
    header: () => response,
    setHeader: () => response,
    send: sent => { answered.body = sent; return response; },
    end: () => response,
  };
  try {
    await bot.answer({ method: 'POST', headers: {}, body }, response);
  } catch {
    answered.status = 500;
  }

  return answered;
}

(async () => {
  console.error = console.warn = console.log = () => {};
  for await (const line of readline.createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(await answer(JSON.parse(line))) + '\n');
  }

  process.exit(0);
})();
