package io.landfall.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of settings may be anything; what it is not is told in a line, whatever it is. */
class SettingsFileTest {

  private record Read(Map<String, String> found, List<String> problems) {}

  private static Read read(byte[] content) throws IOException {
    Path file = Files.createTempFile("landfall", ".yaml");
    try {
      Files.write(file, content);
      List<String> problems = new ArrayList<>();
      Read read = new Read(SettingsFile.read(file, problems), problems);
      assertThat(problems).allMatch(problem -> problem.lines().count() == 1);
      return read;
    } finally {
      Files.delete(file);
    }
  }

  private static Read read(String content) throws IOException {
    return read(content.getBytes(UTF_8));
  }

  private static String problem(String content) throws IOException {
    Read read = read(content);
    assertThat(read.problems()).as(content).hasSize(1);
    return read.problems().get(0);
  }

  @Property(tries = 1)
  void aTextIsNotWrittenOnceForMany() throws IOException {
    StringBuilder laughs = new StringBuilder("a0: &a0 lol\n");
    for (int i = 1; i < 30; i++) {
      laughs
          .append("a%d: &a%d [".formatted(i, i))
          .append("*a%d, ".formatted(i - 1).repeat(9))
          .append("x]\n");
    }
    assertThat(problem(laughs.toString())).contains("line 2: & names a value for others");
    assertThat(problem("cron: 1\nzone: *other\n"))
        .contains("line 2: * and a name stand for another value");
    assertThat(problem("kafka: &k\n  a: 1\nstreams:\n  <<: *k\n")).contains("& names");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://x/\"]]]]",
        "a: !!java.io.File [/etc/passwd]",
        "!!python/object/apply:os.system [x]",
        "a: !custom x",
        "a: !!binary aGVsbG8=",
        "a: !!set {x, y}"
      })
  void nothingIsMadeOfAType(String content) throws IOException {
    assertThat(problem(content)).contains("is a type, and settings have none");
  }

  /** Many passwords begin like that, and who forgot the quotes must not read his in a log. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "*hunter2",
        "&hunter2 [x]",
        "!hunter2",
        "!<hunter2> x",
        "%hunter2",
        "@hunter2",
        "`hunter2",
        "\"hunter2",
        "[hunter2",
        "{hunter2: ",
        "hunter2: x"
      })
  void aPasswordWithoutQuotesIsNotRepeated(String password) throws IOException {
    assertThat(problem("kafka.ssl.key.password: " + password + "\n")).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: !!str 1.10", "a: 1.10", "a: '1.10'", "a: ! 1.10", "a: \"1.10\""})
  void aValueIsItsText(String content) throws IOException {
    assertThat(read(content)).isEqualTo(new Read(Map.of("a", "1.10"), List.of()));
  }

  /** As the same would be as a flag or a variable. */
  @ParameterizedTest
  @CsvSource({
    "0123, 0123",
    "0x1F, 0x1F",
    "1e3, 1e3",
    "1.50, 1.50",
    "+5, +5",
    "1e999999999, 1e999999999",
    "123456789012345678901234, 123456789012345678901234",
    "1_000, 1000",
    "'\"1_000\"', 1_000",
    "True, true",
    "2024-10-04, 2024-10-04"
  })
  void aNumberIsItsText(String written, String text) throws IOException {
    assertThat(read("kafka:\n  a/b~c.d: " + written).found())
        .isEqualTo(Map.of("kafka.a/b~c.d", text));
    assertThat(read("a: " + written).found()).isEqualTo(Map.of("a", text));
  }

  @Property(tries = 1)
  void itIsNoLargerAndNoDeeperThanItMayBe() throws IOException {
    String line = "#" + "x".repeat(1023) + "\n";
    assertThat(read(line.repeat(1000) + "zone: x\n").problems()).isEmpty();
    assertThat(problem(line.repeat(1023) + "zone: x\n" + line))
        .contains("is larger than 1,048,576 bytes");
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      deep.append(" ".repeat(i)).append("k:\n");
    }
    assertThat(problem(deep + " ".repeat(30) + "k: 1\n"))
        .contains("depth (%d) exceeds the maximum".formatted(SettingsFile.DEEPEST + 1));
    assertThat(problem("[".repeat(500_000))).contains("depth");
    assertThat(problem("a: " + "{a: ".repeat(200_000))).contains("depth");
    assertThat(problem("a: 1\nb: " + "9".repeat(1_000_000)))
        .contains("line 2: a value of 1,000,000 characters");
  }

  @Property(tries = 1)
  void aFileWithoutEndIsReadNoFurther() {
    List<String> problems = new ArrayList<>();
    assertThat(SettingsFile.read(Path.of("/dev/zero"), problems)).isEmpty();
    assertThat(problems).hasSize(1).allMatch(problem -> problem.contains("is larger than"));
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(
            "a",
            "key",
            ":",
            ": ",
            "- ",
            "? ",
            "&x ",
            "*x",
            "!t ",
            "!!int ",
            "'",
            "\"",
            "[",
            "]",
            "{",
            "}",
            "|\n",
            ">\n",
            "#",
            "---\n",
            "...\n",
            "%YAML 1.2\n",
            "\n",
            "\n  ",
            "\t",
            "1e99",
            "0x1F",
            "0777",
            "1_000",
            ".nan",
            ".inf",
            "2001-12-14",
            "~",
            "null",
            "yes",
            "<<",
            ",",
            "\\",
            "\\u0000",
            "@",
            "`",
            "\u0000",
            "\u0007",
            "\ufeff",
            "\u2028",
            "é",
            "\ud83d\ude00")
        .list()
        .ofMaxSize(25)
        .map(pieces -> String.join("", pieces));
  }

  @Property(tries = 2000)
  void anyTextIsSettingsOrAProblem(@ForAll("pieces") String content) throws IOException {
    Read read = read(content);
    assertThat(read.problems()).allMatch(problem -> !problem.isBlank());
  }

  @Property(tries = 500)
  void anyBytesAreSettingsOrAProblem(@ForAll byte[] content) throws IOException {
    Read read = read(content);
    assertThat(read.problems()).allMatch(problem -> !problem.isBlank());
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(20),
        Arbitraries.of(
            "9".repeat(400),
            "-" + "9".repeat(30),
            "1e999999999",
            "1e-999999999",
            "NaN",
            "Infinity",
            "-0",
            "0",
            "-1",
            "2147483648",
            "9223372036854775808",
            "999999999d",
            "999999999h",
            "0s",
            "99999-01-01",
            "+999999999-12-31",
            "-999999999-01-01",
            "2024-13-45",
            "+1000000000-12-31T23:59:59Z",
            "999999999:999999999999999999",
            "0:0,0:0",
            "h:99999",
            "http://h:99999",
            "http://h:-1",
            "http://[::1",
            "٣",
            "１２",
            "0x7f",
            "1_000",
            " 5 ",
            "*/0 * * * *",
            "* * * * * * * *",
            "60 24 32 13 8",
            "a".repeat(100_000)));
  }

  /** A setting out of its range is a problem of its user, never a fault of ours. */
  @Property(tries = 1000)
  void anySettingTakesItsValueOrSaysWhatItExpects(
      @ForAll("values") String value, @ForAll long seed) {
    Setting<?> setting =
        LandfallSettings.ALL.get(new Random(seed).nextInt(LandfallSettings.ALL.size()));
    try {
      assertThat((Object) setting.parser().apply(value)).isNotNull();
    } catch (IllegalArgumentException e) {
      assertThat(e).isNotInstanceOf(NumberFormatException.class);
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "request-timeout, 0s, from 1ms to 366d",
    "request-timeout, 999999999d, from 1ms to 366d",
    "request-timeout, 9999999999s, a length of time like",
    "requests-per-second, 1e300, from 0.0001 to 10000",
    "requests-per-second, 1e-300, from 0.0001 to 10000",
    "requests-per-second, 1e999999999, from 0.0001 to 10000",
    "requests-per-second, NaN, from 0.0001 to 10000",
    "max-in-flight, 4294967297, a whole number from 1 to 64",
    "from, -999999999-01-01, a date like",
    "to, +12345-01-01, a date like",
    "from-time, +1000000000-12-31T23:59:59Z, a day or a time",
    "web-api-url, http://h:65536, an address like",
    "bootstrap-servers, h:65536, host:port",
    "from-offset, 9999999999:1, offsets by partition"
  })
  void aNumberOutOfRangeIsTold(String key, String value, String expected) {
    Setting<?> setting =
        LandfallSettings.ALL.stream()
            .filter(one -> one.key().equals(key))
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(() -> setting.parser().apply(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(expected);
  }
}
