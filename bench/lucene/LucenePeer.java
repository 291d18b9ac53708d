import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;

/** Lucene as a peer: builds an index of tab-separated passages, then answers one query a line with nanoseconds and ids. */
public final class LucenePeer {
    public static void main(String[] args) throws Exception {
        Path folder = Paths.get(args[0]);
        Analyzer analyzer = new EnglishAnalyzer(CharArraySet.EMPTY_SET);
        BM25Similarity similarity = new BM25Similarity(1.2f, 0.75f);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(new BufferedOutputStream(System.out), false, "UTF-8");
        long start = System.nanoTime();
        FSDirectory directory = FSDirectory.open(folder);
        IndexWriterConfig config = new IndexWriterConfig(analyzer).setSimilarity(similarity).setRAMBufferSizeMB(256).setOpenMode(IndexWriterConfig.OpenMode.CREATE);
        FieldType type = new FieldType();
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        type.setTokenized(true);
        try (IndexWriter writer = new IndexWriter(directory, config); BufferedReader passages = Files.newBufferedReader(Paths.get(args[1]))) {
            for (String line; (line = passages.readLine()) != null; ) {
                int tab = line.indexOf('\t');
                Document document = new Document();
                document.add(new NumericDocValuesField("id", Long.parseLong(line.substring(0, tab))));
                document.add(new Field("text", line.substring(tab + 1), type));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        long bytes = 0;
        for (String file : directory.listAll())
            bytes += directory.fileLength(file);
        out.println("built " + (System.nanoTime() - start) + " " + bytes);
        out.flush();
        IndexReader reader = DirectoryReader.open(directory);
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setSimilarity(similarity);
        searcher.setQueryCache(null);
        QueryBuilder builder = new QueryBuilder(analyzer);
        for (String line; (line = in.readLine()) != null; ) {
            int tab = line.indexOf('\t');
            int top = Integer.parseInt(line.substring(0, tab));
            long began = System.nanoTime();
            Query query = builder.createBooleanQuery("text", line.substring(tab + 1));
            ScoreDoc[] hits = new ScoreDoc[0];
            if (query != null) {
                TopScoreDocCollector collector = TopScoreDocCollector.create(top, top);
                searcher.search(query, collector);
                hits = collector.topDocs().scoreDocs;
            }
            long took = System.nanoTime() - began;
            StringBuilder answer = new StringBuilder().append(took);
            for (ScoreDoc hit : hits)
                answer.append(' ').append(idOf(reader, hit.doc));
            out.println(answer);
            out.flush();
        }
    }

    private static long idOf(IndexReader reader, int doc) throws IOException {
        NumericDocValues ids = MultiDocValues.getNumericValues(reader, "id");
        return ids.advanceExact(doc) ? ids.longValue() : -1;
    }
}
