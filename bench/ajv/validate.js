// node validate.js CASES MILLISECONDS: for each case [{name, schema, instance}], nanoseconds per validation of the parsed value, and per parse and validation of the text.
const Ajv = require("ajv/dist/2020");
const cases = JSON.parse(require("node:fs").readFileSync(process.argv[2], "utf8"));
const milliseconds = Number(process.argv[3]);

function time(work) {
  for (let i = 0; i < 2000; i++) work();
  let count = 0;
  const start = process.hrtime.bigint();
  const end = start + BigInt(milliseconds) * 1_000_000n;
  let now = start;
  while (now < end) {
    for (let i = 0; i < 50; i++) work();
    count += 50;
    now = process.hrtime.bigint();
  }
  return Number(now - start) / count;
}

const results = cases.map(({ name, schema, instance }) => {
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  const value = JSON.parse(instance);
  if (!validate(value)) throw new Error(`${name}: ${JSON.stringify(validate.errors)}`);
  return { name, validate: time(() => validate(value)), parseAndValidate: time(() => validate(JSON.parse(instance))) };
});
console.log(JSON.stringify(results));
