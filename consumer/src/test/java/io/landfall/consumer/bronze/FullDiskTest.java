package io.landfall.consumer.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.landfall.consumer.testing.Readings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {

  /** This machine's files, on a disk with little room. */
  public static final class Full extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("full:///");
    }

    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path path,
        boolean overwrite,
        int buffer,
        short replication,
        long block,
        Progressable progress)
        throws IOException {
      return new FSDataOutputStream(new Room(), null);
    }
  }

  private static final class Room extends OutputStream {
    private int left = room;

    @Override
    public void write(int one) throws IOException {
      if (--left < 0) {
        throw new IOException("No space left on device");
      }
    }
  }

  /** In bytes; Hadoop makes the file system. */
  private static int room;

  @TempDir Path folder;

  @Test
  void theReasonIsTheDiskAndNotWhatTheWriterSaysWhenItIsThrownAway() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.full.impl", Full.class.getName());
    for (room = 4; room < 3_000; room += 20) {
      RowFile file =
          new RowFile("full://" + folder, Readings.layout(Readings.FIRST), configuration);
      try {
        for (int hour = 0; hour < 50; hour++) {
          file.append(
              new LandedRow(
                  Readings.reading(Readings.FIRST.schema(), hour, 1, "UPSERT"),
                  0,
                  hour,
                  0L,
                  "00ff"));
        }
        var unused = file.finish();
      } catch (IOException e) {
        assertThat(e).hasStackTraceContaining("No space left on device");
      }
      // Called within a finally: whatever it throws would hide the reason.
      assertThatCode(file::close).as("room for %d bytes", room).doesNotThrowAnyException();
    }
    assertThat(folder).isEmptyDirectory();
  }
}
