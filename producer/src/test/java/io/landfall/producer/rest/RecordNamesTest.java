package io.landfall.producer.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.definition.Definitions;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemState;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordNamesTest {

  private static ResourceDefinition resource(String origin) {
    return Definitions.read(
            "shop.yaml",
            """
            source: shop
            about: Orders.
            api: {url: "https://shop.example.org"}
            for-each: {repo: [a, b]}
            resources:
              orders:
                reads: {whole: {every: 1d, ask: {path: "/{repo}/orders", paging: none}}}
                records: ""
                key: [repo, id]
                fields:
                  repo: {from: "%s", type: text}
                  id: {at: /id, type: int}
            """
                .formatted(origin))
        .resources()
        .get(0);
  }

  private static Item item(String repo) {
    return new Item(
        "orders/" + repo,
        LocalDate.of(2025, 1, 1),
        LocalDate.of(2025, 1, 1),
        repo,
        ItemState.AVAILABLE,
        Map.of("for.repo", repo));
  }

  private static Set<String> contents(String origin, String repo) throws Exception {
    ApiAnswer answer =
        new ApiAnswer(
            "page-1",
            "https://shop.example.org",
            200,
            "application/json",
            Instant.EPOCH,
            "5ha",
            ByteBuffer.wrap("[{\"id\":1},{\"id\":2}]".getBytes(UTF_8)));
    return new RecordNames(resource(origin), item(repo)).contents(List.of(answer)).keySet();
  }

  /** The first order of one shop is not the first of another one. */
  @Test
  void whatTheItemSaysIsPartOfAName() throws Exception {
    assertThat(contents("for.repo", "a"))
        .hasSize(2)
        .isEqualTo(contents("for.repo", "a"))
        .doesNotContainAnyElementsOf(contents("for.repo", "b"));
  }

  @Test
  void whereTheAnswerSaysAPartOfItNobodyIsTakenForAnother() throws Exception {
    assertThat(contents("answer:/repo", "a")).isEmpty();
  }
}
