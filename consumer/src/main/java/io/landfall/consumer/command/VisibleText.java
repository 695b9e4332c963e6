package io.landfall.consumer.command;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;

/**
 * Text as a terminal may be sent it: whatever would move the cursor, change colours, begin a line
 * or turn the direction of reading is shown as its code and not sent.
 *
 * @param width how many places of the terminal it takes
 */
record VisibleText(String text, int width) {

  static VisibleText of(String raw) {
    StringBuilder text = new StringBuilder(raw.length());
    int width = 0;
    for (int i = 0; i < raw.length(); ) {
      int character = raw.codePointAt(i);
      i += Character.charCount(character);
      if (isShownAsCode(character)) {
        String code = code(character);
        text.append(code);
        width += code.length();
      } else {
        text.appendCodePoint(character);
        width += width(character);
      }
    }
    return new VisibleText(text.toString(), width);
  }

  /** Controls, formats (directions among them), separators of lines, what is no character. */
  private static boolean isShownAsCode(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> UCharacter.hasBinaryProperty(character, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
    };
  }

  private static String code(int character) {
    return switch (character) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> (character > 0xffff ? "\\U%08x" : "\\u%04x").formatted(character);
    };
  }

  private static int width(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
      default ->
          switch (UCharacter.getIntPropertyValue(character, UProperty.EAST_ASIAN_WIDTH)) {
            case UCharacter.EastAsianWidth.FULLWIDTH, UCharacter.EastAsianWidth.WIDE -> 2;
            default -> 1;
          };
    };
  }
}
