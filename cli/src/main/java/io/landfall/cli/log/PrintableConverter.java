package io.landfall.cli.log;

import io.landfall.cli.Masked;
import io.landfall.cli.Printable;
import java.util.List;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.core.pattern.ConverterKeys;
import org.apache.logging.log4j.core.pattern.LogEventPatternConverter;
import org.apache.logging.log4j.core.pattern.PatternConverter;
import org.apache.logging.log4j.core.pattern.PatternFormatter;

/** {@code %printable{pattern}}: the pattern's text, made printable. */
@Plugin(name = "printable", category = PatternConverter.CATEGORY)
@ConverterKeys("printable")
public final class PrintableConverter extends LogEventPatternConverter {

  private final List<PatternFormatter> inner;

  private PrintableConverter(List<PatternFormatter> inner) {
    super("printable", "printable");
    this.inner = inner;
  }

  /** Called by Log4j with what stands in the braces. */
  public static PrintableConverter newInstance(Configuration configuration, String[] options) {
    if (options.length != 1) {
      throw new IllegalArgumentException("%printable takes one pattern, in braces");
    }
    return new PrintableConverter(
        PatternLayout.createPatternParser(configuration).parse(options[0]));
  }

  @Override
  public boolean handlesThrowable() {
    return inner.stream().anyMatch(PatternFormatter::handlesThrowable);
  }

  @Override
  public void format(LogEvent event, StringBuilder line) {
    StringBuilder text = new StringBuilder();
    inner.forEach(formatter -> formatter.format(event, text));
    // Only a trace has lines of its own; whatever else has them is a text that must not.
    String open = Masked.text(text.toString());
    line.append(handlesThrowable() ? Printable.block(open) : Printable.line(open));
  }
}
