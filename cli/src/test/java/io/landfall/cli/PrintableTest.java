package io.landfall.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

  private static boolean steers(int point) {
    return Character.isISOControl(point)
        || (point >= 0x202A && point <= 0x202E)
        || (point >= 0x2066 && point <= 0x2069)
        || point == 0x200E
        || point == 0x200F
        || point == 0x061C
        || point == 0x2028
        || point == 0x2029
        || point == 0xFEFF
        || (point >= 0xE0000 && point <= 0xE007F)
        || (point >= 0xD800 && point <= 0xDFFF);
  }

  @Property
  void noTextSteersATerminal(@ForAll String text) {
    assertThat(Printable.line(text).codePoints()).noneMatch(PrintableTest::steers);
  }

  @Property
  void aStreamPrintsOneLineForOneLine(@ForAll String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintableStream out = PrintableStream.over(new PrintStream(bytes, true, UTF_8));
    out.println(text);
    out.println((Object) text);
    out.printf("%s|%5d|%s%n", text, 7, java.util.Optional.of(text));
    out.format("%s%n", text);
    out.print(text);
    out.append(text).println();
    String end = System.lineSeparator();
    assertThat(bytes.toString(UTF_8).split(end, -1)).hasSize(6);
    assertThat(bytes.toString(UTF_8).replace(end, "").codePoints())
        .noneMatch(PrintableTest::steers);
  }

  @ParameterizedTest
  @CsvSource({
    "27,\\u001b",
    "10,\\n",
    "13,\\r",
    "9,\\t",
    "0,\\u0000",
    "7,\\u0007",
    "127,\\u007f",
    "155,\\u009b",
    "8238,\\u202e",
    "8295,\\u2067",
    "8232,\\u2028",
    "65279,\\ufeff"
  })
  void aControlCharacterIsShown(int point, String shown) {
    assertThat(Printable.line("a" + Character.toString(point) + "b")).isEqualTo("a" + shown + "b");
  }

  @ParameterizedTest
  @CsvSource({"Zürich", "Ščepan Ötzi", "東京", "👩‍👩‍👧", "עברית"})
  void lettersStayWhatTheyAre(String text) {
    assertThat(Printable.line(text)).isEqualTo(text);
  }
}
