// node ids.js TOKENIZER TEXTS: of a JSON array of texts, what Hugging Face's tokenizers make of each with a tokenizer.json: { ids, texts (decoded), milliseconds }.
import { readFileSync } from "node:fs";
import tokenizers from "tokenizers";
const tokenizer = tokenizers.Tokenizer.fromFile(process.argv[2]);
const texts = JSON.parse(readFileSync(process.argv[3], "utf8"));
let ids, milliseconds = Infinity;
for (let round = 0; round < 3; round++) {
  const start = performance.now();
  const encodings = await tokenizer.encodeBatch(texts);
  milliseconds = Math.min(milliseconds, performance.now() - start);
  ids = encodings.map((e) => e.getIds());
}
console.log(JSON.stringify({ ids, texts: await tokenizer.decodeBatch(ids, true), milliseconds }));
