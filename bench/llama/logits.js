// The llama.cpp side of `bench/run learning published`: logits.js MODEL.gguf TOKEN… prints the probabilities of each next token, a row per token.
import { getLlama } from "node-llama-cpp";

const [file, ...tokens] = process.argv.slice(2);
const llama = await getLlama({ gpu: false, build: "never", logLevel: "error", progressLogs: false });
const model = await llama.loadModel({ modelPath: file, gpuLayers: 0 });
const context = await model.createContext({ contextSize: 64, batchSize: 64, threads: 2, flashAttention: false, experimentalKvCacheKeyType: "F32", experimentalKvCacheValueType: "F32" });
const generateNext = { probabilities: true, options: { temperature: 1, topK: 0, topP: 1, minP: 0 } };
const results = await context.getSequence().controlledEvaluate(tokens.map(t => [Number(t), { generateNext }]));
const rows = results.map(r => {
    const probabilities = r.next.probabilities;
    return Array.from({ length: probabilities.size }, (_, token) => probabilities.get(token));
});
process.stdout.write(JSON.stringify(rows) + "\n");
await llama.dispose();
