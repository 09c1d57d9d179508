// Checks files of an app package for Teams by Microsoft's JSON schemas (npm package @microsoft/app-manifest). Each line of standard input is
// {"schema": file, "version": "1.22", "document": …}; each line of standard output is what does not fit, as an array of sentences: empty when all does.
const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');
const Ajv = require('ajv-draft-04');
const addFormats = require('ajv-formats');

const schemas = path.join(path.dirname(require.resolve('@microsoft/app-manifest/package.json')), 'build', 'json-schemas', 'teams');
readline.createInterface({ input: process.stdin }).on('line', line => {
  const asked = JSON.parse(line);
  const schema = JSON.parse(fs.readFileSync(path.join(schemas, `v${asked.version}`, asked.schema), 'utf8').replace(/^\uFEFF/, ''));
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  const fits = ajv.compile(schema);
  console.log(JSON.stringify(fits(asked.document) ? [] : fits.errors.map(e => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`)));
});
