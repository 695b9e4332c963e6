package io.landfall.producer.fetch;

import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.producer.ledger.FetchPlan.Window;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a run looks at, and how much of it at once.
 *
 * @param maxInFlight items asked for at once
 * @param itemsPerTransaction the most items in one transaction
 */
public record FetchSettings(Window window, int maxInFlight, int itemsPerTransaction) {

  public static final List<Setting<?>> ALL =
      List.of(
          LandfallSettings.FROM,
          LandfallSettings.TO,
          LandfallSettings.LOOKBACK_DAYS,
          LandfallSettings.MAX_IN_FLIGHT,
          LandfallSettings.ITEMS_PER_TRANSACTION);

  /**
   * @param today where the source's days are counted
   */
  public static FetchSettings of(Settings settings, LocalDate today) {
    return new FetchSettings(
        new Window(
            settings.find(LandfallSettings.FROM),
            settings.find(LandfallSettings.TO),
            settings.get(LandfallSettings.LOOKBACK_DAYS),
            today),
        settings.get(LandfallSettings.MAX_IN_FLIGHT),
        settings.get(LandfallSettings.ITEMS_PER_TRANSACTION));
  }

  /** What is wrong with settings that are right one by one. */
  public static List<String> problems(Settings settings) {
    Optional<LocalDate> from = settings.find(LandfallSettings.FROM);
    Optional<LocalDate> to = settings.find(LandfallSettings.TO);
    return from.isPresent() && to.isPresent() && from.get().isAfter(to.get())
        ? List.of("--from %s is after --to %s".formatted(from.get(), to.get()))
        : List.of();
  }
}
