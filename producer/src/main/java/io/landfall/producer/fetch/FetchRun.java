package io.landfall.producer.fetch;

import io.landfall.cli.Progress;
import io.landfall.producer.ledger.FetchPlan;
import io.landfall.producer.ledger.FetchPlan.Due;
import io.landfall.producer.ledger.FetchPlan.Reason;
import io.landfall.producer.ledger.FetchPlan.Window;
import io.landfall.producer.ledger.Known;
import io.landfall.producer.ledger.Ledger;
import io.landfall.producer.ledger.Update;
import io.landfall.producer.source.Listing;
import io.landfall.producer.source.Source;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run: list, plan, fetch what is due, record it batch by batch. */
public final class FetchRun {

  private static final Logger LOG = LoggerFactory.getLogger(FetchRun.class);

  private static final FetchPlan NOTHING = new FetchPlan(List.of(), List.of());

  private final Source source;
  private final Ledger ledger;
  private final FetchSettings settings;
  private final String items;
  private final Clock clock;
  private final Progress progress;

  /**
   * @param items what the source's items are called, in the plural
   * @param progress is told how far it has come
   */
  public FetchRun(
      Source source,
      Ledger ledger,
      FetchSettings settings,
      String items,
      Clock clock,
      Progress progress) {
    this.source = source;
    this.ledger = ledger;
    this.settings = settings;
    this.items = items;
    this.clock = clock;
    this.progress = progress;
  }

  /** Does it. */
  public FetchReport run() throws InterruptedException {
    Known known = ledger.known();
    Listed listed = Listed.of(source, known, settings.window(), clock.instant(), progress);
    FetchPlan plan = listed.plan();
    ledger.record(plan.listed().stream().map(Update::of).toList(), Optional.of(listed.days()));
    log(listed);
    Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
    List<String> notes = new ArrayList<>(notes(plan, listed.listing()));
    Tally tally = Tally.NOTHING;
    for (FetchPlan next = plan; !next.due().isEmpty(); ) {
      Set<String> further = new HashSet<>();
      next.reasons().forEach((reason, items) -> reasons.merge(reason, items, Long::sum));
      tally = tally.plus(fetch(next, further, notes));
      next = source.unreachable().isPresent() ? NOTHING : further(further);
    }
    return new FetchReport(
        reasons,
        tally,
        listed.listing().problems(),
        notes,
        source.unreachable(),
        listed.days(),
        known.days().isEmpty());
  }

  /** What is due by now of what looks have named, or of what there is more. */
  private FetchPlan further(Set<String> keys) {
    Map<String, LedgerEntry> entries =
        keys.stream()
            .flatMap(key -> ledger.entry(key).stream())
            .collect(Collectors.toMap(entry -> entry.getItem().getKey(), entry -> entry));
    return FetchPlan.further(entries, settings.window(), clock.instant());
  }

  private List<String> notes(FetchPlan plan, Listing listing) {
    return Stream.concat(
            FetchPlan.notes(ledger.known().entries(), listing).stream(), plan.voids().stream())
        .toList();
  }

  /**
   * Fetches what is in progress, and what was until now.
   *
   * @param followed the keys of what was in progress before
   */
  LiveRound round(Set<String> followed) throws InterruptedException {
    Window window = settings.window();
    Listing listing = source.list(window.today().minusDays(1), window.today(), progress);
    FetchPlan plan =
        FetchPlan.whileInProgress(
            ledger.known().entries(), listing, window, followed, clock.instant());
    ledger.record(plan.listed().stream().map(Update::of).toList(), Optional.empty());
    Set<String> inProgress = keys(plan, due -> due.reason() == Reason.IN_PROGRESS);
    Set<String> ended = keys(plan, due -> due.reason() != Reason.IN_PROGRESS);
    fetch(plan, new HashSet<>(), new ArrayList<>());
    LOG.atInfo()
        .addKeyValue("inProgress", inProgress.size())
        .addKeyValue("ended", ended.size())
        .log("Round");
    return new LiveRound(
        inProgress, ended, undone(ended), listing.problems(), source.unreachable());
  }

  /** Those that were not asked for, or failed and may be had at once. */
  private Set<String> undone(Set<String> ended) {
    Map<String, LedgerEntry> now = ledger.known().entries();
    return ended.stream()
        .filter(key -> Optional.ofNullable(now.get(key)).filter(this::isUndone).isPresent())
        .collect(Collectors.toSet());
  }

  private boolean isUndone(LedgerEntry entry) {
    Instant next = entry.getNextAttemptAt();
    return entry.getStatus() == ItemStatus.EXPECTED
        || entry.getStatus() == ItemStatus.FAILED
        || (next != null && !next.isAfter(clock.instant()));
  }

  private static Set<String> keys(FetchPlan plan, Predicate<Due> some) {
    return plan.due().stream()
        .filter(some)
        .map(due -> due.item().getKey())
        .collect(Collectors.toSet());
  }

  /**
   * Fetches what is due.
   *
   * @param further takes the keys of what may be due because of that
   * @param notes takes what somebody should know
   */
  private Tally fetch(FetchPlan plan, Set<String> further, List<String> notes)
      throws InterruptedException {
    Tally tally = Tally.NOTHING;
    Batch batch = new Batch(settings.itemsPerTransaction(), ledger::entry, clock);
    try (Requests requests =
        new Requests(
            source,
            ledger,
            plan.due(),
            settings.maxInFlight(),
            clock,
            progress.of(items, plan.due().size()))) {
      for (Optional<Fetched> next = requests.next(); next.isPresent(); next = requests.next()) {
        batch.add(next.get());
        tally = tally.plus(next.get().tally());
        next.get().further().forEach(further::add);
        notes.addAll(next.get().notes());
        if (batch.isFull()) {
          record(batch.take(), tally, plan);
        }
      }
      record(batch.takeLast(source.unreachable().isEmpty()), tally, plan);
      return tally.plus(Tally.notAsked(requests.left()));
    }
  }

  private void record(List<Update> batch, Tally soFar, FetchPlan plan) {
    if (batch.isEmpty()) {
      return;
    }
    ledger.record(batch, Optional.empty());
    batch.stream()
        // Of what is in progress the next answer comes before anybody could see to this one.
        .filter(one -> one.entry().getItem().getState() != ItemState.IN_PROGRESS)
        .forEach(FetchRun::logNotInForce);
    LOG.atInfo()
        .addKeyValue("items", batch.size())
        .addKeyValue("withAnswers", batch.stream().filter(one -> !one.answers().isEmpty()).count())
        .addKeyValue("done", soFar.sum())
        .addKeyValue("due", plan.due().size())
        .log("Committed");
  }

  private static void logNotInForce(Update update) {
    update
        .entry()
        .getNotInForce()
        .forEach(
            (endpoint, refusal) ->
                LOG.atWarn()
                    .addKeyValue("item", update.key())
                    .addKeyValue("endpoint", endpoint)
                    .addKeyValue("since", refusal.getSince())
                    .addKeyValue("reason", refusal.getReason())
                    .log("Not put in force"));
  }

  private static void log(Listed listed) {
    LOG.atInfo()
        .addKeyValue("first", listed.first())
        .addKeyValue("last", listed.window().last())
        .addKeyValue("listed", listed.listing().items().size())
        .addKeyValue("listedThrough", listed.days().getThrough())
        .addKeyValue("due", listed.plan().due().size())
        .log("Listed");
  }
}
