package io.landfall.producer.definition;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.landfall.cli.Closest;
import io.landfall.cli.Parsers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of single values. */
final class Scalars {

  private static final Pattern SOURCE = Pattern.compile("[a-z][a-z0-9]*([-_][a-z0-9]+)*");
  private static final Pattern RESOURCE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
  private static final Pattern ENDPOINT = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern RATE = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)/(s|m|h)");
  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}),\\s*(\\d{1,2})\\)");
  private static final Pattern SHARE = Pattern.compile("(\\d{1,3})%(?: or (\\d{1,9}) rows?)?");
  private static final Pattern ROWS = Pattern.compile("(\\d{1,9}) rows?");
  private static final Pattern BRACES = Pattern.compile("\\{([^{}]*)}");

  /** Names of topics end at 249 letters, of which others need some too. */
  private static final int LONGEST_NAME = 60;

  private static final int LONGEST_COLUMN = 120;
  private static final int MOST_DIGITS = 38;
  private static final int WHOLE = 100;

  /** What more than that would take is no politeness, and no use. */
  private static final double MOST_PER_SECOND = 10_000;

  private static final double LEAST_PER_SECOND = 0.0001;

  static final Scalar<String> TEXT = Scalar.of("some text", Parsers::text);

  static final Scalar<String> ANY_TEXT = Scalar.of("text", Function.identity());

  /** Headers may refer to secrets; what they need to refer to is looked at with their names. */
  static final Scalar<String> HEADER_VALUE =
      new Scalar<>("text, or a reference to a secret", Scalars::headerValue, schema -> {}, true);

  static final Scalar<String> SECRET =
      new Scalar<>(
          "a reference to a secret, ${env:NAME} or ${file:/path}",
          Scalars::secret,
          schema -> schema.put("pattern", "\\$\\{(env|file):[^}]+\\}"),
          true);

  /** Some APIs take a secret for a user, and no password. */
  static final Scalar<String> SECRET_OR_NONE =
      new Scalar<>(
          SECRET.words() + ", or \"\"",
          text -> text.isEmpty() ? text : secret(text),
          schema -> schema.put("pattern", "^$|\\$\\{(env|file):[^}]+\\}"),
          true);

  static final Scalar<Boolean> BOOLEAN =
      new Scalar<>("true or false", Parsers::onOff, schema -> schema.put("type", "boolean"), false);

  static final Scalar<Duration> DURATION =
      new Scalar<>(
          "a length of time like 30s, 15m, 6h or 7d",
          Parsers::duration,
          schema -> schema.put("type", "string").put("pattern", "^\\d{1,9}(ms|s|m|h|d)$"),
          false);

  static final Scalar<Duration> DURATION_OR_NONE =
      new Scalar<>(
          "a length of time like 30s, 15m, 6h or 7d, or 0s",
          text -> text.equals("0s") ? Duration.ZERO : Parsers.duration(text),
          DURATION.described(),
          false);

  static final Scalar<LocalDate> DATE = Scalar.of("a date like 2024-10-04", Parsers::date);

  static final Scalar<ZoneId> ZONE =
      Scalar.of("a time zone like UTC or America/New_York", Parsers::zone);

  static final Scalar<URI> URL =
      Scalar.of("an address like https://api.example.org/v1", Parsers::httpUrl);

  static final Scalar<Optional<Instant>> BEGINNING =
      Scalar.of(
          "a day or a time in UTC such as 2024-10-04T12:30:00Z, or first-run",
          text -> text.equals("first-run") ? Optional.empty() : Optional.of(Parsers.time(text)));

  static final Scalar<JsonPointer> POINTER =
      Scalar.of(
          "a JSON Pointer (RFC 6901) like /data/items, or \"\" for the whole", Scalars::pointer);

  static final Scalar<Double> RATE_OF_REQUESTS =
      new Scalar<>(
          "requests in a second, a minute or an hour, such as 5/s, 30/m or 5000/h",
          Scalars::rate,
          schema -> schema.put("type", "string").put("pattern", whole(RATE)),
          false);

  static final Scalar<String> SOURCE_NAME =
      named(
          "a name of lower-case letters and digits, with hyphens or underscores between",
          SOURCE,
          LONGEST_NAME);

  static final Scalar<String> RESOURCE_NAME =
      named(
          "a name of lower-case letters and digits, with underscores between",
          RESOURCE,
          LONGEST_NAME);

  static final Scalar<String> FIELD_NAME =
      new Scalar<>(
          "a column's name",
          text -> {
            if (text.startsWith("_")) {
              throw new IllegalArgumentException(
                  "names with _ in front are Landfall's own columns; leave it out");
            }
            return matching(
                text, NAME, LONGEST_COLUMN, "expected letters, digits and _, a letter first");
          },
          schema -> schema.put("pattern", whole(NAME)).put("maxLength", LONGEST_COLUMN),
          false);

  static final Scalar<String> VALUE_NAME =
      named("a name of letters, digits and _, a letter first", NAME, LONGEST_NAME);

  static final Scalar<String> ENDPOINT_NAME =
      named(
          "a name of lower-case letters and digits, with hyphens between", ENDPOINT, LONGEST_NAME);

  static final Scalar<String> HEADER_NAME = named("the name of a header", HEADER, LONGEST_COLUMN);

  static final Scalar<String> PATH =
      Scalar.of("a path like /query or /repos/{repo}/issues", Scalars::path);

  static final Scalar<String> QUERY_VALUE =
      Scalar.of("text, in which {from} and the like are put in place", Scalars::withPlaceholders);

  /** The parameter of a query, as it is said where a body might have it too. */
  static final Scalar<String> TO =
      Scalar.of(
          "query.NAME",
          text -> {
            if (!text.startsWith("query.") || text.length() == "query.".length()) {
              throw new IllegalArgumentException(
                  "expected query. and the name of a parameter, such as query.cursor");
            }
            return text.substring("query.".length());
          });

  static final Scalar<FieldDefinition.Type> TYPE =
      new Scalar<>(
          "text, int, long, double, \"decimal(DIGITS,SCALE)\", boolean, timestamp, date or json",
          Scalars::type,
          schema ->
              schema
                  .put("type", "string")
                  .put(
                      "pattern",
                      "^(text|int|long|double|%s|boolean|timestamp|date|json)$".formatted(DECIMAL)),
          false);

  /** A share and a number of rows. */
  record MostTakenBack(int percent, int rows) {}

  static final Scalar<MostTakenBack> MOST_TAKEN_BACK =
      new Scalar<>(
          "a share, a number of rows or both: 10%, 5 rows, 10% or 5 rows",
          Scalars::mostTakenBack, schema -> schema.put("type", "string"), false);

  private Scalars() {}

  /** A whole number within bounds. */
  static Scalar<Integer> number(int least, int most) {
    return new Scalar<>(
        "a whole number from %d to %d".formatted(least, most),
        Parsers.integer(least, most),
        schema -> schema.put("type", "integer").put("minimum", least).put("maximum", most),
        false);
  }

  /** One of an enum's constants, with hyphens. */
  static <E extends Enum<E>> Scalar<E> oneOf(Class<E> type) {
    return words(
        Arrays.stream(type.getEnumConstants())
            .collect(
                Collectors.toMap(
                    Scalars::word,
                    Function.identity(),
                    (a, b) -> a,
                    java.util.LinkedHashMap::new)));
  }

  /** As it stands in a file. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One of some words. */
  static <T> Scalar<T> words(Map<String, T> meanings) {
    List<String> words = List.copyOf(meanings.keySet());
    String expected =
        words.size() == 1
            ? words.get(0)
            : String.join(", ", words.subList(0, words.size() - 1))
                + " or "
                + words.get(words.size() - 1);
    return new Scalar<>(
        expected,
        text -> {
          T meaning = meanings.get(text);
          if (meaning == null) {
            throw new IllegalArgumentException(
                "expected %s.%s".formatted(expected, Closest.hint(text, words)));
          }
          return meaning;
        },
        schema -> {
          ArrayNode all = schema.putArray("enum");
          words.forEach(all::add);
          schema.remove("type");
        },
        false);
  }

  /** The names between braces. */
  static List<String> placeholders(String text) {
    return BRACES.matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static Scalar<String> named(String words, Pattern pattern, int longest) {
    return new Scalar<>(
        words,
        text -> matching(text, pattern, longest, "expected " + words),
        schema -> schema.put("pattern", whole(pattern)).put("maxLength", longest),
        false);
  }

  /** As JSON Schema needs it, for which a part that fits is enough. */
  private static String whole(Pattern pattern) {
    return "^(" + pattern + ")$";
  }

  private static String matching(String text, Pattern pattern, int longest, String expected) {
    if (!pattern.matcher(text).matches() || text.length() > longest) {
      throw new IllegalArgumentException("%s, at most %d".formatted(expected, longest));
    }
    return text;
  }

  private static String secret(String text) {
    if (!Scalar.REFERENCE.matcher(text).find()) {
      throw new IllegalArgumentException(
          "a secret stands here itself; put it into a variable or a file and write ${env:NAME} or"
              + " ${file:/path}");
    }
    return headerValue(text);
  }

  private static String headerValue(String text) {
    if (text.chars().anyMatch(each -> each < ' ' || each > '~')) {
      throw new IllegalArgumentException("expected printable ASCII in one line");
    }
    return text;
  }

  private static JsonPointer pointer(String text) {
    if (!text.isEmpty() && !text.startsWith("/")) {
      throw new IllegalArgumentException(
          "expected a JSON Pointer, which begins with /, such as /%s"
              .formatted(text.replace("$.", "").replace('.', '/')));
    }
    return JsonPointer.compile(text);
  }

  private static double rate(String text) {
    Matcher rate = RATE.matcher(text);
    if (rate.matches()) {
      double perSecond =
          Double.parseDouble(rate.group(1))
              / switch (rate.group(2)) {
                case "s" -> 1;
                case "m" -> 60;
                default -> 3600;
              };
      if (perSecond >= LEAST_PER_SECOND && perSecond <= MOST_PER_SECOND) {
        return perSecond;
      }
    }
    throw new IllegalArgumentException(
        "expected requests in a second, a minute or an hour, such as 5/s, 30/m or 5000/h, from"
            + " 0.0001 to 10000 a second");
  }

  private static String path(String text) {
    if (!text.isEmpty() && !text.startsWith("/")) {
      throw new IllegalArgumentException("expected a path that begins with /, such as /" + text);
    }
    if (text.contains("?") || text.contains("#")) {
      throw new IllegalArgumentException("expected a path alone; its parameters stand under query");
    }
    return withPlaceholders(text);
  }

  private static String withPlaceholders(String text) {
    for (String name : placeholders(text)) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "{%s} is no placeholder; between braces there is a name of letters, digits and _"
                .formatted(name));
      }
    }
    String rest = BRACES.matcher(text).replaceAll("");
    if (rest.contains("{") || rest.contains("}")) {
      throw new IllegalArgumentException("a brace without its other one");
    }
    return text;
  }

  private static FieldDefinition.Type type(String text) {
    Matcher decimal = DECIMAL.matcher(text);
    if (decimal.matches()) {
      int digits = Integer.parseInt(decimal.group(1));
      int scale = Integer.parseInt(decimal.group(2));
      if (digits < 1 || digits > MOST_DIGITS || scale > digits) {
        throw new IllegalArgumentException(
            "expected 1 to %d digits, and not more of them after the point".formatted(MOST_DIGITS));
      }
      return new FieldDefinition.Type(FieldDefinition.Kind.DECIMAL, digits, scale);
    }
    for (FieldDefinition.Kind kind : FieldDefinition.Kind.values()) {
      if (word(kind).equals(text) && kind != FieldDefinition.Kind.DECIMAL) {
        return FieldDefinition.Type.of(kind);
      }
    }
    if (text.startsWith("decimal(")) {
      throw new IllegalArgumentException(
          "expected digits and how many of them stand after the point, in quotation marks, because"
              + " a comma ends a value between braces: \"decimal(10,2)\"");
    }
    List<String> words = Arrays.stream(FieldDefinition.Kind.values()).map(Scalars::word).toList();
    throw new IllegalArgumentException(
        "expected text, int, long, double, decimal(DIGITS,SCALE), boolean, timestamp, date or json."
            + Closest.hint(text, words));
  }

  private static MostTakenBack mostTakenBack(String text) {
    Matcher share = SHARE.matcher(text);
    if (share.matches() && Integer.parseInt(share.group(1)) <= WHOLE) {
      return new MostTakenBack(
          Integer.parseInt(share.group(1)),
          share.group(2) == null ? 0 : Integer.parseInt(share.group(2)));
    }
    Matcher rows = ROWS.matcher(text);
    if (rows.matches()) {
      return new MostTakenBack(0, Integer.parseInt(rows.group(1)));
    }
    throw new IllegalArgumentException(
        "expected a share, a number of rows or both: 10%, 5 rows, 10% or 5 rows");
  }
}
