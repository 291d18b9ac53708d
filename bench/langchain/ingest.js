// The peer of the ingest suite: LangChain.js loads a folder and splits it, in memory. Prints {bytes, documents, chunks, seconds} as JSON.
import { DirectoryLoader } from "langchain/document_loaders/fs/directory";
import { TextLoader } from "langchain/document_loaders/fs/text";
import { RecursiveCharacterTextSplitter } from "@langchain/textsplitters";

const folder = process.argv[2];
const started = process.hrtime.bigint();
const loader = new DirectoryLoader(folder, { ".md": (path) => new TextLoader(path), ".txt": (path) => new TextLoader(path) });
const documents = await loader.load();
const splitter = RecursiveCharacterTextSplitter.fromLanguage("markdown", { chunkSize: 1000, chunkOverlap: 100 });
const chunks = await splitter.splitDocuments(documents);
const seconds = Number(process.hrtime.bigint() - started) / 1e9;
console.log(JSON.stringify({ documents: documents.length, chunks: chunks.length, seconds }));
