// The same bot on Microsoft's agents-hosting, the successor of botbuilder. It has no handlers for message extensions of its own: they are invokes here.
const { ActivityHandler, CloudAdapter } = require('@microsoft/agents-hosting');

class Bot extends ActivityHandler {
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

  async onInvokeActivity(context) {
    const { name, value } = context.activity;
    if (value?.commandId === 'coachMessage' && name === 'composeExtension/fetchTask') {
      return { status: 200, body: { task: { type: 'message', value: 'ok' } } };
    }

    return value?.commandId === 'coachMessage' && name === 'composeExtension/submitAction' ? { status: 200, body: {} } : super.onInvokeActivity(context);
  }
}

const adapter = new CloudAdapter({});
const bot = new Bot();
adapter.onTurnError = async (_, error) => {
  throw error;
};

exports.answer = (request, response) => adapter.process(request, response, context => bot.run(context));
