// A bot on Microsoft's botbuilder that does what ours does, as far as answers go. Each line of standard input is the body of a request to
// /api/messages, as a JSON string; each line of standard output is {status, body} of the answer.
const readline = require('node:readline');
const { CloudAdapter, ConfigurationBotFrameworkAuthentication, TeamsActivityHandler } = require('botbuilder');

class Bot extends TeamsActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      await context.sendActivity('ok');
      await next();
    });
  }

  async onAdaptiveCardInvoke(context, value) {
    return value.action.verb === 'coach.another'
      ? { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'ok' }
      : super.onAdaptiveCardInvoke(context, value);
  }

  async handleTeamsMessagingExtensionFetchTask(context, action) {
    return action.commandId === 'coachMessage' ? { task: { type: 'message', value: 'ok' } } : super.handleTeamsMessagingExtensionFetchTask(context, action);
  }

  async handleTeamsMessagingExtensionSubmitAction(context, action) {
    return action.commandId === 'coachMessage' ? {} : super.handleTeamsMessagingExtensionSubmitAction(context, action);
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const bot = new Bot();
adapter.onTurnError = async (_, error) => {
  throw error;
};

async function answer(text) {
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    return { status: 400 }; // The web server that parses bodies for the package answers so.
  }

  const answered = { status: 0 };
  const response = {
    status: code => { answered.status = code; return response; },
    header: () => response,
    send: sent => { answered.body = sent; return response; },
    end: () => response,
  };
  try {
    await adapter.process({ method: 'POST', headers: {}, body }, response, context => bot.run(context));
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
