package io.landfall.consumer.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import io.landfall.consumer.sql.QueryResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTableTest {

  @ParameterizedTest
  @CsvSource({
    "0, \\u0000",
    "7, \\u0007",
    "9, \\t",
    "10, \\n",
    "13, \\r",
    "27, \\u001b",
    "127, \\u007f",
    "0x85, \\u0085",
    "0x9b, \\u009b",
    "0xad, \\u00ad",
    "0x61c, \\u061c",
    "0x115f, \\u115f",
    "0x200b, \\u200b",
    "0x200e, \\u200e",
    "0x2028, \\u2028",
    "0x202e, \\u202e",
    "0x2066, \\u2066",
    "0xfeff, \\ufeff",
    "0xe0041, \\U000e0041",
  })
  void whatATerminalWouldActOnIsShown(String character, String shown) {
    String raw = "a" + Character.toString(Integer.decode(character)) + "b";

    VisibleText text = VisibleText.of(raw);

    assertThat(text).isEqualTo(new VisibleText("a" + shown + "b", shown.length() + 2));
  }

  @Test
  void nothingOfAnyTextMovesTheCursorOrTurnsTheDirection() {
    String all =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .mapToObj(Character::toString)
            .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
            .toString();

    assertThat(VisibleText.of(all).text().codePoints())
        .noneMatch(
            character ->
                Character.isISOControl(character)
                    || Character.getType(character) == Character.FORMAT
                    || Character.getType(character) == Character.SURROGATE
                    || character == 0x2028
                    || character == 0x2029
                    || UCharacter.hasBinaryProperty(
                        character, com.ibm.icu.lang.UProperty.BIDI_CONTROL));
  }

  @Test
  void columnsStayInLineWhateverIsInThem() {
    assertThat(
            printed(
                List.of(
                    new QueryResult.Column("na\u001bme", false), new QueryResult.Column("n", true)),
                List.of(
                    List.of("a\nb", "1"),
                    List.of("e\u0301", "22"),
                    List.of("\u5c71\u672c", "3"),
                    List.of("\ud83c\udfd2", "4"),
                    List.of("\u202edab", "5"))))
        .isEqualTo(
            """
            na\\u001bme   n
            ----------  --
            a\\nb         1
            e\u0301           22
            \u5c71\u672c         3
            \ud83c\udfd2           4
            \\u202edab    5
            """);
  }

  private static String printed(List<QueryResult.Column> columns, List<List<String>> rows) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    TextTable.of(columns, rows).print(new PrintStream(printed, true, UTF_8));
    return printed.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }
}
