package io.landfall.producer.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.producer.deadletter.Replay.End;
import io.landfall.schemas.Dismissal;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which letters are sent again, and that no history of an archive lets an old answer come back. */
class ReplayTest {

  private static final String TOPIC = "s.answers.v1";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  private record Message(@Nullable String item, String value) {}

  /** An archive of one partition in memory, a shape that knows what it can use, and a fetch. */
  private static final class Memory implements Archive {
    private final List<Message> records = new ArrayList<>();
    private final Map<Long, Letter> letters = new LinkedHashMap<>();
    private final Set<String> unusable = new HashSet<>();
    private final Map<String, String> inForce = new HashMap<>();
    private final List<Letter> foreign = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private final Map<Origin, Dismissal> dismissals = new HashMap<>();
    private List<Message> whileSending = List.of();
    private long shaped;

    void fetch(@Nullable String item, String value) {
      records.add(new Message(item, value));
    }

    void shape() {
      for (; shaped < records.size(); shaped++) {
        Message one = records.get((int) shaped);
        if (one.item() == null || unusable.contains(one.value())) {
          letters.put(shaped, letter(TOPIC, shaped, one));
          dismissals.remove(new Origin(TOPIC, 0, shaped));
        } else {
          inForce.put(one.item(), one.value());
        }
      }
    }

    @Override
    public View takeOver() {
      return look();
    }

    @Override
    public View look() {
      List<Letter> all = new ArrayList<>(foreign);
      all.addAll(letters.values());
      Standings standings = new Standings(all, TOPIC, Map.of(PARTITION, shaped), dismissals);
      for (int offset = 0; offset < records.size(); offset++) {
        Message one = records.get(offset);
        standings.see(PARTITION, offset, bytes(one.item()), bytes(one.value()));
      }
      return new View(standings.all(), Map.of(PARTITION, (long) records.size()));
    }

    @Override
    public boolean send(List<Letter> some, View since) {
      records.addAll(whileSending);
      whileSending = List.of();
      long end = since.ends().getOrDefault(PARTITION, 0L);
      Set<String> overtaking =
          records.subList((int) end, records.size()).stream()
              .map(one -> String.valueOf(one.item()))
              .collect(Collectors.toSet());
      if (some.stream().anyMatch(one -> overtaking.contains(one.item().orElse("")))) {
        return false;
      }
      for (Letter one : some) {
        records.add(records.get((int) one.origin().offset()));
        sent.add(one.origin().toString());
      }
      return true;
    }

    @Override
    public void dismiss(List<Letter> some, String because, Instant decided) {
      for (Letter one : some) {
        Origin origin = one.origin();
        dismissals.put(
            origin,
            new Dismissal(origin.topic(), origin.partition(), origin.offset(), because, decided));
      }
    }

    List<String> open() {
      return look().standings().stream()
          .filter(Standing::isOpen)
          .map(one -> one.letter().origin().toString())
          .toList();
    }
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }

  private static Letter letter(String topic, long offset, Message message) {
    return new Letter(
        new Origin(topic, 0, offset),
        Optional.ofNullable(message.item()).map(item -> ByteBuffer.wrap(item.getBytes(UTF_8))),
        Optional.of(Letter.hash(bytes(message.value()))),
        "UNSHAPEABLE",
        "it is so",
        "1",
        Instant.EPOCH);
  }

  private static String at(long offset) {
    return "%s-0@%d".formatted(TOPIC, offset);
  }

  private final Memory archive = new Memory();

  private Map<String, End> replay(String... origins) {
    return ends(
        new Replay(archive)
            .run(
                origins.length == 0
                    ? Optional.empty()
                    : Optional.of(List.of(origins).stream().map(Origin::parse).toList())));
  }

  private static Map<String, End> ends(List<Replay.Outcome> outcomes) {
    return outcomes.stream()
        .collect(
            Collectors.toMap(
                one -> one.standing().letter().origin().toString(), Replay.Outcome::end));
  }

  @Test
  void whatShapeCanUseAfterAFixIsResolved() {
    archive.unusable.add("a1");
    archive.fetch("a", "a1");
    archive.shape();
    assertThat(archive.open()).containsExactly(at(0));
    archive.unusable.clear();
    assertThat(replay()).containsExactly(Map.entry(at(0), End.SENT));
    assertThat(archive.open()).as("shape was not there yet").containsExactly(at(0));
    archive.shape();
    assertThat(archive.open()).isEmpty();
    assertThat(archive.inForce).containsEntry("a", "a1");
    assertThat(replay()).as("nothing is open").isEmpty();
    assertThat(replay(at(0))).containsExactly(Map.entry(at(0), End.SUPERSEDED));
    assertThat(archive.records).hasSize(2);
  }

  @Test
  void whatWasSentIsNotSentAgainBeforeShapeHasIt() {
    archive.unusable.add("a1");
    archive.fetch("a", "a1");
    archive.shape();
    replay();
    assertThat(replay()).containsExactly(Map.entry(at(0), End.SUPERSEDED));
    assertThat(archive.records).hasSize(2);
  }

  @Test
  void whatFailedAgainIsSentOnceByItsNewestLetter() {
    archive.unusable.add("a1");
    archive.fetch("a", "a1");
    archive.shape();
    replay();
    archive.shape();
    assertThat(archive.open()).containsExactly(at(0), at(1));
    assertThat(replay()).containsOnly(Map.entry(at(0), End.SUPERSEDED), Map.entry(at(1), End.SENT));
    archive.unusable.clear();
    archive.shape();
    assertThat(archive.open()).isEmpty();
  }

  @Test
  void aNewerAnswerComesFirstWhetherItWasShapedOrNot() {
    archive.unusable.add("a1");
    archive.fetch("a", "a1");
    archive.shape();
    archive.fetch("b", "b1");
    archive.fetch("a", "a2");
    assertThat(replay()).containsExactly(Map.entry(at(0), End.SUPERSEDED));
    archive.shape();
    assertThat(archive.open()).isEmpty();
    assertThat(archive.inForce).containsEntry("a", "a2");
  }

  @Test
  void anAnswerThatComesWhileItIsSentComesFirst() {
    archive.unusable.addAll(Set.of("a1", "b1"));
    archive.fetch("a", "a1");
    archive.fetch("b", "b1");
    archive.shape();
    archive.unusable.clear();
    archive.whileSending = List.of(new Message("a", "a2"));
    assertThat(replay()).containsOnly(Map.entry(at(0), End.SUPERSEDED), Map.entry(at(1), End.SENT));
    archive.shape();
    assertThat(archive.inForce).isEqualTo(Map.of("a", "a2", "b", "b1"));
  }

  @Test
  void whatIsDismissedIsNotOpenNotReplayedWithTheOthersAndOpenWhenItFailsAgain() {
    archive.unusable.addAll(Set.of("a1", "b1"));
    archive.fetch("a", "a1");
    archive.fetch("b", "b1");
    archive.shape();
    Dismissing dismissing = new Dismissing(archive, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    assertThat(dismissing.run(Optional.of(List.of(Origin.parse(at(0)))), "no such game"))
        .hasSize(1);
    assertThat(archive.open()).containsExactly(at(1));
    assertThat(archive.look().standings().get(0).dismissal().orElseThrow().getBecause())
        .isEqualTo("no such game");
    assertThat(replay()).containsExactly(Map.entry(at(1), End.SENT));
    assertThat(replay(at(0))).as("by name").containsExactly(Map.entry(at(0), End.SENT));
    archive.shape();
    assertThat(archive.open()).as("of both the newest").contains(at(2), at(3));
    assertThat(dismissing.run(Optional.empty(), "all")).hasSize(3);
    assertThat(archive.open()).isEmpty();
    assertThat(dismissing.run(Optional.empty(), "again")).isEmpty();
    archive.fetch("a", "a2");
    archive.shape();
    assertThat(archive.look().standings().get(0).state()).isEqualTo(Standing.State.RESOLVED);
    assertThat(archive.records).hasSize(5);
  }

  @Test
  void anUnknownOriginIsNotDismissed() {
    assertThatThrownBy(
            () ->
                new Dismissing(archive, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
                    .run(Optional.of(List.of(Origin.parse(at(7)))), "x"))
        .isInstanceOf(LandfallException.class)
        .hasMessageContaining(at(7));
  }

  @Test
  void anUnknownOriginSendsNothing() {
    archive.unusable.add("a1");
    archive.fetch("a", "a1");
    archive.shape();
    assertThatThrownBy(() -> replay(at(0), at(7)))
        .isInstanceOfSatisfying(
            LandfallException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(at(7));
    assertThat(archive.records).hasSize(1);
  }

  @Test
  void theSameOriginTwiceIsSentOnce() {
    archive.unusable.add("a1");
    archive.fetch("a", "a1");
    archive.shape();
    assertThat(replay(at(0), at(0))).containsExactly(Map.entry(at(0), End.SENT));
    assertThat(archive.records).hasSize(2);
  }

  @Test
  void aLetterOfAnotherTopicOrOfAnArchiveThatIsGoneIsNotSent() {
    archive.foreign.add(letter("other.answers.v1", 0, new Message("a", "a1")));
    archive.foreign.add(letter(TOPIC, 9, new Message("a", "a1")));
    archive.fetch("b", "b1");
    archive.shape();
    archive.foreign.add(letter(TOPIC, 0, new Message("b", "b of an older archive")));
    assertThat(replay().values()).hasSize(3).containsOnly(End.NOT_IN_ARCHIVE);
    assertThat(archive.records).hasSize(1);
  }

  @Test
  void aRecordWithoutAKeyIsSentAgainAndKnownByItsValue() {
    archive.fetch(null, "junk");
    archive.fetch(null, "other junk");
    archive.shape();
    assertThat(replay(at(0))).containsExactly(Map.entry(at(0), End.SENT));
    assertThat(replay(at(0))).containsExactly(Map.entry(at(0), End.SUPERSEDED));
    assertThat(archive.open()).contains(at(1));
  }

  @Test
  void aDryRunSaysTheSameAndSendsNothing() {
    archive.unusable.addAll(Set.of("a1", "b1"));
    archive.fetch("a", "a1");
    archive.fetch("b", "b1");
    archive.fetch("a", "a2");
    archive.shape();
    Map<String, End> dry = ends(new Replay(archive).dryRun(Optional.empty()));
    assertThat(archive.records).hasSize(3);
    assertThat(replay()).isEqualTo(dry);
    assertThat(archive.records).hasSize(4);
  }

  /** The law: in force of each item is the newest of its answers that could ever be used. */
  @Test
  void noHistoryBringsAnOldAnswerBack() {
    long seed = ThreadLocalRandom.current().nextLong(1_000_000);
    System.out.println("ReplayTest: seed " + seed);
    Random random = new Random(seed);
    for (int story = 0; story < 300; story++) {
      Memory one = new Memory();
      Map<String, Integer> newestInForce = new HashMap<>();
      int version = 0;
      for (int step = 0; step < 30; step++) {
        String item = "i" + random.nextInt(3);
        String value = item + "=" + version++;
        switch (random.nextInt(5)) {
          case 0 -> one.fetch(item, value);
          case 1 -> {
            one.unusable.add(value);
            one.fetch(item, value);
          }
          case 2 -> one.unusable.clear();
          case 3 -> {
            one.whileSending = random.nextBoolean() ? List.of(new Message(item, value)) : List.of();
            new Replay(one).run(Optional.empty());
            one.whileSending = List.of();
          }
          default -> one.shape();
        }
        one.inForce.forEach(
            (key, inForce) ->
                assertThat(version(inForce))
                    .as("%s in step of seed %d", key, seed)
                    .isGreaterThanOrEqualTo(newestInForce.getOrDefault(key, -1)));
        one.inForce.forEach((key, inForce) -> newestInForce.put(key, version(inForce)));
        assertThat(one.sent).as("seed %d", seed).doesNotHaveDuplicates();
      }
      one.unusable.clear();
      one.shape();
      new Replay(one).run(Optional.empty());
      one.shape();
      assertThat(one.open()).as("seed %d", seed).isEmpty();
      one.records.stream()
          .collect(
              Collectors.toMap(
                  record -> String.valueOf(record.item()),
                  Message::value,
                  (older, newer) -> version(older) > version(newer) ? older : newer))
          .forEach(
              (item, newest) ->
                  assertThat(one.inForce).as("seed %d", seed).containsEntry(item, newest));
    }
  }

  private static int version(String value) {
    return Integer.parseInt(value.substring(value.indexOf('=') + 1));
  }
}
