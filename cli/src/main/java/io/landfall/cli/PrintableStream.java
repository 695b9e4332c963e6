package io.landfall.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where everything passes that a program shows to people. A text that is printed is one line or
 * part of one, and of a format only the values are suspect: control characters in them are shown,
 * not sent ({@link Printable}), and credentials are masked ({@link Masked}).
 *
 * <p>What is meant for machines (CSV, JSON) stays exact and does not pass here.
 */
public final class PrintableStream extends PrintStream {

  private final PrintStream exact;

  private PrintableStream(PrintStream exact) {
    super((OutputStream) exact, true, StandardCharsets.UTF_8);
    this.exact = exact;
  }

  /** A stream to the same place, for people. */
  public static PrintableStream over(PrintStream stream) {
    return stream instanceof PrintableStream printable ? printable : new PrintableStream(stream);
  }

  /**
   * The stream below, for bytes that are meant as they are: a machine's format, a bar that moves.
   */
  public static PrintStream exact(PrintStream stream) {
    return stream instanceof PrintableStream printable ? printable.exact : stream;
  }

  private static String shown(@Nullable Object value) {
    return Printable.line(Masked.text(String.valueOf(value)));
  }

  // println is print and a line end, by its own contract.

  @Override
  public void print(@Nullable String text) {
    super.print(shown(text));
  }

  @Override
  public void print(@Nullable Object value) {
    super.print(shown(value));
  }

  @Override
  public void print(char character) {
    super.print(shown(character));
  }

  @Override
  public void print(char[] text) {
    super.print(shown(new String(text)));
  }

  @Override
  public PrintStream printf(String format, @Nullable Object... values) {
    return format(format, values);
  }

  @Override
  public PrintStream printf(@Nullable Locale locale, String format, @Nullable Object... values) {
    return format(locale, format, values);
  }

  @Override
  public PrintStream format(String format, @Nullable Object... values) {
    return format(Locale.getDefault(Locale.Category.FORMAT), format, values);
  }

  @Override
  public PrintStream format(@Nullable Locale locale, String format, @Nullable Object... values) {
    Object[] safe = Arrays.stream(values).map(PrintableStream::value).toArray();
    // Formatted first: the stream's own format would hand each piece to print, line ends as well.
    byte[] bytes = String.format(locale, format, safe).getBytes(StandardCharsets.UTF_8);
    write(bytes, 0, bytes.length);
    return this;
  }

  /** Numbers and times print nothing but digits, signs and letters, and keep their formats. */
  private static @Nullable Object value(@Nullable Object value) {
    return value == null
            || value instanceof Number
            || value instanceof Boolean
            || value instanceof TemporalAccessor
        ? value
        : shown(value);
  }
}
