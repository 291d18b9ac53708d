import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { answering, berths, tide, weather } from './tools.mjs';

/** Responses with the package `openai`. */
export function cases({ address, key, provider, model }) {
  const client = new OpenAI({ baseURL: `${address}v1`, apiKey: key, maxRetries: 0 });
  const ask = (input, more = {}, name = undefined) => client.responses.create({ model: model(name), input, store: false, ...more });
  const tools = [weather, tide].map((t) => ({ type: 'function', name: t.name, description: t.description, parameters: t.schema, strict: false }));

  return {
    async chat() {
      const answer = await ask('How long?', { instructions: 'Be brief.', max_output_tokens: 100 });
      assert.deepEqual([answer.object, answer.status, answer.output_text], ['response', 'completed', 'Four dàys.']);
      assert.deepEqual([answer.usage.input_tokens, answer.usage.output_tokens], [9, 4]);
    },
    async 'streamed chat'() {
      let text = '', last = null, number = -1;
      for await (const event of await ask('How long?', { stream: true })) {
        assert.equal(event.sequence_number, ++number);
        if (event.type === 'response.output_text.delta') text += event.delta;
        last = event;
      }
      assert.deepEqual([text, last.type, last.response.usage.total_tokens], ['Four dàys.', 'response.completed', 13]);
      const whole = await client.responses.stream({ model: model(), input: 'How long?', store: false }).finalResponse();
      assert.equal(whole.output_text, 'Four dàys.');
    },
    async 'tools in several steps'() {
      const { answer, check } = answering();
      const input = [{ role: 'user', content: 'weather?' }];
      for (let step = 0; step < 5; step++) {
        const response = step % 2 ? await client.responses.stream({ model: model(), input, tools, store: false }).finalResponse() : await ask(input, { tools });
        const calls = response.output.filter((item) => item.type === 'function_call');
        if (calls.length === 0) return check(response.output_text);
        input.push(...response.output.map(({ parsed_arguments, parsed, ...item }) => item));
        for (const call of calls) input.push({ type: 'function_call_output', call_id: call.call_id, output: answer(call.name, JSON.parse(call.arguments)) });
      }
      assert.fail('no end of steps');
    },
    async 'structured output'() {
      const answer = await client.responses.parse({ model: model(), input: 'as json', store: false, text: { format: { type: 'json_schema', name: 'berths', schema: berths, strict: true } } });
      assert.deepEqual(JSON.parse(answer.output_text), { city: 'Oslo', berths: 4 });
    },
    async 'reasoning comes as an item'() {
      // Converse has no word for it, and the model thinks all the same.
      const answer = await ask('think', provider.name === 'bedrock' ? {} : { reasoning: { summary: 'auto' } });
      assert.deepEqual(answer.output.map((item) => item.type), ['reasoning', 'message']);
      assert.equal(answer.output[0].summary[0].text, 'Let me think of it.');
      assert.equal(answer.usage.input_tokens_details.cached_tokens, 64);
    },
    async 'a limit that cut it off'() {
      const answer = await ask('too long');
      assert.deepEqual([answer.status, answer.incomplete_details.reason], ['incomplete', 'max_output_tokens']);
    },
    async 'what nobody keeps'() {
      await assert.rejects(ask('x', { previous_response_id: 'resp_1' }), (e) => e instanceof OpenAI.BadRequestError && /previous_response_id/.test(e.message));
    },
    async 'an error in the stream'() {
      await assert.rejects(async () => { for await (const _ of await ask('broken', { stream: true }, 'broken')); }, OpenAI.APIError);
    },
    async 'abort in the middle'() {
      const stream = await ask('slow', { stream: true });
      for await (const event of stream) {
        if (event.type === 'response.output_text.delta') break;
      }
      assert.ok(stream.controller.signal.aborted);
    },
  };
}
