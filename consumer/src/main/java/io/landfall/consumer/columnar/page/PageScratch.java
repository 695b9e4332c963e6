package io.landfall.consumer.columnar.page;

import org.apache.hadoop.conf.Configuration;

/** What all of a file's columns use in turn, so that it stays in the processor's cache. */
final class PageScratch implements AutoCloseable {

  private final PageBytes page = new PageBytes();
  private final PageCompressor compressor;
  private int[] numbers = {};

  PageScratch(Configuration configuration) {
    this.compressor = new PageCompressor(configuration);
  }

  PageBytes emptyPage() {
    page.truncate(0);
    return page;
  }

  /** Room for numbers; what it holds is nothing. */
  int[] numbers(int count) {
    if (numbers.length < count) {
      numbers = new int[Capacity.atLeast(numbers.length, count)];
    }
    return numbers;
  }

  byte[] compress(PageBytes raw) {
    return compressor.compress(raw);
  }

  @Override
  public void close() {
    compressor.close();
  }
}
