package io.landfall.cli;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From a setting's text to its value; each failure says what was expected. */
public final class Parsers {

  private static final Pattern TOPIC_PREFIX = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final Pattern SERVER = Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:\\s,]+):(\\d{1,5})");
  private static final Pattern LISTENING =
      Pattern.compile("(?:(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):)?(\\d{1,5})");
  private static final InetSocketAddress SERVED =
      InetSocketAddress.createUnresolved("127.0.0.1", 8484);
  private static final Pattern BACKUP_ID = Pattern.compile("\\d{1,18}-\\d{8}T\\d{6}Z");
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}|id:\\d{1,10}");
  private static final Pattern OFFSET = Pattern.compile("(\\d{1,9}):(\\d{1,18})");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private static final Pattern YEAR = Pattern.compile("\\d{4}-");

  private static final double LEAST = 0.0001;
  private static final double MOST = 10_000;
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int LAST_PORT = 65_535;

  private Parsers() {}

  public static String text(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("expected some text");
    }
    return text;
  }

  /** Names with commas between. */
  public static Set<String> keys(String text) {
    Set<String> keys = new LinkedHashSet<>();
    for (String key : text.split(",", -1)) {
      if (key.isBlank()) {
        throw new IllegalArgumentException("expected keys with commas between");
      }
      keys.add(key.strip());
    }
    return keys;
  }

  public static boolean onOff(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }

  /** A whole number within bounds. */
  public static Function<String, Integer> integer(int least, int most) {
    return text -> {
      try {
        int number = Integer.parseInt(text);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // The message below says what was expected.
      }
      throw new IllegalArgumentException(
          "expected a whole number from %d to %d".formatted(least, most));
    };
  }

  /** A number above zero, none so large or small that what is computed from it has no meaning. */
  public static double positive(String text) {
    try {
      double number = Double.parseDouble(text);
      if (number >= LEAST && number <= MOST) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The message below says what was expected.
    }
    throw new IllegalArgumentException("expected a number above 0, from 0.0001 to 10000");
  }

  public static LocalDate date(String text) {
    try {
      return LocalDate.parse(withYear(text));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("expected a date like 2024-10-04", e);
    }
  }

  /** Java's dates go to the year 999,999,999, and a loop over days with them. */
  private static String withYear(String text) {
    if (!YEAR.matcher(text).lookingAt()) {
      throw new DateTimeParseException("No year of four digits", text, 0);
    }
    return text;
  }

  /** Offsets by partition: {@code 0:1200,1:17}. */
  public static SortedMap<Integer, Long> offsets(String text) {
    TreeMap<Integer, Long> offsets = new TreeMap<>();
    for (String part : text.split(",", -1)) {
      Matcher place = OFFSET.matcher(part.strip());
      if (!place.matches()
          || offsets.put(Integer.parseInt(place.group(1)), Long.parseLong(place.group(2)))
              != null) {
        throw new IllegalArgumentException(
            "expected offsets by partition, each once, such as 0:1200,1:17");
      }
    }
    return Collections.unmodifiableSortedMap(offsets);
  }

  /** A moment in UTC, or the first of a day. */
  public static Instant time(String text) {
    try {
      return text.length() == "2024-10-04".length()
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(withYear(text));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "expected a day or a time in UTC, such as 2024-10-04 or 2024-10-04T12:30:00Z", e);
    }
  }

  /** A length of time such as {@code 500ms}, {@code 20s}, {@code 15m}, {@code 6h} or {@code 7d}. */
  public static Duration duration(String text) {
    var matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected a length of time like 500ms, 20s, 15m, 6h or 7d");
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        };
    if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "expected a length of time from 1ms to %dd".formatted(LONGEST.toDays()));
    }
    return duration;
  }

  /**
   * An absolute http or https address to which paths are appended; a slash at the end is dropped.
   * No credentials: an address is logged and kept beside the answers that came from it.
   */
  public static URI httpUrl(String text) {
    // Before it is parsed: a password with a slash in it makes it another address altogether.
    if (text.contains("@")) {
      throw new IllegalArgumentException(
          "an address must not carry a user or a password, because it is logged and kept");
    }
    try {
      URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (url.getRawQuery() != null || url.getRawFragment() != null) {
        throw new IllegalArgumentException(
            "an address must not have a query or fragment, because paths are appended to it, and it is logged and kept");
      }
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https"))
          && url.getHost() != null
          && url.getPort() <= LAST_PORT) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      if (!(e.getCause() instanceof URISyntaxException)) {
        throw e;
      }
      // The message below says what was expected.
    }
    throw new IllegalArgumentException("expected an address like https://api.example.org/v1");
  }

  public static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("expected a time zone like America/New_York", e);
    }
  }

  /** Kafka's {@code host:port,host:port}. */
  public static String bootstrapServers(String text) {
    List<String> servers = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    for (String server : servers) {
      var matcher = SERVER.matcher(server);
      if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > LAST_PORT) {
        throw new IllegalArgumentException("expected host:port, several with commas between");
      }
    }
    return String.join(",", servers);
  }

  /** An address of this machine to listen at; a port alone is one of the loopback's. */
  public static InetSocketAddress listening(String text) {
    return listening(text, 1, "expected a port, or host:port");
  }

  private static InetSocketAddress listening(String text, int lowestPort, String expected) {
    Matcher address = LISTENING.matcher(text.strip());
    if (!address.matches()
        || Integer.parseInt(address.group(2)) < lowestPort
        || Integer.parseInt(address.group(2)) > 65_535) {
      throw new IllegalArgumentException(expected);
    }
    return InetSocketAddress.createUnresolved(
        Optional.ofNullable(address.group(1)).orElse(SERVED.getHostString()),
        Integer.parseInt(address.group(2)));
  }

  /** A file that node_exporter's textfile collector reads. */
  public static Path textfile(String text) {
    Path file = path(text);
    if (!file.toString().endsWith(".prom")) {
      throw new IllegalArgumentException(
          "expected a file whose name ends with .prom, because the collector reads no other");
    }
    return file;
  }

  /**
   * Where to listen, if at all: true is this machine's port 8484, a port alone is on this machine
   * too, and 0 any that is free.
   */
  public static Optional<InetSocketAddress> served(String text) {
    if (text.equalsIgnoreCase("false")) {
      return Optional.empty();
    }
    return Optional.of(
        text.equalsIgnoreCase("true")
            ? SERVED
            : listening(text, 0, "expected host:port, a port of this machine, true or false"));
  }

  /** What the name of a Kafka topic may begin with. */
  public static String topicPrefix(String text) {
    if (!TOPIC_PREFIX.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "expected letters, digits, dots, underscores and hyphens, at most 100 of them");
    }
    return text;
  }

  /** A path on this machine, absolute. */
  public static Path path(String text) {
    return StorageLocation.local(text);
  }

  /** A folder of this machine, a folder's URI, or {@code catalog.schema.table}. */
  public static TableLocation table(String text) {
    return TableLocations.parse(text(text));
  }

  /** A folder of this machine, or a folder's URI. */
  public static TableLocation.Folder folder(String text) {
    if (table(text) instanceof TableLocation.Folder folder) {
      return folder;
    }
    throw new IllegalArgumentException(
        "expected a folder or a URI of one; for a folder of this name write ./" + text.strip());
  }

  /** A backup's id: the table's version, and when it was made. */
  public static String backupId(String text) {
    if (!BACKUP_ID.matcher(text.strip()).matches()) {
      throw new IllegalArgumentException(
          "expected an id as `backup list` shows it, like 12-20261126T090000Z");
    }
    return text.strip();
  }

  /** Fingerprints of schemas, or ids of a registry, with commas between, each once. */
  public static Set<String> fingerprints(String text) {
    Set<String> fingerprints = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      String digits = part.strip().toLowerCase(Locale.ROOT);
      if (!FINGERPRINT.matcher(digits).matches()) {
        throw new IllegalArgumentException(
            "expected fingerprints of 16 hexadecimal digits, or id:NUMBER, with commas between, as the refusal prints them");
      }
      fingerprints.add(digits);
    }
    return Collections.unmodifiableSet(fingerprints);
  }

  /** Names with commas between, each once. */
  public static List<String> names(String text) {
    List<String> names = Arrays.stream(text.split(",", -1)).map(String::strip).distinct().toList();
    if (names.contains("")) {
      throw new IllegalArgumentException("expected names with commas between");
    }
    return names;
  }

  /** One of an enum's constants, in lower case. */
  public static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type) {
    return text -> {
      for (E constant : type.getEnumConstants()) {
        if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
          return constant;
        }
      }
      throw new IllegalArgumentException(
          "expected one of "
              + String.join(
                  ", ",
                  Arrays.stream(type.getEnumConstants())
                      .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                      .toList()));
    };
  }
}
