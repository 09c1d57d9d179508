// Microsoft's own client of Azure AI Language, put to the server of our tests. Arguments: the address and the key. Each line of standard input is
// {kind, documents}; each line of standard output is what the client made of the answer: its results, or {status, code} of its error.
const readline = require('node:readline');
const { TextAnalysisClient, AzureKeyCredential } = require('@azure/ai-language-text');

const [, , address, key] = process.argv;
const client = new TextAnalysisClient(address, new AzureKeyCredential(key), { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } });

async function ask({ kind, documents }) {
  try {
    const options = kind === 'SentimentAnalysis' ? { includeOpinionMining: true, disableServiceLogs: true, stringIndexType: 'Utf16CodeUnit' } : { disableServiceLogs: true };
    return { results: await client.analyze(kind, documents, options) };
  } catch (error) {
    return { error: { status: error.statusCode, code: error.code, message: String(error.message) } };
  }
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(await ask(JSON.parse(line))) + '\n');
  }
})();
