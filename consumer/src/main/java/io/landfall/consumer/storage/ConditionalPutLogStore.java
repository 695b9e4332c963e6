package io.landfall.consumer.storage;

import io.delta.storage.S3SingleDriverLogStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Delta's log on S3 for any number of writers: reads as Delta's own log store for S3 does, and
 * creates commits by a conditional write. Every writer of a table has to use it, or another log
 * store that creates them so.
 *
 * <p>Loaded by Delta by name ({@link LogStoreSettings}); for any number of threads.
 */
public final class ConditionalPutLogStore extends S3SingleDriverLogStore {

  public ConditionalPutLogStore(Configuration configuration) {
    super(configuration);
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
      throws IOException {
    if (overwrite) {
      super.write(path, actions, overwrite, configuration);
      return;
    }
    byte[] content = lines(actions);
    FileSystem files = path.getFileSystem(configuration);
    ConditionalCreateProbe.require(files, path.getParent());
    new ConditionalCreate(files, time -> Thread.sleep(time.toMillis())).create(path, content);
  }

  private static byte[] lines(Iterator<String> actions) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (actions.hasNext()) {
      bytes.writeBytes(actions.next().getBytes(StandardCharsets.UTF_8));
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }
}
