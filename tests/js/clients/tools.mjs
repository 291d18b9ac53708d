import assert from 'node:assert/strict';

/** The tools that the script calls: weather of two cities at once, then the tide. */
export const weather = {
  name: 'weather',
  description: 'The weather of a city.',
  schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false },
};

export const tide = { name: 'tide', description: 'The tide.', schema: { type: 'object', properties: {}, additionalProperties: false } };

export const berths = {
  type: 'object',
  properties: { city: { type: 'string' }, berths: { type: 'integer' } },
  required: ['city', 'berths'],
  additionalProperties: false,
};

/** Answers a call, and remembers it. */
export function answering() {
  const calls = [];
  return {
    calls,
    answer(name, input) {
      calls.push(`${name} ${JSON.stringify(input)}`);
      return name === 'tide' ? 'high' : `rain in ${input.city}`;
    },
    check(text) {
      assert.deepEqual(calls, ['weather {"city":"Oslo"}', 'weather {"city":"Rome"}', 'tide {}']);
      assert.match(text, /The tide is high\.$/);
    },
  };
}
