package io.landfall.cli.log;

import io.landfall.cli.Masked;
import io.landfall.cli.Printable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.layout.template.json.resolver.EventResolver;
import org.apache.logging.log4j.layout.template.json.util.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * {@code {"$resolver": "printable", "field": "message"}}: a text of an event, made printable and
 * masked. JSON escapes what steers a terminal; whoever takes the text out of it would send it all
 * the same.
 */
final class PrintableResolver implements EventResolver {

  enum Field {
    MESSAGE,
    THREAD,
    LABELS,
    ERROR_MESSAGE,
    ERROR_STACK_TRACE;

    static Field of(@Nullable String name) {
      return valueOf(String.valueOf(name).toUpperCase(Locale.ROOT));
    }
  }

  private final Field field;

  PrintableResolver(Field field) {
    this.field = field;
  }

  @Override
  public boolean isResolvable(LogEvent event) {
    return switch (field) {
      case MESSAGE, THREAD -> true;
      case LABELS -> !event.getContextData().isEmpty();
      case ERROR_MESSAGE -> event.getThrown() != null && event.getThrown().getMessage() != null;
      case ERROR_STACK_TRACE -> event.getThrown() != null;
    };
  }

  @Override
  public void resolve(LogEvent event, JsonWriter json) {
    switch (field) {
      case MESSAGE -> json.writeString(line(event.getMessage().getFormattedMessage()));
      case THREAD -> json.writeString(line(event.getThreadName()));
      case LABELS -> json.writeObject(labels(event));
      case ERROR_MESSAGE -> json.writeString(line(event.getThrown().getMessage()));
      case ERROR_STACK_TRACE -> json.writeString(trace(event.getThrown()));
    }
  }

  private static Map<String, Object> labels(LogEvent event) {
    Map<String, Object> labels = new TreeMap<>();
    event.getContextData().forEach((key, value) -> labels.put(line(key), line(value)));
    return labels;
  }

  private static String line(@Nullable Object text) {
    return Printable.line(Masked.text(String.valueOf(text)));
  }

  private static String trace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    return Printable.block(Masked.text(trace.toString()));
  }
}
