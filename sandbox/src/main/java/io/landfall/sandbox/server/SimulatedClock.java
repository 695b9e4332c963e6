package io.landfall.sandbox.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The time in the simulated world. Until it is set there is none: every generated game is long
 * over. Once set it stands still, or runs at a rate. Safe for many threads.
 */
public final class SimulatedClock {

  /** From when on it runs, and how fast. */
  private record Setting(Instant simulated, Instant real, double rate) {}

  private final Clock machine;
  private volatile @Nullable Setting setting;

  public SimulatedClock(Clock machine) {
    this.machine = machine;
  }

  /** What time it is; empty for long after everything. */
  public Optional<Instant> now() {
    Setting current = setting;
    if (current == null) {
      return Optional.empty();
    }
    Duration gone = Duration.between(current.real(), machine.instant());
    long simulatedMillis = Math.round(gone.toMillis() * current.rate());
    return Optional.of(current.simulated().plusMillis(simulatedMillis));
  }

  /** The simulated time, or the machine's if there is none. */
  public Instant today() {
    return now().orElseGet(machine::instant);
  }

  public boolean runs() {
    Setting current = setting;
    return current != null && current.rate() > 0;
  }

  /**
   * Sets it.
   *
   * @param rate simulated seconds in a real one; 0 stands still
   */
  public void set(Instant simulated, double rate) {
    setting = new Setting(simulated, machine.instant(), rate);
  }

  /** Moves it on; it must have been set. */
  public void advance(Duration by) {
    Setting current = setting;
    Instant now =
        now()
            .orElseThrow(
                () -> new IllegalStateException("Set the simulated clock before advancing it"));
    set(now.plus(by), current == null ? 0 : current.rate());
  }

  /** Back to long after everything. */
  public void clear() {
    setting = null;
  }
}
