package io.landfall.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A YAML file of settings, flat: {@code kafka:} with keys below it is the same as keys that begin
 * with {@code kafka.}. A key that stands there twice is a problem, however it is written: which of
 * the two is meant, nobody but their writer knows.
 */
final class SettingsFile {

  /** A file of settings has some kilobytes. */
  static final int MOST_BYTES = 1024 * 1024;

  /** Characters of a value; the largest known is a chain of certificates. */
  static final int LONGEST_VALUE = 64 * 1024;

  /** Keys below keys; the longest names that are handed on have ten parts. */
  static final int DEEPEST = 20;

  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Types that say no more than a value does by itself. No other makes anything of it. */
  private static final Pattern PLAIN_TYPE =
      Pattern.compile("(tag:yaml\\.org,2002:(str|int|float|bool|null|map))?");

  private static final Pattern GROUPED = Pattern.compile("[-+]?[1-9]\\d*(_\\d+)+");

  /** What YAML has and a flat list of settings does not; the message says where. */
  private static final class NotPlain extends Exception {
    NotPlain(String message) {
      super(message);
    }
  }

  private final Path path;
  private final List<String> problems;
  private final Map<String, String> found = new LinkedHashMap<>();
  private List<String> lines = List.of();

  /** By its place, each number as it is written: 1.10 is not 1.1, and 0123 is not 83. */
  private final Map<JsonPointer, String> numbers = new HashMap<>();

  private SettingsFile(Path path, List<String> problems) {
    this.path = path;
    this.problems = problems;
  }

  /** Its keys and values as text; what is wrong with it is added to the problems. */
  static Map<String, String> read(Path path, List<String> problems) {
    SettingsFile file = new SettingsFile(path, problems);
    file.read();
    return file.found;
  }

  private void read() {
    JsonNode root;
    try {
      String text = text();
      lines = text.lines().toList();
      requirePlain(text);
      root = YAML.readTree(text);
    } catch (NotPlain e) {
      problems.add("%s%s".formatted(path, e.getMessage()));
      return;
    } catch (MismatchedInputException e) {
      problems.add("%s: expected one YAML document, without a --- within it".formatted(path));
      return;
    } catch (JsonProcessingException e) {
      problems.add(problem(e));
      return;
    } catch (IOException e) {
      problems.add("%s cannot be read: %s".formatted(path, Reason.of(e).replace(path + ": ", "")));
      return;
    }
    if (root.isMissingNode() || root.isNull()) {
      return;
    }
    if (!root.isObject()) {
      problems.add("%s: expected lines of the form key: value".formatted(path));
      return;
    }
    flatten("", JsonPointer.empty(), root);
  }

  private String text() throws IOException, NotPlain {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new NotPlain(
            " is larger than %,d bytes; a file of settings is not".formatted(MOST_BYTES));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }

  /**
   * One text that stands for another, which grows without end, and objects of a type: neither has a
   * use here, and Jackson would take the name of an alias for its value. What stands there is not
   * repeated: it may be a password without its quotes.
   */
  private void requirePlain(String text) throws IOException, NotPlain {
    try (YAMLParser parser = YAML.getFactory().createParser(text)) {
      while (parser.nextToken() != null) {
        int line = parser.currentTokenLocation().getLineNr();
        if (parser.isCurrentAlias()) {
          throw new NotPlain(
              ", line %d: * and a name stand for another value, which is not read; a value that begins with * needs quotes"
                  .formatted(line));
        }
        if (parser.currentToken().isScalarValue() && parser.getTextLength() > LONGEST_VALUE) {
          throw new NotPlain(
              ", line %d: a value of %,d characters, more than %,d"
                  .formatted(line, parser.getTextLength(), LONGEST_VALUE));
        }
        if (parser.currentToken().isNumeric() && parser.getParsingContext().inObject()) {
          numbers.put(parser.getParsingContext().pathAsPointer(), parser.getText());
        }
        if (parser.getObjectId() != null) {
          throw new NotPlain(
              ", line %d: & names a value for others, which is not read; a value that begins with & needs quotes"
                  .formatted(line));
        }
        String type = parser.getTypeId();
        if (type != null && !PLAIN_TYPE.matcher(type).matches()) {
          throw new NotPlain(
              ", line %d: ! and a name is a type, and settings have none; a value that begins with ! needs quotes"
                  .formatted(line));
        }
      }
    }
  }

  private String problem(JsonProcessingException e) {
    String said = e.getOriginalMessage().lines().findFirst().orElse("");
    int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    return said.startsWith("Duplicate field")
        ? "%s, line %d: %s is there twice; only one of the two can be meant"
            .formatted(path, line, said.replaceAll("^Duplicate field '|'$", ""))
        : "%s%s is not YAML: %s".formatted(path, line > 0 ? ", line " + line + "," : "", said);
  }

  private void flatten(String prefix, JsonPointer place, JsonNode node) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonPointer here = place.appendProperty(entry.getKey());
      String name = prefix + entry.getKey();
      // Some write names with underscores; those that are passed through keep theirs.
      String key = name.indexOf('.') < 0 ? name.replace('_', '-') : name;
      JsonNode value = entry.getValue();
      if (value.isObject()) {
        flatten(key + ".", here, value);
      } else if (!value.isValueNode() || value.isNull()) {
        problems.add("%s in %s: expected a single value".formatted(key, path));
      } else if (found.put(key, text(here, value)) != null) {
        problems.add(
            "%s is twice in %s%s, in two notations; only one of the two can be meant"
                .formatted(key, path, linesOf(key)));
      }
    }
  }

  private String text(JsonPointer place, JsonNode value) {
    @Nullable String written = numbers.get(place);
    if (written == null) {
      return value.asText();
    }
    // YAML's own way of writing long numbers.
    return GROUPED.matcher(written).matches() ? written.replace("_", "") : written;
  }

  /** Where the end of a dotted key stands; the tree knows no lines. */
  private String linesOf(String key) {
    List<String> ends =
        IntStream.range(0, key.length())
            .filter(i -> i == 0 || key.charAt(i - 1) == '.')
            .mapToObj(key::substring)
            .toList();
    String numbers =
        IntStream.range(0, lines.size())
            .filter(
                i -> {
                  String line = lines.get(i).strip().replaceAll("[\"']", "");
                  return ends.stream().anyMatch(end -> line.matches("\\Q" + end + "\\E\\s*:.*"));
                })
            .mapToObj(i -> Integer.toString(i + 1))
            .collect(Collectors.joining(" and "));
    return numbers.isEmpty() ? "" : " (lines " + numbers + ")";
  }
}
