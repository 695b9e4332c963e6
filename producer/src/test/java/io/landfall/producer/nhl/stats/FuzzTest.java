package io.landfall.producer.nhl.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.producer.source.Shaped;
import io.landfall.schemas.ItemAnswers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * Real answers, damaged: in their structure (a field gone, of another type, an absurd value, an
 * item twice) or in their bytes. Whatever comes, shaping ends with rows or with a reason.
 */
@AddLifecycleHook(NeedsRecordings.class)
class FuzzTest {

  private static final int GAME = 2024020001;

  private static final List<JsonNode> ODD_VALUES =
      List.of(
          Recordings.JSON.nullNode(),
          Recordings.JSON.getNodeFactory().textNode(""),
          Recordings.JSON.getNodeFactory().textNode("99:99"),
          Recordings.JSON.getNodeFactory().textNode("\u0000 ü 🏒"),
          Recordings.JSON.getNodeFactory().numberNode(-1),
          Recordings.JSON.getNodeFactory().numberNode(Integer.MAX_VALUE),
          Recordings.JSON.getNodeFactory().numberNode(Long.MIN_VALUE),
          Recordings.JSON.getNodeFactory().numberNode(1e300),
          Recordings.JSON.getNodeFactory().booleanNode(true),
          Recordings.JSON.createArrayNode(),
          Recordings.JSON.createObjectNode());

  @Provide
  Arbitrary<String> endpoints() {
    return Arbitraries.of(Endpoint.REQUIRED).map(Endpoint::label);
  }

  @Property(tries = 200)
  void damagedStructureGivesRowsOrAReason(@ForAll("endpoints") String endpoint, @ForAll long seed) {
    Random random = new Random(seed);
    JsonNode body = Recordings.json(GAME, endpoint);
    for (int i = random.nextInt(3); i >= 0; i--) {
      damage(body, random);
    }
    check(Answers.with(Recordings.game(GAME), endpoint, body.toString().getBytes(UTF_8)));
  }

  @Property(tries = 100)
  void damagedBytesGiveRowsOrAReason(@ForAll("endpoints") String endpoint, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] body = Recordings.body(GAME, endpoint);
    if (random.nextBoolean()) {
      body = Arrays.copyOf(body, random.nextInt(body.length));
    } else {
      body[random.nextInt(body.length)] = (byte) random.nextInt();
    }
    check(Answers.with(Recordings.game(GAME), endpoint, body));
  }

  @Property(tries = 20)
  void damagedReportsGiveRowsOrAReason(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] report =
        Recordings.read(Recordings.root().resolve("htmlreports/20242025/TH020500.HTM.gz"));
    int from = random.nextInt(report.length);
    for (int i = from; i < Math.min(report.length, from + 200); i++) {
      report[i] = (byte) random.nextInt();
    }
    ItemAnswers responses = Answers.without(Recordings.game(GAME), Endpoint.SHIFT_CHART.label());
    responses = Answers.with(responses, Endpoint.SHIFTS_HTML_HOME.label(), report);
    check(Answers.with(responses, Endpoint.SHIFTS_HTML_AWAY.label(), report));
  }

  /**
   * A game repeated as often as the limits let pass: its time grows with it, and not its square.
   */
  @Property(tries = 3)
  void manyPlaysAreRowsOrAReasonInTime(@ForAll("endpoints") String endpoint, @ForAll long seed) {
    Random random = new Random(seed);
    JsonNode body = Recordings.json(GAME, endpoint);
    List<JsonNode> inner = new ArrayList<>();
    collect(body, inner);
    ArrayNode longest =
        inner.stream()
            .filter(ArrayNode.class::isInstance)
            .map(ArrayNode.class::cast)
            .max(Comparator.comparingInt(ArrayNode::size))
            .orElseThrow();
    List<JsonNode> items = new ArrayList<>();
    longest.forEach(items::add);
    for (int more = 10_000; more > 0; more--) {
      ObjectNode copy = items.get(random.nextInt(items.size())).deepCopy();
      // So that it is nobody's, or another play.
      for (String id : List.of("eventId", "sortOrder", "playerId", "id")) {
        if (copy.has(id) && random.nextInt(3) > 0) {
          copy.put(id, random.nextInt(Integer.MAX_VALUE));
        }
      }
      longest.add(copy);
    }
    assertTimeout(
        Duration.ofSeconds(60),
        () ->
            check(Answers.with(Recordings.game(GAME), endpoint, body.toString().getBytes(UTF_8))));
  }

  private static void check(ItemAnswers responses) {
    Shaped shaped = new NhlShaper().shape(responses);
    Map<String, String> missing = Completeness.missing(responses);
    assertThat(missing.values())
        .allMatch(reason -> !reason.isBlank() && !reason.equals("null") && reason.length() < 5_000);
    if (shaped instanceof Shaped.Rows rows) {
      assertThat(rows.rows()).isNotEmpty().allMatch(row -> row.get("playerTeam") != null);
      assertThat(rows.rows().size() % 5).isZero();
    } else if (shaped instanceof Shaped.Waiting waiting) {
      assertThat(waiting.missing()).isNotBlank().doesNotContain("null");
    } else if (shaped instanceof Shaped.Unusable unusable) {
      assertThat(unusable.reason()).isNotBlank().hasSizeLessThan(2000);
      assertThat(missing).containsEntry(Endpoint.PLAY_BY_PLAY.label(), unusable.reason());
    }
  }

  /** Damages one place, each as likely as another. */
  private static void damage(JsonNode root, Random random) {
    List<JsonNode> inner = new ArrayList<>();
    collect(root, inner);
    JsonNode node = inner.get(random.nextInt(inner.size()));
    JsonNode odd = ODD_VALUES.get(random.nextInt(ODD_VALUES.size()));
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.get(random.nextInt(names.size()));
      if (random.nextInt(4) == 0) {
        object.remove(name);
      } else {
        object.set(name, odd);
      }
    } else if (node instanceof ArrayNode array && !array.isEmpty()) {
      int index = random.nextInt(array.size());
      switch (random.nextInt(3)) {
        case 0 -> array.remove(index);
        case 1 -> array.set(index, odd);
        default -> array.insert(index, array.get(index).deepCopy());
      }
    }
  }

  private static void collect(JsonNode node, List<JsonNode> inner) {
    if (node.isContainerNode()) {
      inner.add(node);
      node.forEach(child -> collect(child, inner));
    }
  }
}
