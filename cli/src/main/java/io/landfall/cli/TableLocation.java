package io.landfall.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where a table is: a folder on some file system, or a name in a catalog. */
public sealed interface TableLocation {

  /** Stands for the name of a dataset, where one setting names the tables of several. */
  String DATASET = "{dataset}";

  /** As it stands in SQL after FROM. */
  String sql();

  /** The table of a dataset, where this names those of several. */
  TableLocation of(String dataset);

  /**
   * A folder.
   *
   * @param scheme of its file system: {@code file} for this machine's, {@code s3a} and so on
   * @param authority a bucket, a container or a host; empty where there is none
   * @param path absolute, as its file system names it: nothing in it is encoded
   */
  record Folder(String scheme, String authority, String path) implements TableLocation {

    static final String LOCAL = "file";

    /** A folder of this machine. */
    public static Folder of(Path path) {
      return new Folder(LOCAL, "", path.toAbsolutePath().normalize().toString());
    }

    public boolean isLocal() {
      return scheme.equals(LOCAL);
    }

    /** Whether one of the two folders lies in the other, or they are one. */
    public boolean overlaps(Folder other) {
      Path here = Path.of(path);
      Path there = Path.of(other.path);
      return scheme.equals(other.scheme)
          && authority.equals(other.authority)
          && (here.startsWith(there) || there.startsWith(here));
    }

    @Override
    public String sql() {
      return "delta." + quoted(toString());
    }

    @Override
    public Folder of(String dataset) {
      return new Folder(scheme, authority, path.replace(DATASET, dataset));
    }

    /** As Hadoop, Spark and Delta take it. */
    @Override
    public String toString() {
      return isLocal() ? path : scheme + "://" + authority + path;
    }
  }

  /** A table's name: catalog, schema, table. */
  record Catalog(String catalog, String schema, String table) implements TableLocation {

    private static final Pattern PLAIN = Pattern.compile("\\w+");

    private List<String> parts() {
      return List.of(catalog, schema, table);
    }

    @Override
    public Catalog of(String dataset) {
      return new Catalog(
          catalog.replace(DATASET, dataset),
          schema.replace(DATASET, dataset),
          table.replace(DATASET, dataset));
    }

    @Override
    public String sql() {
      return parts().stream().map(TableLocation::quoted).collect(Collectors.joining("."));
    }

    @Override
    public String toString() {
      return parts().stream()
          .map(part -> PLAIN.matcher(part).matches() ? part : quoted(part))
          .collect(Collectors.joining("."));
    }
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
