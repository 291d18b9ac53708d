// Runs every case of every client against every provider and writes the outcomes as one JSON document. The cases of one client run one after another,
// clients and providers side by side; a case that hangs is a failure too.
import * as openai from './openai.mjs';
import * as responses from './responses.mjs';
import * as anthropic from './anthropic.mjs';
import * as vercel from './vercel.mjs';

const { address, key, providers } = JSON.parse(process.env.CAIRN_JUDGE);
const outcomes = [];

async function judge(provider, client, cases) {
  let opened = 0;
  // A model that fails several times in a row rests, so each call has a model of its own: one failing case takes no other with it.
  const model = (name = 'any') => provider.model.replace('*', `${name}-${client}-${provider.name}-${++opened}`);
  for (const [name, run] of Object.entries(cases({ address, key, provider, model }))) {
    // A recording has no pace: all of it is there before anybody could leave.
    if (provider.unpaced && name.startsWith('abort')) continue;
    const began = performance.now();
    let error = null;
    let timer;
    try {
      const limit = new Promise((_, fail) => { timer = setTimeout(() => fail(new Error('nothing happened for 60 s')), 60_000); });
      await Promise.race([run(), limit]);
    } catch (e) {
      error = `${e?.stack ?? e}`;
    } finally {
      clearTimeout(timer);
    }
    outcomes.push({ client, provider: provider.name, name, error, milliseconds: Math.round(performance.now() - began) });
  }
}

await Promise.all(providers.flatMap((provider) =>
  Object.entries({ openai, responses, anthropic, vercel }).map(([client, { cases }]) => judge(provider, client, cases))));
process.stdout.write(JSON.stringify(outcomes), () => process.exit(0));
