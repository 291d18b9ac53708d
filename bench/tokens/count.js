// node count.js TEXTS: of a JSON array of texts, the tokens of each in two published vocabularies, [[newer, older], ...].
import { readFileSync } from "node:fs";
import { encode as newer } from "gpt-tokenizer/encoding/o200k_base";
import { encode as older } from "gpt-tokenizer/encoding/cl100k_base";
const texts = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify(texts.map((t) => [newer(t).length, older(t).length])));
