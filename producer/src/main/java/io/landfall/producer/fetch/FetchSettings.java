package io.landfall.producer.fetch;

import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.producer.ledger.FetchPlan.Window;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run looks at, and how much of it at once.
 *
 * @param accepted the key of an item whose next answers are taken as they come
 * @param maxInFlight items asked for at once
 * @param itemsPerTransaction the most items in one transaction
 */
public record FetchSettings(
    Window window, Optional<String> accepted, int maxInFlight, int itemsPerTransaction) {

  /** Where the user accepts nothing beforehand. */
  public FetchSettings(Window window, int maxInFlight, int itemsPerTransaction) {
    this(window, Optional.empty(), maxInFlight, itemsPerTransaction);
  }

  public static final List<Setting<?>> ALL =
      List.of(
          LandfallSettings.FROM,
          LandfallSettings.TO,
          LandfallSettings.HISTORY_START,
          LandfallSettings.ACCEPT,
          LandfallSettings.ONE_TIME_LOAD,
          LandfallSettings.SWEEP_DAYS,
          LandfallSettings.LOOKBACK_DAYS,
          LandfallSettings.MAX_IN_FLIGHT,
          LandfallSettings.ITEMS_PER_TRANSACTION);

  /**
   * @param today where the source's days are counted
   * @param beginning the first day of what the source has
   * @param mostInFlight as many items as its API wants to be asked for at once
   */
  public static FetchSettings of(
      Settings settings, LocalDate today, LocalDate beginning, int mostInFlight) {
    return new FetchSettings(
        new Window(
            settings.find(LandfallSettings.FROM),
            settings.find(LandfallSettings.TO),
            settings.get(LandfallSettings.LOOKBACK_DAYS),
            today,
            settings.find(LandfallSettings.HISTORY_START).orElse(beginning),
            settings.get(LandfallSettings.ONE_TIME_LOAD)
                ? Duration.ZERO
                : sweepEvery(settings.get(LandfallSettings.SWEEP_DAYS))),
        settings.find(LandfallSettings.ACCEPT),
        Math.min(mostInFlight, settings.get(LandfallSettings.MAX_IN_FLIGHT)),
        settings.get(LandfallSettings.ITEMS_PER_TRANSACTION));
  }

  /** A little sooner, for a run that comes at the same time of each day. */
  private static Duration sweepEvery(int days) {
    return Duration.ofDays(days).minusHours(4);
  }

  /** What is wrong with settings that are right one by one. */
  public static List<String> problems(Settings settings) {
    List<String> problems = new ArrayList<>();
    Optional<LocalDate> from = settings.find(LandfallSettings.FROM);
    Optional<LocalDate> to = settings.find(LandfallSettings.TO);
    if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
      problems.add("--from %s is after --to %s".formatted(from.get(), to.get()));
    }
    if (settings.find(LandfallSettings.ONE_TIME_LOAD).orElse(false)
        && (from.isPresent() || to.isPresent())) {
      problems.add("--one-time-load: it is about all days, and --from or --to about some");
    }
    return problems;
  }
}
