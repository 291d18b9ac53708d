import assert from 'node:assert/strict';
import { embedMany, generateText, jsonSchema, Output, stepCountIs, streamText, tool } from 'ai';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { answering, berths, tide, weather } from './tools.mjs';

/** The package `ai` with each of its adapters. */
export function cases({ address, key, provider, model }) {
  const openai = createOpenAI({ baseURL: `${address}v1`, apiKey: key });
  const adapters = {
    'openai responses': { open: (name) => openai.responses(model(name)), options: { openai: { store: false } } },
    'openai chat': { open: (name) => openai.chat(model(name)) },
    'openai-compatible': { open: (name) => createOpenAICompatible({ name: 'cairn', baseURL: `${address}v1`, apiKey: key, includeUsage: true, supportsStructuredOutputs: true }).chatModel(model(name)) },
    anthropic: { open: (name) => createAnthropic({ baseURL: `${address}anthropic/v1`, apiKey: key })(model(name)) },
  };
  const made = {};
  for (const [name, { open, options }] of Object.entries(adapters)) {
    const given = (prompt, modelName = undefined) => ({ model: open(modelName), prompt, providerOptions: options, maxRetries: 0 });
    const tools = (answer) => Object.fromEntries([weather, tide].map((t) => [t.name, tool({ description: t.description, inputSchema: jsonSchema(t.schema), execute: async (input) => answer(t.name, input) })]));

    made[`chat by ${name}`] = async () => {
      const { text, usage, finishReason } = await generateText(given('How long?'));
      assert.deepEqual([text, finishReason, usage.inputTokens, usage.outputTokens], ['Four dàys.', 'stop', 9, 4]);
    };
    made[`streamed chat by ${name}`] = async () => {
      const result = streamText(given('How long?'));
      let text = '';
      for await (const piece of result.textStream) text += piece;
      assert.deepEqual([text, await result.finishReason, (await result.usage).outputTokens], ['Four dàys.', 'stop', 4]);
    };
    made[`tools in several steps by ${name}`] = async () => {
      const { answer, check } = answering();
      const { text, steps } = await generateText({ ...given('weather?'), tools: tools(answer), stopWhen: stepCountIs(5) });
      assert.equal(steps.length, 3);
      check(text);
    };
    made[`tools in several steps, streamed, by ${name}`] = async () => {
      const { answer, check } = answering();
      const result = streamText({ ...given('weather?'), tools: tools(answer), stopWhen: stepCountIs(5) });
      await result.consumeStream();
      check(await result.text);
    };
    made[`structured output by ${name}`] = async () => {
      if (name === 'anthropic' && ['gemini', 'bedrock'].includes(provider.name)) {
        // This adapter makes a model that it does not know answer by one tool, and neither Gemini nor Converse can be held to one.
        await assert.rejects(generateText({ ...given('as json'), output: Output.object({ schema: jsonSchema(berths) }) }), /unsupported parameter: 'parallel_tool_calls' with a (gemini|bedrock) model/);
        return;
      }
      const result = await generateText({ ...given('as json'), output: Output.object({ schema: jsonSchema(berths) }) });
      assert.deepEqual(result.output, { city: 'Oslo', berths: 4 });
    };
    made[`reasoning by ${name}`] = async () => {
      const result = await generateText(given('think'));
      assert.equal(result.text, 'Forty-two.');
      // OpenAI's chat completions have no reasoning, so its adapter reads none.
      if (name !== 'openai chat') assert.equal(result.reasoningText, 'Let me think of it.');
    };
    made[`errors by ${name}`] = async () => {
      await assert.rejects(generateText(given('busy', 'busy')), (e) => e.statusCode === 429);
      const failures = [];
      await streamText({ ...given('broken', 'broken'), onError: ({ error }) => failures.push(error) }).consumeStream();
      assert.equal(failures.length, 1);
    };
    made[`abort in the middle by ${name}`] = async () => {
      const stop = new AbortController();
      const kinds = [];
      for await (const part of streamText({ ...given('slow'), abortSignal: stop.signal }).fullStream) {
        kinds.push(part.type);
        if (part.type === 'text-delta') stop.abort();
      }
      assert.equal(kinds.at(-1), 'abort');
    };
  }
  if (!['anthropic', 'bedrock'].includes(provider.name)) {
    made.embeddings = async () => {
      const { embeddings, usage } = await embedMany({ model: openai.embeddingModel(model()), values: ['a', 'b', 'a'], maxRetries: 0 });
      assert.deepEqual([embeddings.length, embeddings[0].length], [3, 8]);
      assert.deepEqual(embeddings[0], embeddings[2]);
      // Gemini counts no tokens of embeddings.
      assert.ok(usage.tokens > 0 || provider.name === 'gemini');
    };
  }
  return made;
}
