package io.landfall.producer.rest.ask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.producer.definition.Paging;
import io.landfall.producer.definition.RecordForm;
import io.landfall.producer.rest.ask.AnApi.Got;
import io.landfall.producer.rest.ask.AnApi.Said;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What GitHub once answered, link after link. */
class RecordedIssuesTest {

  private static final Path FILE =
      Path.of(System.getProperty("rest.recordings", "absent")).resolve("github/ivy.jsonl.gz");

  private static final String HOST = "https://api.github.com";

  private final ObjectMapper json = new ObjectMapper();

  /** By path and query. */
  private Map<String, JsonNode> recorded() throws IOException {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(FILE)), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode exchange = json.readTree(line);
        URI url = URI.create(exchange.path("url").asText());
        all.putIfAbsent(called(url.getPath(), url.getQuery()), exchange);
      }
    }
    return all;
  }

  private static String called(String path, String query) {
    return path + "?" + new HashSet<>(List.of(query.split("&")));
  }

  private static Said played(AnApi api, Map<String, JsonNode> recorded, Got request) {
    String query =
        request.query().entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
            .reduce((a, b) -> a + "&" + b)
            .orElse("");
    JsonNode exchange = recorded.get(called(request.path(), query));
    if (exchange == null) {
      return Said.status(404);
    }
    JsonNode headers = exchange.path("headers");
    Said said =
        new Said(exchange.path("status").asInt(), Map.of(), exchange.path("body").asText())
            .with("Content-Type", "application/json; charset=utf-8")
            .with("ETag", headers.path("Etag").asText());
    return headers.has("Link")
        ? said.with("Link", headers.path("Link").asText().replace(HOST, api.url().toString()))
        : said;
  }

  @Test
  void linksToAnotherPathLeadToAllIssues() throws IOException, InterruptedException {
    assumeThat(FILE).as("no recordings in %s (-Drest.recordings=FOLDER)", FILE).exists();
    Map<String, JsonNode> recorded = recorded();
    try (AnApi api = new AnApi()) {
      api.serves(request -> played(api, recorded, request));
      Map<String, String> query = new LinkedHashMap<>();
      query.put("direction", "asc");
      query.put("page", "1");
      query.put("per_page", "100");
      query.put("sort", "updated");
      query.put("state", "all");
      Look look =
          api.asking()
              .look(
                  new Question(
                      AnApi.ask(
                          "/repos/{repo}/issues", query, new Paging.LinkHeader(Paging.MOST_PAGES)),
                      Map.of("repo", "octo/ivy"),
                      new RecordForm.Elements(List.of(JsonPointer.empty())),
                      List.of(JsonPointer.compile("/number"))));
      assertThat(look.ending()).isEqualTo(new Look.Ending.Whole());
      assertThat(look.pages()).extracting(Look.Page::records).containsExactly(100, 50);
      assertThat(look.pages().get(1).url().getPath()).isEqualTo("/repositories/26468385/issues");
      Set<Integer> numbers = new HashSet<>();
      for (Look.Page page : look.pages()) {
        json.readTree(page.body()).forEach(issue -> numbers.add(issue.path("number").asInt()));
      }
      assertThat(numbers).hasSize(150);
    }
  }
}
