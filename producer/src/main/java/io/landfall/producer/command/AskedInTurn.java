package io.landfall.producer.command;

import io.landfall.producer.overview.Bronze;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The consumer, asked beside everything else: once, with somebody waiting for its answer; or again
 * and again, where the last answer does until there is another.
 */
final class AskedInTurn implements AutoCloseable {

  /** A JVM's start each time: often enough for a table, and rarely enough for the machine. */
  private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

  private final Optional<AskedConsumer> consumer;
  private final Clock clock;
  private final boolean waits;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread asking = new Thread(work, "ask");
            asking.setDaemon(true);
            return asking;
          });

  private @Nullable CompletableFuture<Bronze> asking;
  private Bronze latest;
  private long answeredAt;

  private AskedInTurn(Optional<AskedConsumer> consumer, Clock clock, boolean waits) {
    this.consumer = consumer;
    this.clock = clock;
    this.waits = waits;
    this.latest =
        consumer.isPresent()
            ? new Bronze.NotAsked("the consumer is being asked")
            : AskedConsumer.notAsked();
    this.answeredAt = System.nanoTime() - AGAIN_AFTER.toNanos();
    askIfOld();
  }

  /** Asked now, and its answer is waited for. */
  static AskedInTurn once(Optional<AskedConsumer> consumer, Clock clock) {
    return new AskedInTurn(consumer, clock, true);
  }

  /** Asked now and whenever its last answer is old. */
  static AskedInTurn again(Optional<AskedConsumer> consumer, Clock clock) {
    return new AskedInTurn(consumer, clock, false);
  }

  private synchronized void askIfOld() {
    if (asking == null
        && consumer.isPresent()
        && System.nanoTime() - answeredAt >= AGAIN_AFTER.toNanos()) {
      AskedConsumer asked = consumer.get();
      asking = CompletableFuture.supplyAsync(() -> answer(asked), thread);
    }
  }

  private Bronze answer(AskedConsumer asked) {
    Bronze answer;
    try {
      answer = asked.ask();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer = new Bronze.Unanswered(clock.instant(), "the program is stopping");
    }
    synchronized (this) {
      latest = answer;
      answeredAt = System.nanoTime();
      asking = null;
    }
    return answer;
  }

  /** What it said last. */
  Bronze latest() throws InterruptedException {
    askIfOld();
    CompletableFuture<Bronze> running;
    synchronized (this) {
      running = asking;
      if (!waits || running == null) {
        return latest;
      }
    }
    try {
      return running.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
