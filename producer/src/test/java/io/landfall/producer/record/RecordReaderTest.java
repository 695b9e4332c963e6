package io.landfall.producer.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.producer.definition.RecordForm;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {

  private static final RecordForm ROOT = elements("");

  private static RecordForm elements(String... path) {
    return new RecordForm.Elements(Stream.of(path).map(JsonPointer::compile).toList());
  }

  private static List<String> texts(RecordForm form, String body) throws UnusableBody {
    return new RecordReader(form).read(body.getBytes(UTF_8)).stream().map(ApiRecord::text).toList();
  }

  private static List<String> values(RecordForm form, String body) throws UnusableBody {
    return new RecordReader(form)
        .read(body.getBytes(UTF_8)).stream().map(record -> record.value().toString()).toList();
  }

  @Test
  void anElementIsCutOutAsItStandsThere() throws UnusableBody {
    String body =
        "{\"n\": 2 , \"features\" : [ {\"id\":\"ü\", \"v\" : 1.50 } ,\n{ } , 12 ,\"é\\u00e9\" , null,true]}";
    assertThat(texts(elements("/features"), body))
        .containsExactly(
            "{\"id\":\"ü\", \"v\" : 1.50 }", "{ }", "12", "\"é\\u00e9\"", "null", "true");
    assertThat(values(elements("/features"), body).get(0)).isEqualTo("{\"id\":\"ü\",\"v\":1.50}");
  }

  @Test
  void elementsMayBeWithinElements() throws UnusableBody {
    assertThat(
            texts(
                elements("/weeks", "/games"),
                "{\"weeks\":[{\"games\":[1,2]},{\"games\":null},{},{\"games\":[]},{\"games\":[3]}]}"))
        .containsExactly("1", "2", "3");
    assertThat(texts(elements("/1"), "[{\"page\":1},[{\"a\":1}]]")).containsExactly("{\"a\":1}");
    assertThat(texts(elements("/1"), "[{\"page\":1},null]")).isEmpty();
  }

  @Test
  void aMemberKnowsItsName() throws UnusableBody {
    RecordForm form = new RecordForm.Members(JsonPointer.compile("/rates"), "currency");
    String body = "{\"rates\":{\"USD\":1.080,\"GBP\":{\"bid\":1,\"currency\":\"no\"}}}";
    assertThat(values(form, body))
        .containsExactly(
            "{\"currency\":\"USD\",\"value\":1.080}", "{\"currency\":\"GBP\",\"bid\":1}");
    assertThat(texts(form, body)).containsExactly("1.080", "{\"bid\":1,\"currency\":\"no\"}");
  }

  @Test
  void columnsAreZipped() throws UnusableBody {
    RecordForm form = new RecordForm.Columns(JsonPointer.compile("/hourly"));
    assertThat(texts(form, "{\"hourly\":{\"time\":[\"a\",\"b\"],\"unit\":\"K\",\"t\":[1.0,null]}}"))
        .containsExactly("{\"time\":\"a\",\"t\":1.0}", "{\"time\":\"b\",\"t\":null}");
    assertThatThrownBy(() -> texts(form, "{\"hourly\":{\"time\":[1,2],\"t\":[1],\"u\":[1]}}"))
        .isInstanceOf(UnusableBody.class)
        .hasMessage("the lists at /hourly are not of one length: t, u 1; time 2");
  }

  @Test
  void anAnswerMayBeOneRecord() throws UnusableBody {
    assertThat(texts(new RecordForm.One(JsonPointer.empty()), " {\"a\":1} "))
        .containsExactly("{\"a\":1}");
    assertThat(texts(new RecordForm.One(JsonPointer.compile("/a")), "{\"a\":{ }}"))
        .containsExactly("{ }");
    assertThat(texts(new RecordForm.One(JsonPointer.empty()), "null")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "§§ | it is empty (0 bytes)",
        "[{} | it is no JSON: Unexpected end-of-input",
        "[] [] | something follows its end, at byte 3",
        "{\"error\":\"no\"} | its root is an object, not a list",
        "[{\"a\":1,\"a\":2}] | Duplicate field 'a'",
        "<html> | it is no JSON: Unexpected character ('<'",
        "5 | its root is a number, not a list"
      })
  void whatHasNoRecordsIsRefusedWithAReason(String body, String reason) {
    assertThatThrownBy(() -> texts(ROOT, body))
        .isInstanceOf(UnusableBody.class)
        .hasMessageContaining(reason);
  }

  @Test
  void whereTheyShouldBeThereIsSomething() {
    assertThatThrownBy(() -> texts(elements("/data", "/x"), "{\"date\":[]}"))
        .hasMessage("it has nothing at /data");
    assertThatThrownBy(() -> texts(elements("/data", "/x"), "{\"data\":[{\"x\":\"y\"}]}"))
        .hasMessage("/x is a text, not a list");
    assertThatThrownBy(() -> new RecordReader(ROOT).read(new byte[] {'[', '"', (byte) 0xC3, '"'}))
        .hasMessageContaining("it is not UTF-8 at byte 2 (0xC3)");
  }

  @Test
  void whatTakesTooMuchToReadIsRefused() {
    assertThatThrownBy(() -> texts(ROOT, "[".repeat(100) + "]".repeat(100)))
        .hasMessageContaining("nesting depth");
    assertThatThrownBy(() -> texts(ROOT, "[[" + "{},".repeat(300_000) + "{}]]"))
        .hasMessageContaining("600,004 names, values and brackets");
    assertThatThrownBy(() -> texts(ROOT, "[" + "9".repeat(1000) + "]"))
        .hasMessageContaining("Number value length");
  }

  @Test
  void aLongTextIsRead() throws UnusableBody {
    String text = "\"" + "x".repeat(100_000) + "\"";
    assertThat(values(ROOT, "[" + text + "]")).containsExactly(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
  void anEncodingOfUnicodeIsTold(String charset) throws UnusableBody {
    for (String mark : List.of("", "\uFEFF")) {
      byte[] body = (mark + "[\"ü😀\" ]").getBytes(Charset.forName(charset));
      assertThat(new RecordReader(ROOT).read(body).get(0).text()).isEqualTo("\"ü😀\"");
    }
  }

  @Provide
  Arbitrary<List<String>> lists() {
    return Arbitraries.of(
            "null",
            "true",
            "1",
            "-0.10",
            "1e5",
            "\"\"",
            "\"ü\\n\"",
            "NaN",
            "[]",
            "{}",
            "{ \"a\" : [1 , {}] }",
            "\"😀\"",
            "12345678901234567890")
        .list()
        .ofMaxSize(6);
  }

  @Property(tries = 200)
  void whateverStandsInAListIsCutOutOfItExactly(
      @ForAll("lists") List<String> values, @ForAll("blanks") List<String> blanks)
      throws UnusableBody {
    StringBuilder body = new StringBuilder("[");
    for (int each = 0; each < values.size(); each++) {
      String blank = blanks.isEmpty() ? "" : blanks.get(each % blanks.size());
      body.append(each == 0 ? "" : ",").append(blank).append(values.get(each)).append(blank);
    }
    assertThat(texts(ROOT, body.append("]").toString())).isEqualTo(values);
  }

  @Provide
  Arbitrary<List<String>> blanks() {
    return Arbitraries.of("", " ", "\n\t ").list().ofMaxSize(3);
  }

  @Test
  void numbersAreReadExactly() throws UnusableBody, IOException {
    JsonNode value =
        new RecordReader(ROOT).read("[0.1000000000000000055]".getBytes(UTF_8)).get(0).value();
    assertThat(value.decimalValue()).isEqualTo(new BigDecimal("0.1000000000000000055"));
    assertThat(new ObjectMapper().readTree(value.toString())).isNotNull();
  }
}
