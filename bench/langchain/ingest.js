// The peer of the ingest suite: LangChain.js loads a folder and splits it, in memory. Prints {documents, chunks, seconds, processor} as JSON.
import { DirectoryLoader } from "langchain/document_loaders/fs/directory";
import { TextLoader } from "langchain/document_loaders/fs/text";
import { PDFLoader } from "@langchain/community/document_loaders/fs/pdf";
import { DocxLoader } from "@langchain/community/document_loaders/fs/docx";
import { HtmlToTextTransformer } from "@langchain/community/document_transformers/html_to_text";
import { RecursiveCharacterTextSplitter } from "@langchain/textsplitters";

const folder = process.argv[2];
const started = process.hrtime.bigint();
const used = process.cpuUsage();
const loader = new DirectoryLoader(folder, {
  ".md": (path) => new TextLoader(path),
  ".txt": (path) => new TextLoader(path),
  ".html": (path) => new TextLoader(path),
  ".pdf": (path) => new PDFLoader(path, { splitPages: false }),
  ".docx": (path) => new DocxLoader(path),
});
let documents = await loader.load();
// A folder of pages has no loader of its own: its documentation loads the markup as text and transforms it.
if (documents.some((d) => d.metadata.source.endsWith(".html")))
  documents = await new HtmlToTextTransformer().invoke(documents);
const splitter = RecursiveCharacterTextSplitter.fromLanguage("markdown", { chunkSize: 1000, chunkOverlap: 100 });
const chunks = await splitter.splitDocuments(documents);
const seconds = Number(process.hrtime.bigint() - started) / 1e9;
const { user, system } = process.cpuUsage(used);
console.log(JSON.stringify({ documents: documents.length, chunks: chunks.length, seconds, processor: (user + system) / 1e6 }));
