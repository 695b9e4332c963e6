package io.landfall.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From what a user wrote to where the table is. */
final class TableLocations {

  /** Of two letters at least: one alone is a drive of Windows. */
  private static final Pattern SCHEME = Pattern.compile("(?s)([A-Za-z][A-Za-z0-9+.-]+):.*");

  /**
   * With letters, digits, _ and the place of a dataset's name, or anything in back quotes. It takes
   * all at once: going back letter by letter, Java calls itself for each.
   */
  private static final String ONE = "(?:\\w|\\{dataset\\})++|`[^`]+`";

  /** Three parts with dots between. */
  private static final Pattern NAME = Pattern.compile("(%1$s)(\\.(%1$s)){2}".formatted(ONE));

  /** A name and a password before a host, the password perhaps cut off by a slash in it. */
  private static final Pattern CREDENTIALS = Pattern.compile(":.*@|:(?!\\d*$)");

  private static final Pattern PART = Pattern.compile(ONE);

  private TableLocations() {}

  /** Throws IllegalArgumentException with what was expected. */
  static TableLocation parse(String text) {
    String wanted = text.strip();
    Matcher scheme = SCHEME.matcher(wanted);
    if (scheme.matches() && !scheme.group(1).equalsIgnoreCase(TableLocation.Folder.LOCAL)) {
      return folder(wanted, scheme.group(1).toLowerCase(Locale.ROOT));
    }
    return NAME.matcher(wanted).matches()
        ? name(wanted)
        : TableLocation.Folder.of(StorageLocation.local(text));
  }

  private static TableLocation name(String text) {
    List<String> parts = new ArrayList<>();
    for (Matcher part = PART.matcher(text); part.find(); ) {
      parts.add(part.group().replace("`", ""));
    }
    return new TableLocation.Catalog(parts.get(0), parts.get(1), parts.get(2));
  }

  private static TableLocation folder(String text, String scheme) {
    if (scheme.equals("s3") || scheme.equals("s3n")) {
      throw new IllegalArgumentException(
          "%s: is not a file system of Hadoop's any more; expected s3a:%s"
              .formatted(scheme, text.substring(text.indexOf(':') + 1)));
    }
    URI uri = uri(text.replace(TableLocation.DATASET, "%7Bdataset%7D"));
    if (uri.getPath() == null || !uri.getPath().startsWith("/")) {
      throw new IllegalArgumentException(
          "%1$s: is a URI scheme: expected an absolute path after it, as in %1$s://bucket/table; for a folder whose name has a colon write ./%1$s:…"
              .formatted(scheme));
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("expected a folder's URI without ? and #");
    }
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    if (CREDENTIALS.matcher(authority).find()) {
      throw new IllegalArgumentException(
          "expected a URI without credentials; they belong in spark.hadoop.fs.%s settings"
              .formatted(scheme));
    }
    String path = Path.of(uri.getPath()).normalize().toString();
    return new TableLocation.Folder(scheme, authority, path);
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "expected a URI (%s at character %d)".formatted(e.getReason(), e.getIndex() + 1), e);
    }
  }
}
