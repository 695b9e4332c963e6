package io.landfall.consumer.sql;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;

/** The same for Hadoop's second interface to files, which some log stores of Delta use. */
public final class ReadOnlyFiles extends DelegateToFileSystem {

  public ReadOnlyFiles(URI uri, Configuration settings) throws IOException, URISyntaxException {
    super(uri, new ReadOnlyFileSystem(), settings, uri.getScheme(), false);
  }

  @Override
  public int getUriDefaultPort() {
    return -1;
  }
}
