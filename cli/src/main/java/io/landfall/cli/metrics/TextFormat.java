package io.landfall.cli.metrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Prometheus' text format, as far as it has declared figures that are one value each. */
final class TextFormat {

  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)\\})? ([-+.\\w]+)(?: \\d+)?");

  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

  private TextFormat() {}

  static Map<Sample, Double> read(String text) {
    Map<Sample, Double> samples = new HashMap<>();
    text.lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(
            line ->
                sample(line)
                    .ifPresent(
                        sample -> value(line.group(3)).ifPresent(v -> samples.put(sample, v))));
    return samples;
  }

  private static Optional<Sample> sample(Matcher line) {
    Optional<Metric> metric =
        Arrays.stream(Metric.values()).filter(one -> one.title().equals(line.group(1))).findFirst();
    if (metric.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> labels = new HashMap<>();
    LABEL
        .matcher(Optional.ofNullable(line.group(2)).orElse(""))
        .results()
        .forEach(label -> labels.put(label.group(1), unescaped(label.group(2))));
    List<String> names = metric.get().labels();
    return labels.keySet().containsAll(names)
        ? Optional.of(
            new Sample(
                metric.get(), names.stream().map(name -> labels.getOrDefault(name, "")).toList()))
        : Optional.empty();
  }

  private static Optional<Double> value(String text) {
    try {
      return Optional.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      // +Inf and the like are values of no figure of ours.
      return Optional.empty();
    }
  }

  private static String unescaped(String text) {
    return ESCAPED
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(found.group(1).equals("n") ? "\n" : found.group(1)));
  }
}
