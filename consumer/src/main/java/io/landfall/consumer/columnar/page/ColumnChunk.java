package io.landfall.consumer.columnar.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * The pages of one column in one row group, compressed and in memory. Values go into a dictionary
 * as long as that makes them smaller and its limit is not reached.
 */
final class ColumnChunk {

  private enum Dictionary {
    /** Nothing was seen that could tell whether it is worth it. */
    UNTRIED,
    /** Pages refer to it, and it takes more. */
    OPEN,
    /** Pages refer to it, and it is full. */
    CLOSED,
    /** It was not worth it, or there never was one. */
    NONE
  }

  private final ColumnDescriptor descriptor;
  private final Column column;
  private final PageScratch scratch;
  private final List<Page> pages = new ArrayList<>();
  private Dictionary dictionary = Dictionary.UNTRIED;
  private boolean ordered = true;
  private long bytes;

  ColumnChunk(ColumnDescriptor descriptor, Column column, PageScratch scratch) {
    this.descriptor = descriptor;
    this.column = column;
    this.scratch = scratch;
    column.clearDictionary();
  }

  /** How many bytes it holds in memory. */
  long memory() {
    return bytes + column.dictionaryMemory();
  }

  /** Makes a page of the column's rows. */
  void addPage() {
    PageBytes raw = scratch.emptyPage();
    int nulls = column.rows() - column.values();
    if (descriptor.getMaxDefinitionLevel() > 0) {
      putLevels(nulls, raw);
    }
    Encoding encoding = putValues(raw);
    Statistics<?> statistics = Statistics.createStats(column.type());
    statistics.incrementNumNulls(nulls);
    if (column.values() > 0) {
      ordered &= column.putBounds(statistics);
    }
    Page page =
        new Page(
            BytesInput.from(scratch.compress(raw)),
            raw.size(),
            column.rows(),
            statistics,
            encoding);
    pages.add(page);
    bytes += page.bytes().size();
    column.clear();
  }

  private void putLevels(int nulls, PageBytes to) {
    to.putInt(0); // their length, when it is known
    int rows = column.rows();
    if (nulls == 0 || nulls == rows) {
      RunLengths.putRun(nulls == 0 ? 1 : 0, rows, 1, to);
    } else {
      int[] levels = scratch.numbers(rows);
      column.putLevels(levels);
      RunLengths.put(levels, rows, 1, to);
    }
    to.setInt(0, to.size() - Integer.BYTES);
  }

  private Encoding putValues(PageBytes to) {
    if (column.values() > 0 && putPlaces(to)) {
      return Encoding.RLE_DICTIONARY;
    }
    column.putPlain(to);
    return Encoding.PLAIN;
  }

  private boolean putPlaces(PageBytes to) {
    if (dictionary == Dictionary.CLOSED || dictionary == Dictionary.NONE) {
      return false;
    }
    int[] places = scratch.numbers(column.values());
    boolean fits = column.putPlaces(places);
    if (!fits) {
      close();
      return false;
    }
    int start = to.size();
    int width = RunLengths.width(column.dictionarySize());
    to.putByte(width);
    RunLengths.put(places, column.values(), width, to);
    if (dictionary == Dictionary.UNTRIED && !isWorthIt(to.size() - start)) {
      to.truncate(start);
      close();
      return false;
    }
    dictionary = Dictionary.OPEN;
    return true;
  }

  private boolean isWorthIt(int placesBytes) {
    return column.dictionaryBytes() + placesBytes < column.plainBytes();
  }

  private void close() {
    if (dictionary == Dictionary.OPEN) {
      dictionary = Dictionary.CLOSED;
    } else {
      dictionary = Dictionary.NONE;
      column.clearDictionary();
    }
  }

  /** Appends all pages to the file, and makes room for those of the next row group. */
  void writeTo(ParquetFileWriter file) throws IOException {
    long rows = 0;
    for (Page page : pages) {
      rows += page.rows();
    }
    file.startColumn(descriptor, rows, CompressionCodecName.ZSTD);
    if (dictionary == Dictionary.OPEN || dictionary == Dictionary.CLOSED) {
      file.writeDictionaryPage(dictionaryPage());
    }
    for (Page page : pages) {
      page.writeTo(file);
    }
    if (!ordered) {
      file.invalidateStatistics(withoutBounds());
    }
    file.endColumn();
  }

  /** A chunk with a NaN tells no bounds: some readers would take them for those of all values. */
  private Statistics<?> withoutBounds() {
    Statistics<?> nulls = Statistics.createStats(column.type());
    for (Page page : pages) {
      nulls.incrementNumNulls(page.statistics().getNumNulls());
    }
    return nulls;
  }

  private DictionaryPage dictionaryPage() {
    PageBytes raw = scratch.emptyPage();
    column.putDictionary(raw);
    return new DictionaryPage(
        BytesInput.from(scratch.compress(raw)),
        raw.size(),
        column.dictionarySize(),
        Encoding.PLAIN);
  }
}
