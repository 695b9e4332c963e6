package io.landfall.producer.rest.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where something is asked for.
 *
 * @param place scheme, host and path, encoded
 * @param query by parameter, in order, as it reads
 */
record Address(String place, Map<String, String> query) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

  /** What stands for itself: RFC 3986, 2.3. */
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  /** Further letters of a path, and those that end none of it and mean nothing in it. */
  private static final String IN_A_PATH = UNRESERVED + "/:@!$'()*,;=&+";

  /** Of a query, without what some servers take for something else. */
  private static final String IN_A_QUERY = UNRESERVED + "/:@,";

  private static final String IN_A_NAME = IN_A_QUERY + "$";

  private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");

  Address {
    query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
  }

  /**
   * The address of what a template says.
   *
   * @param base what the path is appended to
   * @param path with placeholders in braces; what is encoded in it stays as it is
   * @param query with placeholders in its values
   * @throws IllegalArgumentException if a placeholder has no value, or one that would lead to
   *     another place
   */
  static Address of(URI base, String path, Map<String, String> query, Map<String, String> values) {
    StringBuilder place = new StringBuilder(base.toString());
    Matcher found = PLACEHOLDER.matcher(path);
    int from = 0;
    while (found.find()) {
      place.append(literal(path.substring(from, found.start())));
      place.append(encoded(inPath(found.group(1), values), IN_A_PATH));
      from = found.end();
    }
    place.append(literal(path.substring(from)));
    Map<String, String> filled = new LinkedHashMap<>();
    query.forEach(
        (name, value) ->
            filled.put(
                name,
                PLACEHOLDER
                    .matcher(value)
                    .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), values)))));
    return new Address(place.toString(), filled);
  }

  /** The same with another value of a parameter. */
  Address with(String parameter, String value) {
    Map<String, String> changed = new LinkedHashMap<>(query);
    changed.put(parameter, value);
    return new Address(place, changed);
  }

  URI url() {
    return URI.create(
        query.isEmpty()
            ? place
            : query.entrySet().stream()
                .map(
                    parameter ->
                        encoded(parameter.getKey(), IN_A_NAME)
                            + "="
                            + encoded(parameter.getValue(), IN_A_QUERY))
                .collect(Collectors.joining("&", place + "?", "")));
  }

  /** A value of a query, as it stands in a URL. */
  static String encoded(String value) {
    return encoded(value, UNRESERVED);
  }

  private static String value(String name, Map<String, String> values) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "nothing stands for {%s}; there are %s"
              .formatted(
                  name,
                  values.isEmpty() ? "no values" : values.keySet().stream().sorted().toList()));
    }
    return value;
  }

  /** It may be several steps of the path, as in {@code golang/go}, but none that goes back. */
  private static String inPath(String name, Map<String, String> values) {
    String value = value(name, values);
    for (String step : value.split("/", -1)) {
      if (step.isEmpty() || step.equals(".") || step.equals("..")) {
        throw new IllegalArgumentException(
            "{%s} is \"%s\", which would lead to another place of the API".formatted(name, value));
      }
    }
    return value;
  }

  private static String literal(String text) {
    StringBuilder written = new StringBuilder();
    Matcher found = ENCODED.matcher(text);
    int from = 0;
    while (found.find()) {
      written.append(encoded(text.substring(from, found.start()), IN_A_PATH)).append(found.group());
      from = found.end();
    }
    return written.append(encoded(text.substring(from), IN_A_PATH)).toString();
  }

  private static String encoded(String text, String plain) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte letter : text.getBytes(UTF_8)) {
      if (letter >= 0 && plain.indexOf(letter) >= 0) {
        encoded.append((char) letter);
      } else {
        encoded.append('%').append("%02X".formatted(letter & 0xFF));
      }
    }
    return encoded.toString();
  }
}
