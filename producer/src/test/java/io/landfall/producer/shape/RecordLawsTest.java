package io.landfall.producer.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever a collection goes through, and however it is looked at, its rows are its own at last.
 */
class RecordLawsTest {

  private static final int THINGS = 5;
  private static final int WINDOWS = 3;

  /** What happens, with numbers that each kind reads in its own way. */
  record Step(Kind kind, int one, int two) {}

  enum Kind {
    EDIT,
    MOVE,
    REMOVE,
    TELL_DELETED,
    LOOK,
    LOOK_CUT_SHORT,
    LOOK_IN_PARTS,
    LOOK_THAT_COMES_LATE,
    CHANGES,
    WHOLE,
    READ_AGAIN,
    DIE,
    RESHAPE,
    COPY_ARCHIVE
  }

  @Provide
  Arbitrary<List<Step>> scripts() {
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            Arbitraries.integers().between(0, THINGS - 1),
            Arbitraries.integers().between(0, 9))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  /** A thing of the collection. */
  private record Thing(int window, int v) {}

  private static final class World {
    final Map<Integer, Thing> things = new TreeMap<>();
    final Set<Integer> changed = new TreeSet<>();
    final Set<Integer> deleted = new TreeSet<>();
    final RecordsInMemory shape = new RecordsInMemory();
    final List<Runnable> late = new ArrayList<>();
    int minute;

    private static String json(int id, Thing thing) {
      return "{\"id\":%d,\"v\":%d}".formatted(id, thing.v());
    }

    private List<String> window(int window) {
      return things.entrySet().stream()
          .filter(thing -> thing.getValue().window() == window)
          .map(thing -> json(thing.getKey(), thing.getValue()))
          .toList();
    }

    private static String list(List<String> things) {
      return "[" + String.join(",", things) + "]";
    }

    private static String item(int window) {
      return "things/2025-01-0%d/1d".formatted(window + 1);
    }

    void look(int window) {
      shape.look(item(window), minute++, true, list(window(window)));
    }

    void whole() {
      shape.look(
          "things/whole",
          minute++,
          true,
          things.entrySet().stream()
              .map(thing -> json(thing.getKey(), thing.getValue()))
              .collect(Collectors.joining(",", "[", "]")));
    }

    void changes() {
      List<String> told = new ArrayList<>();
      for (int id : changed) {
        Optional.ofNullable(things.get(id)).ifPresent(thing -> told.add(json(id, thing)));
      }
      deleted.forEach(id -> told.add("{\"id\":%d,\"status\":\"deleted\"}".formatted(id)));
      shape.look("things/changes", minute++, true, list(told));
      changed.clear();
    }

    void apply(Step step) {
      int id = step.one();
      int window = step.two() % WINDOWS;
      switch (step.kind()) {
        case EDIT -> put(id, new Thing(windowOf(id, window), step.two()));
        case MOVE -> put(id, new Thing(window, things.getOrDefault(id, new Thing(0, 0)).v()));
        case REMOVE -> things.remove(id);
        case TELL_DELETED -> {
          things.remove(id);
          deleted.add(id);
        }
        case LOOK -> look(window);
        case LOOK_CUT_SHORT -> {
          List<String> all = window(window);
          shape.look(item(window), minute++, false, list(all.subList(0, all.size() / 2)));
        }
        case LOOK_IN_PARTS -> {
          List<String> all = window(window);
          shape.look(
              item(window),
              minute++,
              true,
              list(all.subList(0, all.size() / 2)),
              list(all.subList(all.size() / 2, all.size())));
        }
        case LOOK_THAT_COMES_LATE -> {
          // Asked now, and archived after others that were asked for later.
          int asked = minute++;
          String body = list(window(window));
          late.add(() -> shape.look(item(window), asked, true, body));
        }
        case CHANGES -> changes();
        case WHOLE -> whole();
        case READ_AGAIN -> readAgain(step.two());
        case DIE -> shape.shape(item -> false, step.two(), false);
        case RESHAPE -> {
          shape.shape();
          int before = shape.landing.size();
          shape.next = 0;
          shape.shape(item -> true, shape.archive.size(), true);
          assertThat(shape.landing).as("the same code says the same").hasSize(before);
        }
        case COPY_ARCHIVE -> {
          shape.shape();
          int before = shape.landing.size();
          shape.id += "'";
          shape.moved = step.two();
          shape.next = 0;
          shape.shape();
          assertThat(shape.landing).as("a copy says nothing new").hasSize(before);
        }
      }
      if (step.kind().compareTo(Kind.CHANGES) >= 0 && step.two() % 2 == 0) {
        late.forEach(Runnable::run);
        late.clear();
      }
    }

    private int windowOf(int id, int otherwise) {
      Thing thing = things.get(id);
      return thing == null ? otherwise : thing.window();
    }

    private void put(int id, Thing thing) {
      things.put(id, thing);
      changed.add(id);
      deleted.remove(id);
    }

    private void readAgain(int back) {
      shape.shape();
      int before = shape.landing.size();
      shape.next = Math.max(0, shape.next - back);
      shape.shape();
      assertThat(shape.landing).as("what was read before says nothing new").hasSize(before);
    }
  }

  @Property(tries = 150)
  void whenAllIsStillTheRowsInForceAreTheCollection(@ForAll("scripts") List<Step> script) {
    World world = new World();
    script.forEach(
        step -> {
          world.apply(step);
          Object unused = world.shape.inForce();
        });
    world.late.forEach(Runnable::run);
    world.changes();
    for (int twice = 0; twice < 2; twice++) {
      for (int window = 0; window < WINDOWS; window++) {
        world.look(window);
      }
      world.whole();
    }
    world.shape.shape();
    assertThat(
            world.shape.inForce().entrySet().stream()
                .collect(
                    Collectors.toMap(
                        row -> ((Long) row.getKey()).intValue(),
                        row -> (Integer) row.getValue().get("v"))))
        .isEqualTo(
            world.things.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, thing -> thing.getValue().v())));
    world.shape.next = 0;
    int before = world.shape.landing.size();
    world.shape.shape();
    assertThat(world.shape.landing).as("all of it again").hasSize(before);
  }
}
