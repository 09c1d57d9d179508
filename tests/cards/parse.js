// Reads cards with the npm package adaptivecards. Each line of standard input is one card; each line of standard output is what the parser and its
// validation complain about, as an array of sentences: empty for a card that every client understands.
const readline = require('node:readline');
const { AdaptiveCard, CardElement, HostConfig, SerializationContext } = require('adaptivecards/dist/adaptivecards.js');

// Teams shows six buttons at once; the package's own default is five.
const teams = new HostConfig({ actions: { maxActions: 6 } });

readline.createInterface({ input: process.stdin }).on('line', line => {
  const complaints = [];
  try {
    const context = new SerializationContext();
    const card = new AdaptiveCard();
    card.hostConfig = teams;
    CardElement.langProperty.regEx.lastIndex = 0; // A global pattern keeps its place: without this the package refuses every second card's language.
    card.parse(JSON.parse(line), context);
    for (let i = 0; i < context.eventCount; i++) {
      complaints.push(context.getEventAt(i).message);
    }
    for (const failure of card.validateProperties().validationEvents) {
      complaints.push(failure.message);
    }
  } catch (error) {
    complaints.push(error.message);
  }
  console.log(JSON.stringify(complaints));
});
