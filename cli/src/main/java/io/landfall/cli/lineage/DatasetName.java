package io.landfall.cli.lineage;

import io.landfall.cli.TableLocation;
import java.net.URI;
import java.util.Map;

/**
 * What a dataset is called, by OpenLineage's rules, so that whatever else reads or writes it means
 * the same.
 *
 * @param namespace where it is: scheme and authority
 * @param name its path there
 */
public record DatasetName(String namespace, String name) {

  /** Hadoop's names of a file system, where OpenLineage has others. */
  private static final Map<String, String> SCHEMES =
      Map.of("s3a", "s3", "s3n", "s3", "abfs", "abfss");

  /** A topic; of several brokers the first one that the user names stands for the cluster. */
  public static DatasetName topic(String bootstrapServers, String topic) {
    return new DatasetName("kafka://" + bootstrapServers.split(",", 2)[0].strip(), topic);
  }

  /** An API, by its address. */
  public static DatasetName api(URI base) {
    return new DatasetName(
        "%s://%s".formatted(base.getScheme(), base.getRawAuthority()),
        base.getRawPath().isEmpty() ? "/" : base.getRawPath());
  }

  /** A table. */
  public static DatasetName table(TableLocation table) {
    return table instanceof TableLocation.Folder folder
        ? folder(folder)
        : catalog((TableLocation.Catalog) table);
  }

  private static DatasetName folder(TableLocation.Folder folder) {
    if (folder.isLocal()) {
      return new DatasetName("file", folder.path());
    }
    String namespace =
        "%s://%s"
            .formatted(SCHEMES.getOrDefault(folder.scheme(), folder.scheme()), folder.authority());
    // An object's name begins behind the slash; a file system's path begins with it.
    return new DatasetName(
        namespace,
        folder.scheme().equals("hdfs") ? folder.path() : folder.path().replaceFirst("^/+", ""));
  }

  /** OpenLineage has no rule for a catalog whose service is not known here. */
  private static DatasetName catalog(TableLocation.Catalog table) {
    return new DatasetName(table.catalog(), "%s.%s".formatted(table.schema(), table.table()));
  }
}
