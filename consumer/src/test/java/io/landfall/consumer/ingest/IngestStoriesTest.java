package io.landfall.consumer.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.ingest.Ingest.Until;
import io.landfall.consumer.ingest.MemoryTopic.Place;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/**
 * Whatever happens to a topic, to its table and to those who land it: what is in the table is the
 * beginning of each partition at any time, and all that is committed once it is quiet; what is no
 * row is beside it.
 */
class IngestStoriesTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

  /** What may happen. */
  enum Event {
    COMMITTED,
    COMMITTED_NO_ROW,
    ABORTED,
    OPENED,
    NEW_PARTITION,
    RUN,
    RUN_THAT_GOES_ON,
    RUN_THAT_IS_STOPPED,
    RUN_THAT_IS_INTERRUPTED,
    RUN_THAT_IS_KILLED_BEFORE_A_COMMIT,
    RUN_THAT_IS_KILLED_BEHIND_A_COMMIT,
    RUN_WHOSE_ANSWER_IS_LOST,
    RUN_WHOSE_BROKER_GOES_AWAY,
    RUN_BESIDE_ANOTHER_WRITER
  }

  /** A process that is killed: nobody catches that. */
  private static final class Killed extends Error {}

  @Property
  void tableHoldsWhatIsCommittedEachOnceAndInOrder(
      @ForAll @Size(max = 40) List<Event> events, @ForAll long seed) throws Exception {
    Story story = new Story(new Random(seed));
    for (Event event : events) {
      story.tell(event);
      story.requireBeginnings();
    }
    story.requireAll();
  }

  private static final class Story {

    private final Random random;
    private final MemoryTopic topic;
    private final MemoryTable table = new MemoryTable();

    Story(Random random) {
      this.random = random;
      this.topic = new MemoryTopic(1 + random.nextInt(3));
    }

    void tell(Event event) throws Exception {
      switch (event) {
        case COMMITTED -> topic.commit(partition(), random.nextInt(12));
        case COMMITTED_NO_ROW -> topic.commitNoRow(partition());
        case ABORTED -> topic.abort(partition(), random.nextInt(12));
        case OPENED -> topic.open(partition(), 1 + random.nextInt(4));
        case NEW_PARTITION -> topic.widen(Math.min(6, topic.width() + 1));
        default -> survive(event);
      }
    }

    private int partition() {
      return random.nextInt(topic.width());
    }

    private void survive(Event event) throws Exception {
      try {
        run(event);
      } catch (LandfallException e) {
        assertThat(e.exitCode()).as(e.getMessage()).isEqualTo(ExitCode.UNAVAILABLE);
      } catch (Killed | InterruptedException e) {
        // What was committed stays, and the next run goes on.
      } finally {
        boolean unused = Thread.interrupted();
        topic.away(false);
        table.afterNextCommit(() -> {});
      }
    }

    private void run(Event event) throws Exception {
      int moment = 1 + random.nextInt(4);
      switch (event) {
        case RUN_THAT_GOES_ON -> landing(door -> door).run(Until.STOPPED, meanwhile(12));
        case RUN_THAT_IS_STOPPED -> once(atMoment(moment, true, () -> {}));
        case RUN_THAT_IS_INTERRUPTED ->
            once(atMoment(moment, false, () -> Thread.currentThread().interrupt()));
        case RUN_WHOSE_BROKER_GOES_AWAY -> once(atMoment(moment, false, () -> topic.away(true)));
        case RUN_THAT_IS_KILLED_BEHIND_A_COMMIT -> {
          table.afterNextCommit(
              () -> {
                throw new Killed();
              });
          once(() -> false);
        }
        case RUN_WHOSE_ANSWER_IS_LOST -> {
          table.afterNextCommit(
              () -> {
                throw LandfallException.unavailable("No answer", new IOException());
              });
          once(() -> false);
        }
        case RUN_THAT_IS_KILLED_BEFORE_A_COMMIT ->
            once(
                moment,
                () -> {
                  throw new Killed();
                });
        case RUN_BESIDE_ANOTHER_WRITER ->
            once(
                moment,
                () -> {
                  happen();
                  landing(door -> door)
                      .run(Until.CAUGHT_UP, atMoment(1 + random.nextInt(4), true, () -> {}));
                });
        default -> once(() -> false);
      }
    }

    private interface Wrapping {
      Door around(Door door);
    }

    private interface Happening {
      void happen() throws Exception;
    }

    /** A process of its own, with batches of its own size. */
    private Ingest landing(Wrapping wrapping) throws InterruptedException {
      MemoryQueries queries = new MemoryQueries(topic, 1 + random.nextInt(9), random.nextBoolean());
      Door door = wrapping.around(new MemoryDoor(table, topic, queries));
      Ingest ingest = new Ingest(topic.open(), queries, door, CLOCK);
      if (random.nextInt(4) == 0) {
        happen();
      }
      return ingest;
    }

    private void once(BooleanSupplier stopped) throws InterruptedException {
      landing(door -> door).run(Until.CAUGHT_UP, stopped);
    }

    /** Something happens at the door before a batch. */
    private void once(int before, Happening happening) throws InterruptedException {
      landing(
              door ->
                  new HookedDoor(
                      door,
                      batch -> {
                        if (batch == before) {
                          happening.happen();
                        }
                      }))
          .run(Until.CAUGHT_UP, () -> false);
    }

    private static BooleanSupplier atMoment(int moment, boolean stops, Runnable happens) {
      return new BooleanSupplier() {
        private int asked;

        @Override
        public boolean getAsBoolean() {
          asked++;
          if (asked == moment) {
            happens.run();
          }
          return stops && asked > moment;
        }
      };
    }

    /** While it runs, the topic goes on too. */
    private BooleanSupplier meanwhile(int moments) {
      return new BooleanSupplier() {
        private int asked;

        @Override
        public boolean getAsBoolean() {
          asked++;
          if (random.nextInt(3) == 0) {
            happen();
          }
          return asked > moments;
        }
      };
    }

    private void happen() {
      switch (random.nextInt(4)) {
        case 0 -> topic.abort(partition(), random.nextInt(6));
        case 1 -> topic.widen(Math.min(6, topic.width() + 1));
        default -> topic.commit(partition(), random.nextInt(6));
      }
    }

    void requireBeginnings() {
      for (int partition = 0; partition < topic.width(); partition++) {
        List<Place> committed = rows(partition);
        List<Place> landed = table.rows(partition);
        assertThat(landed)
            .isEqualTo(committed.subList(0, Math.min(landed.size(), committed.size())));
      }
    }

    /** What is committed in a partition, and is a row. */
    private List<Place> rows(int partition) {
      return topic.committed(partition).stream().filter(topic::isRow).toList();
    }

    void requireAll() throws InterruptedException {
      MemoryQueries queries = new MemoryQueries(topic, 10, true);
      new Ingest(topic.open(), queries, new MemoryDoor(table, topic, queries), CLOCK)
          .run(Until.CAUGHT_UP, () -> false);
      long rows = 0;
      for (int partition = 0; partition < topic.width(); partition++) {
        assertThat(table.rows(partition)).isEqualTo(rows(partition));
        assertThat(topic.committed(partition))
            .allMatch(record -> topic.isRow(record) != table.isSetAside(record));
        rows += table.rows(partition).size();
      }
      assertThat(table.rows()).isEqualTo(rows);
    }
  }
}
