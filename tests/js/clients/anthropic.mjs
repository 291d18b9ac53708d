import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import { answering, berths, tide, weather } from './tools.mjs';

/** Messages with the package `@anthropic-ai/sdk`. */
export function cases({ address, key, provider, model }) {
  const client = new Anthropic({ baseURL: `${address}anthropic`, apiKey: key, maxRetries: 0 });
  const body = (text, more = {}, name = undefined) => ({ model: model(name), max_tokens: 4000, messages: [{ role: 'user', content: text }], ...more });
  const ask = (...given) => client.messages.create(body(...given));
  const tools = [weather, tide].map((t) => ({ name: t.name, description: t.description, input_schema: t.schema }));
  const textOf = (message) => message.content.filter((b) => b.type === 'text').map((b) => b.text).join('');

  async function steps(next) {
    const { answer, check } = answering();
    const messages = [{ role: 'user', content: 'weather?' }];
    for (let step = 0; step < 5; step++) {
      const message = await next({ model: model(), max_tokens: 4000, messages, tools });
      if (message.stop_reason !== 'tool_use') return check(textOf(message));
      messages.push({ role: 'assistant', content: message.content });
      messages.push({
        role: 'user',
        content: message.content.filter((b) => b.type === 'tool_use').map((b) => ({ type: 'tool_result', tool_use_id: b.id, content: answer(b.name, b.input) })),
      });
    }
    assert.fail('no end of steps');
  }

  return {
    async chat() {
      const message = await ask('How long?', { system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }], stop_sequences: ['END'], temperature: 0.5 });
      assert.deepEqual([message.type, message.role, textOf(message), message.stop_reason], ['message', 'assistant', 'Four dàys.', 'end_turn']);
      assert.deepEqual([message.usage.input_tokens, message.usage.output_tokens], [9, 4]);
    },
    async 'streamed chat'() {
      const seen = [];
      const stream = client.messages.stream(body('How long?')).on('streamEvent', (event) => seen.push(event.type));
      const message = await stream.finalMessage();
      assert.deepEqual([textOf(message), message.stop_reason, message.usage.output_tokens], ['Four dàys.', 'end_turn', 4]);
      assert.deepEqual([seen[0], seen[1], seen.at(-2), seen.at(-1)], ['message_start', 'content_block_start', 'message_delta', 'message_stop']);
    },
    async 'tools in several steps'() { await steps((given) => client.messages.create(given)); },
    async 'tools in several steps, streamed'() { await steps((given) => client.messages.stream(given).finalMessage()); },
    async 'structured output'() {
      const message = await ask('as json', { output_config: { format: { type: 'json_schema', schema: berths } } });
      assert.deepEqual(JSON.parse(textOf(message)), { city: 'Oslo', berths: 4 });
    },
    async 'thinking comes as a block'() {
      const message = await client.messages.stream(body('think', provider.name === 'bedrock' ? {} : { thinking: { type: 'enabled', budget_tokens: 1024 } })).finalMessage();
      assert.deepEqual(message.content.map((b) => b.type), ['thinking', 'text']);
      assert.equal(message.content[0].thinking, 'Let me think of it.');
      assert.deepEqual([message.usage.input_tokens, message.usage.cache_read_input_tokens, message.usage.output_tokens], [56, 64, 30]);
    },
    async 'why it ended'() {
      assert.equal((await ask('too long')).stop_reason, 'max_tokens');
      assert.equal((await ask('filtered')).stop_reason, 'refusal');
    },
    async 'tokens are counted'() {
      const count = async (content) => (await client.messages.countTokens({ model: model(), messages: [{ role: 'user', content }] })).input_tokens;
      const [few, many] = [await count('How long?'), await count('How long do ships of more than 150 metres stay at their berth? '.repeat(20))];
      assert.ok(few > 0 && many > 5 * few, `${few} ${many}`);
    },
    async 'a busy provider'() {
      await assert.rejects(ask('busy', {}, 'busy'), Anthropic.RateLimitError);
      await assert.rejects(ask('overloaded', {}, 'overloaded'), (e) => e instanceof Anthropic.APIError && e.status >= 500);
    },
    async 'an error in the stream'() {
      await assert.rejects(client.messages.stream(body('broken', {}, 'broken')).finalMessage(), Anthropic.APIError);
    },
    async 'mistakes'() {
      await assert.rejects(ask('x', { messages: [{ role: 'nobody', content: 'x' }] }), Anthropic.BadRequestError);
      await assert.rejects(client.messages.create({ model: 'nowhere/x', max_tokens: 9, messages: [{ role: 'user', content: 'x' }] }), Anthropic.NotFoundError);
      await assert.rejects(new Anthropic({ baseURL: `${address}anthropic`, apiKey: 'wrong', maxRetries: 0 }).messages.create(body('x')), Anthropic.AuthenticationError);
    },
    async 'abort in the middle'() {
      const stream = client.messages.stream(body('slow'));
      stream.once('text', () => stream.abort());
      await assert.rejects(stream.finalMessage(), Anthropic.APIUserAbortError);
    },
  };
}
