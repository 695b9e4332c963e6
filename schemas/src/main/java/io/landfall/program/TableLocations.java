package io.landfall.program;

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

  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*");

  /** Three parts with dots between; a part with other than letters, digits and _ in back quotes. */
  private static final Pattern NAME = Pattern.compile("(\\w+|`[^`]+`)(\\.(\\w+|`[^`]+`)){2}");

  private static final Pattern PART = Pattern.compile("\\w+|`[^`]+`");

  private TableLocations() {}

  /** Throws IllegalArgumentException with what was expected. */
  static TableLocation parse(String text) {
    Matcher scheme = SCHEME.matcher(text);
    if (scheme.matches()) {
      return folder(text, scheme.group(1).toLowerCase(Locale.ROOT));
    }
    if (NAME.matcher(text).matches()) {
      return name(text);
    }
    return TableLocation.Folder.of(Parsers.path(text));
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
    URI uri = uri(text);
    if (uri.getPath() == null || !uri.getPath().startsWith("/")) {
      throw new IllegalArgumentException(
          "expected an absolute path after %s:, as in %s"
              .formatted(
                  scheme,
                  scheme.equals(TableLocation.Folder.LOCAL)
                      ? "file:/data/table"
                      : scheme + "://bucket/table"));
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("expected a folder's URI without ? and #");
    }
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    if (authority.contains("@") && authority.substring(0, authority.indexOf('@')).contains(":")) {
      throw new IllegalArgumentException(
          "expected a URI without credentials; they belong in spark.hadoop.fs.%s settings"
              .formatted(scheme));
    }
    Path path = Path.of(uri.getPath()).normalize();
    if (scheme.equals(TableLocation.Folder.LOCAL)) {
      if (!authority.isEmpty() && !authority.equals("localhost")) {
        throw new IllegalArgumentException("expected file:/ and a folder of this machine");
      }
      return TableLocation.Folder.of(path);
    }
    return new TableLocation.Folder(scheme, authority, path.toString());
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
