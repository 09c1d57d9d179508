// Checks tokens as Microsoft's botframework-connector does. Arguments: the address of the OpenID metadata, the bot's app id.
// Each line of standard input is {authorization, activity}; each line of standard output says accept, reject or error.
const readline = require('node:readline');
const { AuthenticationError, BotFrameworkAuthenticationFactory, PasswordServiceClientCredentialFactory } = require('botframework-connector');

const [metadata, appId] = process.argv.slice(2);
const authentication = BotFrameworkAuthenticationFactory.create(
  '', true, 'https://login.microsoftonline.com/botframework.com', 'https://api.botframework.com', 'https://api.botframework.com',
  'https://token.botframework.com', metadata, metadata, 'urn:botframework:azure', new PasswordServiceClientCredentialFactory(appId, 'not-used'),
  { requiredEndorsements: [] });

async function check({ authorization, activity }) {
  try {
    await authentication.authenticateRequest(activity, authorization ?? '');
    return 'accept';
  } catch (error) {
    return error instanceof AuthenticationError ? 'reject' : 'error';
  }
}

(async () => {
  // What the package prints besides would be taken for answers.
  console.error = console.warn = () => {};
  for await (const line of readline.createInterface({ input: process.stdin })) {
    process.stdout.write((await check(JSON.parse(line))) + '\n');
  }
})();
