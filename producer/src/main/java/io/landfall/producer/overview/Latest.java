package io.landfall.producer.overview;

import io.landfall.cli.LandfallException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The latest overview for many who ask: one look at a time, none while nobody asks, and nobody
 * waits long for one that takes long.
 */
public final class Latest implements AutoCloseable {

  /** Finds out how everything is. */
  public interface Look {
    /**
     * How it is now.
     *
     * @throws LandfallException if that cannot be found out
     */
    Overview look() throws InterruptedException;
  }

  /** A look that takes long is no trouble before what was seen last is that old. */
  private static final Duration OLD = Duration.ofMinutes(1);

  private static final String SLOW = "Kafka has not answered yet; this page asks again by itself.";

  private final Look look;
  private final Duration fresh;
  private final Duration patience;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread looking = new Thread(work, "look");
            looking.setDaemon(true);
            return looking;
          });

  private Seen seen = new Seen(Optional.empty(), Optional.empty());
  private @Nullable CompletableFuture<Seen> running;
  private long lookedAt;

  /**
   * @param fresh how long a look is good for
   * @param patience how long somebody waits for a new one before he is given the last
   */
  public Latest(Look look, Duration fresh, Duration patience) {
    this.look = look;
    this.fresh = fresh;
    this.patience = patience;
    this.lookedAt = System.nanoTime() - fresh.toNanos();
  }

  /** The latest there is. */
  public Seen get() throws InterruptedException {
    CompletableFuture<Seen> looking;
    synchronized (this) {
      if (running == null && System.nanoTime() - lookedAt < fresh.toNanos()) {
        return seen;
      }
      if (running == null) {
        running = CompletableFuture.supplyAsync(this::now, thread);
      }
      looking = running;
    }
    try {
      return looking.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      synchronized (this) {
        boolean isOld = System.nanoTime() - lookedAt > OLD.toNanos();
        return seen.trouble().isPresent() || (seen.overview().isPresent() && !isOld)
            ? seen
            : new Seen(seen.overview(), Optional.of(SLOW));
      }
    } catch (ExecutionException e) {
      synchronized (this) {
        running = null;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private Seen now() {
    Optional<Overview> overview = Optional.empty();
    Optional<String> trouble = Optional.empty();
    try {
      overview = Optional.of(look.look());
    } catch (LandfallException e) {
      trouble = Optional.of(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      trouble = Optional.of("The program is stopping.");
    } catch (RuntimeException e) {
      // Whatever it is, the page goes on, and says that it is not up to date.
      trouble = Optional.of("A fault of the program itself: " + e);
    }
    synchronized (this) {
      seen = new Seen(overview.or(() -> seen.overview()), trouble);
      lookedAt = System.nanoTime();
      running = null;
      return seen;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
