package io.landfall.consumer.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import scala.Option;

/**
 * The functions of Spark that compute from their arguments alone: {@code functions.txt}, one name a
 * line. Not among them: what calls Java methods ({@code reflect}), what opens a file that its
 * options or its text name (Avro, Protobuf, XML), what reads the workers' logs.
 */
final class AllowedFunctions {

  private static final List<String> BUILTIN = List.of("builtin");
  private static final List<String> SYSTEM_BUILTIN = List.of("system", "builtin");

  static final Set<String> NAMES = names();

  /** The classes of these functions: operators and special forms are parsed into them directly. */
  static final Set<String> CLASSES = classes();

  private AllowedFunctions() {}

  /** Whether a function's name, with whatever stands in front of it, is one of these. */
  static boolean contains(List<String> parts) {
    List<String> lower = parts.stream().map(part -> part.toLowerCase(Locale.ROOT)).toList();
    List<String> room = lower.subList(0, lower.size() - 1);
    return (room.isEmpty() || room.equals(BUILTIN) || room.equals(SYSTEM_BUILTIN))
        && NAMES.contains(lower.get(lower.size() - 1));
  }

  private static Set<String> names() {
    InputStream list =
        Objects.requireNonNull(AllowedFunctions.class.getResourceAsStream("functions.txt"));
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(list, UTF_8))) {
      return lines.lines().collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> classes() {
    return NAMES.stream()
        .map(AllowedFunctions::information)
        .filter(Option::isDefined)
        .map(information -> information.get().getClassName())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Option<ExpressionInfo> information(String name) {
    return FunctionRegistry.builtin()
        .lookupFunction(
            new FunctionIdentifier(name, Option.apply("builtin"), Option.apply("system")));
  }
}
