package io.landfall.consumer.columnar.page;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.codec.ZstandardCodec;

/** Zstandard with one context for all of a file's pages; Parquet's codec makes one for each. */
final class PageCompressor implements AutoCloseable {

  private final ZstdCompressCtx context = new ZstdCompressCtx();
  private byte[] buffer = {};

  /**
   * @param configuration may set the level, under Parquet's own name
   */
  PageCompressor(Configuration configuration) {
    context.setLevel(
        configuration.getInt(
            ZstandardCodec.PARQUET_COMPRESS_ZSTD_LEVEL,
            ZstandardCodec.DEFAULT_PARQUET_COMPRESS_ZSTD_LEVEL));
  }

  byte[] compress(PageBytes page) {
    int most = (int) Math.min(Integer.MAX_VALUE - 8, Zstd.compressBound(page.size()));
    if (buffer.length < most) {
      buffer = new byte[most];
    }
    int length = context.compressByteArray(buffer, 0, buffer.length, page.array(), 0, page.size());
    return Arrays.copyOf(buffer, length);
  }

  @Override
  public void close() {
    context.close();
  }
}
