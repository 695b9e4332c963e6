package io.landfall.producer.infer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.cli.LandfallException;
import io.landfall.producer.definition.Definitions;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.record.RecordReader;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers in the forms that APIs have. */
class DraftTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static Optional<List<String>> lines(String answer, Optional<String> url)
      throws Exception {
    return new Draft(
            List.of(new Sample("answer", JSON.readTree(answer), Optional.empty())),
            url.map(URI::create))
        .lines();
  }

  /** What a draft leaves open, filled in. */
  private static ResourceDefinition resource(List<String> lines) {
    String yaml =
        String.join("\n", lines)
            .replace("about: \"?\"", "about: A test.")
            .replace("https://?", "https://example.org");
    return Definitions.read("draft.yaml", yaml + "\n").resources().get(0);
  }

  /** A draft is a definition that reads the records that it was made from. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{"id":1,"a":2},{"id":2,"a":3}]                                     | ""                               | 2 | none
          {"data":[{"id":"x"}],"has_more":true}                               | "/data"                          | 1 | {last: /id, to: query.starting_after, more: /has_more}
          [{"page":1,"pages":3,"per_page":"50","total":120},[{"id":1},{"id":2},{"id":3}]] | "/1"                 | 3 | {page: page, first: 1, size: {per_page: 50}, pages: /0/pages}
          {"meta":{"results":{"skip":0,"limit":2,"total":9}},"results":[{"id":1},{"id":2}]} | "/results"         | 2 | {offset: skip, first: 0, size: {limit: 2}, total: /meta/results/total}
          {"meta":{"page":1,"size":20,"total":57},"data":{"items":[{"id":1}]}} | "/data/items"                   | 1 | {page: page, first: 1, size: {size: 20}, total: /meta/total}
          {"hourly":{"time":["a","b","c"],"t":[1,2,null]}}                    | {columns: "/hourly"}             | 3 | none
          {"cik":1,"filings":{"recent":{"no":["1","2"],"form":["a","b"]},"files":[{"name":"x","n":1}]}} | {columns: "/filings/recent"} | 2 | none
          {"base":"EUR","rates":{"USD":{"mid":1.1},"GBP":{"mid":0.8}}}        | {object: "/rates", key: member}  | 2 | none
          {"by":"x","id":8863,"kids":[1,2],"title":"t"}                       | {one: ""}                        | 1 | none
          {"items":[{"id":1}],"nextPageToken":"abc"}                          | "/items"                         | 1 | {cursor: /nextPageToken, to: query.pageToken}
          {"items":[{"id":1}],"paging":{"next":"https://example.org/p2"}}     | "/items"                         | 1 | {link: /paging/next}
          {"items":[{"id":1}],"response_metadata":{"next_cursor":"abc"}}      | "/items"                         | 1 | {cursor: /response_metadata/next_cursor, to: query.cursor}
          {"outer":{"list":[{"id":1,"parts":[{"n":1},{"n":2}]}]}}             | "/outer/list"                    | 1 | none
          [{":id":"a",":updated_at":"2026-11-21T00:00:00Z"}]                  | ""                               | 1 | none
          """)
  void whatIsSeen(String answer, String records, int count, String paging) throws Exception {
    List<String> lines = lines(answer, Optional.empty()).orElseThrow();
    assertThat(lines)
        .anyMatch(line -> line.startsWith("    records: %s    # ".formatted(records)))
        .anyMatch(line -> line.startsWith("          paging: %s    # ".formatted(paging)));
    assertThat(new RecordReader(resource(lines).records()).read(answer.getBytes(UTF_8)))
        .hasSize(count);
  }

  /** How one goes on is asked for where the answer says that this is not all. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"total":57,"items":[{"id":1},{"id":2}]}                            | "?"    # /total is 57, of that came 2
          {"count":3,"results":[{"id":1},{"id":2}]}                           | "?"    # /count is 3, of that came 2
          {"response":{"numFound":10,"docs":[{"id":1}]}}                      | "?"    # /response/numFound is 10, of that came 1
          {"count":2,"results":[{"id":1},{"id":2}]}                           | none    # ?
          {"total":2,"items":[{"id":1},{"id":2}]}                             | none    # ?
          {"size":100,"total":1,"items":[{"id":1}]}                           | none    # ?
          """)
  void aTotalThatIsNotReachedIsNoEnd(String answer, String paging) throws Exception {
    List<String> lines = lines(answer, Optional.empty()).orElseThrow();
    assertThat(lines).anyMatch(line -> line.startsWith("          paging: " + paging));
    if (paging.startsWith("\"")) {
      assertThatThrownBy(() -> resource(lines))
          .isInstanceOf(LandfallException.class)
          .hasMessageContaining("paging");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://example.org/a?page=1&size=20     | {page: page, first: 1, size: {size: 20}}
          https://example.org/a?page=0             | {page: page, first: 0}
          https://example.org/a?offset=40&limit=20 | {offset: offset, first: 0, size: {limit: 20}}
          """)
  void whatWasAskedForIsNoFixedPage(String url, String paging) throws Exception {
    List<String> lines =
        lines("{\"total\":57,\"items\":[{\"id\":1}]}", Optional.of(url)).orElseThrow();
    assertThat(lines)
        .anyMatch(line -> line.startsWith("          paging: %s    # ?".formatted(paging)))
        .noneMatch(line -> line.contains("query:"));
    assertThat(resource(lines).name()).isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"items":[],"total":0}
          {"error":"not found"}
          [[1499040000000,"0.1"],[1499644800000,"0.2"]]
          []
          7
          """)
  void whereNothingIsNothingIsMadeUp(String answer) throws Exception {
    assertThat(lines(answer, Optional.empty())).isEmpty();
  }

  /** As in statistics by place and year; the outer of two names stays as it is. */
  @Test
  void whatTellsRecordsApartTogether() throws Exception {
    List<String> lines =
        lines(
                "[{\"of\":{\"value\":\"x\"},\"country\":\"DE\",\"year\":1,\"value\":1.5},"
                    + "{\"of\":{\"value\":\"x\"},\"country\":\"FR\",\"year\":1,\"value\":2.5},"
                    + "{\"of\":{\"value\":\"x\"},\"country\":\"DE\",\"year\":2,\"value\":null}]",
                Optional.empty())
            .orElseThrow();
    assertThat(lines)
        .contains(
            "    key: [country, year]    # ? there in each record, and no two have the same together",
            "      of_value: {at: /of/value, type: text}",
            "      value: {at: /value, type: double}    # in 2 of 3 records");
    resource(lines);
  }

  /** Paging says how large a page is, and where it begins. */
  @Test
  void whatPagingSaysIsNotInTheQueryToo() throws Exception {
    List<String> lines =
        lines(
                "{\"offset\":0,\"limit\":2,\"total\":3,\"items\":[{\"id\":1},{\"id\":2}]}",
                Optional.of("https://example.org/things?offset=0&limit=2&kind=a"))
            .orElseThrow();
    assertThat(lines)
        .contains("            \"kind\": \"a\"")
        .noneMatch(line -> line.contains("\"limit\""));
    resource(lines);
  }
}
