// Scores texts with a sentiment library of Node.
//   node sentiment.js vader|nlpjs            JSON lines {language, text} in, JSON lines {vader: n} or {nlpjs: n} out
//   node sentiment.js vader|nlpjs --speed    the same in; one JSON line {microseconds, peakKilobytes} out
'use strict';
const fs = require('fs');

const scorers = {
  vader() {
    const { SentimentIntensityAnalyzer } = require('vader-sentiment');
    return ({ text }) => SentimentIntensityAnalyzer.polarity_scores(text).compound;
  },
  async nlpjs() {
    const { containerBootstrap } = require('@nlpjs/core');
    const { SentimentAnalyzer } = require('@nlpjs/sentiment');
    const { LangEn } = require('@nlpjs/lang-en');
    const { LangEs } = require('@nlpjs/lang-es');
    const container = await containerBootstrap();
    container.use(LangEn);
    container.use(LangEs);
    const analyzer = new SentimentAnalyzer({ container });
    return async ({ language, text }) => {
      // It fails on an empty text, and takes words such as "constructor", which every object knows, for entries of its lexicon.
      const { score } = (await analyzer.process({ utterance: text || ' ', locale: language })).sentiment;
      return Number.isFinite(score) ? score : 0;
    };
  },
};

async function main([name, mode]) {
  if (!scorers[name]) throw new Error(`'${name}' is not one of ${Object.keys(scorers).join(', ')}.`);
  const score = await scorers[name]();
  const messages = fs.readFileSync(0, 'utf8').split('\n').filter((line) => line).map((line) => JSON.parse(line));
  if (mode !== '--speed') {
    const lines = [];
    for (const message of messages) lines.push(JSON.stringify({ [name]: await score(message) }));
    fs.writeFileSync(1, lines.map((line) => line + '\n').join(''));
    return;
  }

  // Processor time, as the machine may have other work. The first passes let the engine compile what is hot; the fastest of the others is disturbed least.
  const pass = async () => {
    const start = process.cpuUsage();
    for (const message of messages) await score(message);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / messages.length;
  };
  for (let i = 0; i < 3; i++) await pass();
  let microseconds = Infinity;
  for (let i = 0; i < 5; i++) microseconds = Math.min(microseconds, await pass());
  console.log(JSON.stringify({ microseconds, peakKilobytes: peakKilobytes() }));
}

// Not process.resourceUsage(): on Linux that counts what the process that started this one held.
function peakKilobytes() {
  const status = '/proc/self/status';
  const line = fs.existsSync(status) && /^VmHWM:\s*(\d+)/m.exec(fs.readFileSync(status, 'utf8'));
  return line ? Number(line[1]) : null;
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
