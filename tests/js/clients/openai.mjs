import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { answering, berths, tide, weather } from './tools.mjs';

/** Chat completions, embeddings and models with the package `openai`. */
export function cases({ address, key, provider, model }) {
  const client = new OpenAI({ baseURL: `${address}v1`, apiKey: key, maxRetries: 0 });
  const ask = (text, more = {}, name = undefined) => client.chat.completions.create({ model: model(name), messages: [{ role: 'user', content: text }], ...more });
  const tools = [weather, tide].map((t) => ({ type: 'function', function: { name: t.name, description: t.description, parameters: t.schema } }));

  async function steps(stream) {
    const { answer, check } = answering();
    const runner = client.chat.completions.runTools({
      model: model(),
      stream,
      messages: [{ role: 'user', content: 'weather?' }],
      tools: tools.map((t) => ({ type: 'function', function: { ...t.function, parse: JSON.parse, function: (input) => answer(t.function.name, input) } })),
    });
    check(await runner.finalContent());
  }

  return {
    async chat() {
      const answer = await ask('How long?', { temperature: 0.5, max_completion_tokens: 100, stop: ['END'], ...(['gemini', 'bedrock'].includes(provider.name) ? {} : { user: 'ann' }) });
      assert.equal(answer.object, 'chat.completion');
      assert.equal(answer.choices[0].message.content, 'Four dàys.');
      assert.equal(answer.choices[0].message.role, 'assistant');
      assert.equal(answer.choices[0].finish_reason, 'stop');
      assert.deepEqual([answer.usage.prompt_tokens, answer.usage.completion_tokens, answer.usage.total_tokens], [9, 4, 13]);
      assert.match(answer.id, /./);
    },
    async 'streamed chat'() {
      const stream = await ask('How long?', { stream: true, stream_options: { include_usage: true } });
      let text = '', usage = null, finish = null, first = null;
      for await (const chunk of stream) {
        assert.ok(Array.isArray(chunk.choices));
        first ??= chunk.choices[0]?.delta.role;
        text += chunk.choices[0]?.delta.content ?? '';
        finish = chunk.choices[0]?.finish_reason ?? finish;
        usage = chunk.usage ?? usage;
      }
      assert.deepEqual([first, text, finish, usage.total_tokens], ['assistant', 'Four dàys.', 'stop', 13]);
    },
    async 'tools in several steps'() { await steps(false); },
    async 'tools in several steps, streamed'() { await steps(true); },
    async 'structured output'() {
      const answer = await client.chat.completions.parse({
        model: model(),
        messages: [{ role: 'user', content: 'as json' }],
        response_format: { type: 'json_schema', json_schema: { name: 'berths', schema: berths, strict: true } },
      });
      assert.deepEqual(JSON.parse(answer.choices[0].message.content), { city: 'Oslo', berths: 4 });
    },
    async 'counts of cache and reasoning'() {
      const { usage, choices } = await ask('think');
      assert.equal(choices[0].message.reasoning_content, 'Let me think of it.');
      assert.deepEqual([usage.prompt_tokens, usage.prompt_tokens_details.cached_tokens, usage.completion_tokens], [120, 64, 30]);
      // Anthropic and Bedrock do not count reasoning apart.
      assert.equal(usage.completion_tokens_details.reasoning_tokens, ['anthropic', 'bedrock'].includes(provider.name) ? 0 : 12);
    },
    async 'log probabilities, or that there are none'() {
      if (['anthropic', 'gemini', 'bedrock'].includes(provider.name)) {
        await assert.rejects(ask('probable', { logprobs: true }), (e) => e instanceof OpenAI.BadRequestError && /unsupported parameter: 'logprobs' with an? (anthropic|gemini|bedrock) model/.test(e.message));
        return;
      }
      const answer = await ask('probable', { logprobs: true });
      assert.equal(answer.choices[0].logprobs.content.map((t) => t.token).join(''), 'Yes.');
      assert.equal(answer.choices[0].logprobs.content[0].logprob, -0.25);
    },
    async 'why it ended'() {
      assert.equal((await ask('too long')).choices[0].finish_reason, 'length');
      assert.equal((await ask('filtered')).choices[0].finish_reason, 'content_filter');
    },
    async 'images and files'() {
      const picture = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
      const answer = await client.chat.completions.create({
        model: model(),
        messages: [{ role: 'user', content: [{ type: 'text', text: 'Look:' }, { type: 'image_url', image_url: { url: picture } }, { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' } }] }],
      });
      assert.equal(answer.choices[0].message.content, 'Four dàys.');
    },
    async 'a busy provider'() {
      await assert.rejects(ask('busy', {}, 'busy'), (e) => e instanceof OpenAI.RateLimitError && e.code === 'provider.limited');
    },
    async 'an error in the stream'() {
      const stream = await ask('broken', { stream: true }, 'broken');
      let text = '';
      await assert.rejects(async () => { for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''; }, OpenAI.APIError);
      assert.equal(text, 'Half an answer'.slice(0, text.length));
      assert.ok(text.length > 0);
    },
    async 'mistakes'() {
      await assert.rejects(ask('x', { messages: [{ role: 'nobody', content: 'x' }] }), OpenAI.BadRequestError);
      await assert.rejects(client.chat.completions.create({ model: 'nowhere/x', messages: [{ role: 'user', content: 'x' }] }), OpenAI.NotFoundError);
      const stranger = new OpenAI({ baseURL: `${address}v1`, apiKey: 'wrong', maxRetries: 0 });
      await assert.rejects(stranger.models.list(), OpenAI.AuthenticationError);
    },
    async 'abort in the middle'() {
      const stream = await ask('slow', { stream: true });
      for await (const chunk of stream) {
        if (chunk.choices[0]?.delta.content) break;
      }
      assert.ok(stream.controller.signal.aborted);
      const stop = new AbortController();
      const asking = client.chat.completions.create({ model: model(), messages: [{ role: 'user', content: 'slow' }] }, { signal: stop.signal });
      setTimeout(() => stop.abort(), 50);
      await assert.rejects(asking, OpenAI.APIUserAbortError);
    },
    async embeddings() {
      const embed = (encoding_format) => client.embeddings.create({ model: model(), input: ['a', 'b'], encoding_format });
      if (['anthropic', 'bedrock'].includes(provider.name)) {
        await assert.rejects(embed(undefined), (e) => e instanceof OpenAI.BadRequestError && /makes no embeddings/.test(e.message));
        return;
      }
      const [usual, numbers] = [await embed(undefined), await embed('float')];
      assert.deepEqual(usual.data.map((d) => d.embedding.length), [8, 8]);
      usual.data[0].embedding.forEach((n, i) => assert.ok(Math.abs(n - numbers.data[0].embedding[i]) < 1e-6));
      // Gemini counts no tokens of embeddings.
      assert.ok(usual.usage.prompt_tokens > 0 || provider.name === 'gemini');
    },
    async models() {
      const names = [];
      for await (const m of client.models.list()) names.push(m.id);
      assert.ok(names.includes('default'), names.join());
    },
  };
}
