package io.landfall.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a setting says that something of this machine is stored: a path, or a {@code file:} URI. A
 * scheme that is not {@code file} is refused, because as a path it would become a folder of that
 * name in the current one. Tables may be elsewhere, see {@link TableLocation}.
 */
public final class StorageLocation {

  /**
   * What reads like a scheme: RFC 3986's letters, or anything else in front of {@code ://}. A path
   * whose first name has a colon is written with {@code ./} in front.
   */
  private static final Pattern SCHEME =
      Pattern.compile("(?s)([A-Za-z][A-Za-z0-9+.-]*|[^/]*(?=://)):(.*)");

  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]");

  private StorageLocation() {}

  /**
   * The path on this machine, absolute; a leading {@code ~/} is the user's home.
   *
   * @throws IllegalArgumentException if it is somewhere else, with what it is
   */
  public static Path local(String text) {
    String wanted = text.strip();
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("expected a path");
    }
    Matcher matcher = SCHEME.matcher(wanted);
    if (!matcher.matches()) {
      return path(text.startsWith("~/") || text.equals("~") ? home(text) : text);
    }
    String scheme = matcher.group(1);
    String rest = matcher.group(2);
    if (scheme.toLowerCase(Locale.ROOT).equals("file")) {
      return fileUri(rest);
    }
    if (DRIVE.matcher(scheme).matches() && java.io.File.separatorChar == '\\') {
      return path(text);
    }
    throw new IllegalArgumentException(refusal(scheme));
  }

  private static String refusal(String scheme) {
    if (DRIVE.matcher(scheme).matches()) {
      return "%s: is a drive of Windows, and this is no Windows; for a folder whose name has a colon write ./%s:…"
          .formatted(scheme, scheme);
    }
    return "%s: is a URI scheme, and no storage for it can be opened: expected a path on this machine, or file:/…; for a folder whose name has a colon write ./%s:…"
        .formatted(scheme, scheme);
  }

  private static Path fileUri(String rest) {
    String path = rest;
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      String host = rest.substring(2, slash < 0 ? rest.length() : slash);
      if (!host.isEmpty() && !host.equalsIgnoreCase("localhost")) {
        throw new IllegalArgumentException(
            "file: with the host \"%s\" in it is not on this machine; expected file:/… or file:///…"
                .formatted(host));
      }
      path = slash < 0 ? "" : rest.substring(slash);
    }
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("expected an absolute path after file:, like file:/data");
    }
    if (path.matches(".*[%?#].*")) {
      // Some programs decode these and others (Hadoop, Spark) take them as they are.
      throw new IllegalArgumentException(
          "expected a plain path after file:, since %, ? and # there mean different things to different programs");
    }
    return path(path);
  }

  private static String home(String text) {
    return System.getProperty("user.home") + text.substring(1);
  }

  private static Path path(String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("expected a path: " + e.getReason(), e);
    }
  }
}
