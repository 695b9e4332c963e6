package io.landfall.producer.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.shape.ArchiveInMemory.Archived;
import io.landfall.producer.shape.ArchiveInMemory.Goals;
import io.landfall.producer.source.Shaped;
import io.landfall.producer.source.Shaper;
import io.landfall.schemas.RevisionCause;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.generic.GenericRecord;

/**
 * Whatever is fetched, shaped, read again, reshaped and killed, in any order: the rows in force are
 * those of the newest answers by the code that ran over them last, no row of a revision comes
 * twice, and an item's revisions have no gap.
 */
class ReshapeLawTest {

  private static final int GAMES = 4;
  private static final String PLAYERS = "ABC";

  @Property(tries = 60)
  void theRowsInForceAreThoseOfTheNewestAnswersByTheCodeThatRanLast(@ForAll long seed) {
    new History(new Random(seed)).runs();
  }

  private static final class History {

    private final ArchiveInMemory archive = new ArchiveInMemory();

    /**
     * By game, the offset of its newest answers that were shaped, and the code that did it last.
     */
    private record ShapedBy(int offset, int factor) {}

    private final Map<Integer, ShapedBy> shapedBy = new HashMap<>();

    /** By game, its rows: those of the newest answers that gave any. */
    private final Map<Integer, Map<String, Integer>> expected = new TreeMap<>();

    private final Random random;

    History(Random random) {
      this.random = random;
    }

    void runs() {
      int factor = 1;
      for (int step = 0; step < 40; step++) {
        switch (random.nextInt(6)) {
          case 0, 1 -> archive.add(1 + random.nextInt(GAMES), body());
          case 2 -> run(factor, Optional.empty());
          case 3 -> archive.next = random.nextInt(archive.next + 1);
          case 4 -> {
            archive.next = 0;
            run(factor, selection());
          }
          default -> factor = 1 + random.nextInt(3);
        }
        verify();
      }
    }

    private String body() {
      return switch (random.nextInt(8)) {
        case 0 -> "";
        case 1 -> "!";
        default -> {
          String rows =
              IntStream.range(0, PLAYERS.length())
                  .filter(player -> random.nextInt(4) > 0)
                  .mapToObj(player -> PLAYERS.charAt(player) + "=" + random.nextInt(3))
                  .collect(Collectors.joining(","));
          yield rows.isEmpty() ? "A=0" : rows;
        }
      };
    }

    private Optional<Set<Integer>> selection() {
      return Optional.of(
          IntStream.rangeClosed(1, GAMES)
              .filter(game -> random.nextBoolean())
              .boxed()
              .collect(Collectors.toSet()));
    }

    /** Some records, in one transaction or more; the last may be lost. */
    private void run(int factor, Optional<Set<Integer>> again) {
      Shaper shaper = new Goals(factor);
      Set<String> keys =
          again.orElse(Set.of()).stream().map(Object::toString).collect(Collectors.toSet());
      int end =
          random.nextInt(3) > 0
              ? archive.archive.size()
              : random.nextInt(1 + archive.archive.size());
      while (archive.next < end) {
        int from = archive.next;
        boolean committed = random.nextInt(5) > 0;
        archive.shape(
            shaper, item -> keys.contains(item.getKey()), 1 + random.nextInt(5), committed);
        if (!committed) {
          return;
        }
        for (int offset = from; offset < archive.next; offset++) {
          expect(offset, factor, keys);
        }
      }
    }

    private void expect(int offset, int factor, Set<String> again) {
      Archived record = archive.archive.get(offset);
      ShapedBy known = shapedBy.getOrDefault(record.game(), new ShapedBy(-1, 0));
      boolean counts =
          offset > known.offset()
              || (offset == known.offset() && again.contains(record.item().getKey()));
      if (!counts) {
        return;
      }
      shapedBy.put(record.game(), new ShapedBy(offset, factor));
      if (new Goals(factor).shape(ArchiveInMemory.answers(record)) instanceof Shaped.Rows rows) {
        Map<String, Integer> goals = new TreeMap<>();
        rows.rows()
            .forEach(
                row -> goals.put(row.get("playerId").toString(), (Integer) row.get("I_F_goals")));
        expected.put(record.game(), goals);
      }
    }

    private void verify() {
      Map<Integer, Map<String, Integer>> inForce = new TreeMap<>();
      Map<Integer, Integer> revisions = new HashMap<>();
      Set<String> seen = new HashSet<>();
      for (GenericRecord row : archive.landing) {
        int game = Integer.parseInt(row.get("gameId").toString());
        int revision = (Integer) row.get("_revision");
        String player = row.get("playerId").toString();
        assertThat(seen.add(game + "/" + player + "@" + revision)).as("%s twice", row).isTrue();
        int before = revisions.getOrDefault(game, 0);
        assertThat(revision).isBetween(Math.max(1, before), before + 1);
        revisions.put(game, revision);
        Map<String, Integer> rows = inForce.computeIfAbsent(game, key -> new TreeMap<>());
        if (RowValues.isRetraction(row)) {
          assertThat(rows.remove(player)).isNotNull();
        } else {
          assertThat(rows.put(player, (Integer) row.get("I_F_goals")))
              .isNotEqualTo(row.get("I_F_goals"));
        }
      }
      assertThat(inForce).isEqualTo(expected);
      assertThat(
              archive.manifests.stream()
                  .filter(each -> each.getCause() != RevisionCause.DEAD_LETTER))
          .hasSize(revisions.values().stream().mapToInt(Integer::intValue).sum());
      assertThat(
              archive.manifests.stream()
                  .filter(each -> each.getCause() == RevisionCause.DEAD_LETTER))
          .as("one for each dead letter")
          .hasSameSizeAs(archive.deadLetters);
    }
  }
}
