package io.landfall.cli;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts in place what a value refers to, in the notation of Kafka's config providers: {@code
 * ${file:/path}} is all of a file but its last line end, {@code ${file:/path:key}} one value of a
 * properties file, {@code ${env:NAME}} a variable of the environment. What comes from a file, and
 * what has the name of a secret, is masked from then on ({@link Masked}).
 */
final class References {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(file|env):([^}]*)}");
  private static final long MOST_BYTES = 1024 * 1024;

  private final Map<String, String> environment;

  References(Map<String, String> environment) {
    this.environment = environment;
  }

  static boolean isIn(String text) {
    return REFERENCE.matcher(text).find();
  }

  /** Whether a secret in it is elsewhere, and only referred to. */
  static boolean isAllThatIsSecretIn(String text) {
    return isIn(text) && !Masked.hasNamed(text);
  }

  /**
   * The text with what it refers to.
   *
   * @param key of the setting: text that is quoted in it by rules of its own is quoted by them
   * @throws IllegalArgumentException if something is not there, with what and why
   */
  String resolve(String key, String text) {
    if (!isIn(text)) {
      return text;
    }
    UnaryOperator<String> quoted =
        key.contains("jaas") ? References::quotedInJaas : UnaryOperator.identity();
    return REFERENCE
        .matcher(text)
        .replaceAll(
            found -> {
              boolean isFile = found.group(1).equals("file");
              String value = isFile ? file(found.group(2)) : variable(found.group(2));
              if (isFile
                  || PassThrough.isSecret(key)
                  || PassThrough.isSecret(found.group(2).replace('_', '.'))) {
                Masked.remember(value);
              }
              return Matcher.quoteReplacement(quoted.apply(value));
            });
  }

  /** Kafka reads it as a word of Java's in quotation marks. */
  private static String quotedInJaas(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private String variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "${env:%s}: the environment has no such variable".formatted(name)));
  }

  private static String file(String place) {
    try {
      Path whole = Path.of(place);
      int colon = place.lastIndexOf(':');
      return colon < 0 || Files.exists(whole)
          ? withoutLineEnd(read(whole))
          : property(Path.of(place.substring(0, colon)), place.substring(colon + 1));
    } catch (IOException e) {
      throw new IllegalArgumentException("${file:%s}: %s".formatted(place, Reason.of(e)), e);
    }
  }

  private static String read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException("it is larger than %d bytes".formatted(MOST_BYTES));
    }
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static String withoutLineEnd(String text) {
    return text.replaceFirst("\\R\\z", "");
  }

  private static String property(Path file, String name) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(read(file)));
    return Optional.ofNullable(properties.getProperty(name))
        .orElseThrow(() -> new IOException("%s has no value %s".formatted(file, name)));
  }
}
