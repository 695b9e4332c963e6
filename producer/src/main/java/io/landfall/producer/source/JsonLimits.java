package io.landfall.producer.source;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is read of anybody's JSON at most. The size of a body bounds neither the memory nor the time
 * that reading it takes: eight megabytes of empty objects are hundreds of megabytes of ours.
 */
public final class JsonLimits {

  /** Objects and lists within each other; the answers known have 8. */
  public static final int DEEPEST = 64;

  /** Names, values and brackets; the largest answers known have some 60,000. */
  public static final int MOST_TOKENS = 500_000;

  /** Digits of a number, sign, point and exponent included. */
  public static final int LONGEST_NUMBER = 128;

  /** Characters of a text that is read; what nobody reads is passed over. */
  public static final int LONGEST_TEXT = 16 * 1024;

  /** Characters of a name. */
  public static final int LONGEST_NAME = 1024;

  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNestingDepth(DEEPEST)
          .maxTokenCount(MOST_TOKENS)
          .maxNumberLength(LONGEST_NUMBER)
          .maxStringLength(LONGEST_TEXT)
          .maxNameLength(LONGEST_NAME)
          .build();

  /**
   * An answer of records may have many, each of which is read by itself; and what a text of theirs
   * may have is bounded by what a body may.
   */
  private static final StreamReadConstraints OF_RECORDS =
      StreamReadConstraints.builder()
          .maxNestingDepth(DEEPEST)
          .maxNumberLength(LONGEST_NUMBER)
          .maxStringLength(Integer.MAX_VALUE)
          .maxNameLength(LONGEST_NAME)
          .build();

  /** Where a limit can be changed in Jackson is of no use to whoever serves the answer. */
  private static final Pattern SETTING = Pattern.compile(", from `?[\\w.]+\\(\\)`?");

  private JsonLimits() {}

  /** For a factory that reads what came from outside. */
  public static JsonFactoryBuilder factory() {
    return new JsonFactoryBuilder().streamReadConstraints(CONSTRAINTS);
  }

  /**
   * For one that finds records in what came from outside. Who reads one bounds its tokens: {@link
   * #MOST_TOKENS}.
   */
  public static JsonFactoryBuilder factoryOfRecords() {
    return new JsonFactoryBuilder().streamReadConstraints(OF_RECORDS);
  }

  /** Which limit a failure to read is about, with its values; empty if it is about none. */
  public static Optional<String> beyond(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StreamConstraintsException limit) {
        String said = String.valueOf(limit.getOriginalMessage());
        return Optional.of(SETTING.matcher(said).replaceAll(""));
      }
    }
    return Optional.empty();
  }

  /**
   * Why a body is not UTF-8, as JSON must be (RFC 8259, 8.1), and where; empty if it is. Jackson
   * takes much that is not: half a surrogate pair, more bytes than a character needs.
   */
  public static Optional<String> notUtf8(ByteBuffer body) {
    if (isOtherUnicode(body)) {
      // UTF-16 or UTF-32, which Jackson knows by these bytes.
      return Optional.empty();
    }
    ByteBuffer in = body.duplicate();
    CharBuffer out = CharBuffer.allocate(8 * 1024);
    CharsetDecoder utf8 =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CoderResult result;
    do {
      out.clear();
      result = utf8.decode(in, out, true);
    } while (result.isOverflow());
    return result.isError()
        ? Optional.of(
            "it is not UTF-8 at byte %d (0x%02X)"
                .formatted(in.position() - body.position(), in.get(in.position())))
        : Optional.empty();
  }

  private static boolean isOtherUnicode(ByteBuffer body) {
    if (body.remaining() < 2) {
      return false;
    }
    int first = body.getShort(body.position()) & 0xFFFF;
    boolean zero = (first & 0xFF00) == 0 || (first & 0xFF) == 0;
    return zero || first == 0xFEFF || first == 0xFFFE;
  }
}
