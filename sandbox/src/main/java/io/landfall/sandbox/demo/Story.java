package io.landfall.sandbox.demo;

import io.landfall.cli.LandfallException;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.process.Part;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is told, chapter by chapter. What it claims is checked on the spot; where a claim does not
 * hold, the demo ends with what was seen instead.
 */
abstract class Story {

  private static final Pattern EMITTED = Pattern.compile("; ([\\d,]+) rows? emitted");

  final Stage stage;
  final Screen screen;
  private final LandedRows landed;
  private long emitted;

  Story(Stage stage, Screen screen) {
    this.stage = stage;
    this.screen = screen;
    this.landed = new LandedRows(stage.table());
  }

  /** Tells it all. */
  abstract void tell(int kafkaPort, int apiPort) throws InterruptedException;

  /** The flags of the demo that tells this one, each with a space before it. */
  abstract String flags();

  /** What else can be asked of the table. */
  abstract List<String> queries();

  /** Whether such a question needs the broker, too. */
  abstract boolean needsBroker();

  /** What can be done while broker and API go on. */
  abstract List<String> commands();

  /** What a reader does next. */
  abstract String wayOn();

  /** The last chapter's number. */
  static final int LAST = 5;

  /** Which program says where they are, for what follows. */
  final void introduce(String broker, URI api) {
    screen.say(
        "Broker at %s, API at %s. Every command below finds them by this variable:"
            .formatted(broker, api));
    screen.command("export LANDFALL_CONFIG=" + stage.settings());
  }

  /** Runs the producer; gives how many rows it emitted. */
  final long load(Stage.Meanwhile meanwhile, String... command) throws InterruptedException {
    long rows = emittedBy(stage.run(Part.PRODUCER, meanwhile, command));
    emitted += rows;
    return rows;
  }

  /** How many rows a run says that it emitted. */
  static long emittedBy(String run) {
    Matcher summary = EMITTED.matcher(run);
    if (!summary.find()) {
      throw new IllegalStateException("A run says how many rows it emitted, but: " + run);
    }
    return Long.parseLong(summary.group(1).replace(",", ""));
  }

  /** Waits until the table has all rows that were emitted. */
  final void awaitLanded(ChildProcess consumer) throws InterruptedException {
    Screen.Progress progress = screen.progress("landed", "rows", emitted);
    consumer.await(
        "all rows in the table",
        () -> {
          progress.at(landed.count());
          return landed.count() >= emitted;
        });
    expect(emitted, landed.count(), "rows in the table");
  }

  /** SIGKILL, and what the consumer had noted for itself is lost. */
  final void loseConsumer(ChildProcess consumer) throws InterruptedException {
    screen.chapter(4, "The consumer dies and its scratch folder is lost; the table knows the way");
    screen.command("kill -9 " + consumer.pid());
    stage.kill(consumer);
    screen.command("rm -r " + stage.scratch());
    Stage.remove(stage.scratch());
  }

  /** The sum of it all. */
  final void sum() {
    screen.say(
        "%,d rows were emitted, %,d are in the table: none lost, none twice."
            .formatted(emitted, landed.count()));
  }

  /** Ends the demo where a claim does not hold. */
  static void expect(long expected, long seen, String what) {
    if (expected != seen) {
      throw LandfallException.refused(
          "The demo expected %,d %s and saw %,d.".formatted(expected, what, seen));
    }
  }
}
