// A bot on Microsoft's botbuilder that does what ours does, as far as answers go.
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

exports.answer = (request, response) => adapter.process(request, response, context => bot.run(context));
