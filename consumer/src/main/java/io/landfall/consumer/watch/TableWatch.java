package io.landfall.consumer.watch;

import io.landfall.cli.RefusalReason;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.CommitInfo;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.watch.Alarm.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at a table again and again, and tells each alarm once. For one thread. */
public final class TableWatch {

  private final BronzeTable table;
  private final Set<Alarm> told = new HashSet<>();
  private @Nullable String id;
  private long version = -1;
  private boolean gone;
  private Optional<RefusalReason> refusal = Optional.empty();

  public TableWatch(BronzeTable table) {
    this.table = table;
  }

  /** The table's newest version when it was looked at last; -1 where there was none. */
  public long version() {
    return version;
  }

  /** Why a run would be refused now, as far as the table's log tells. */
  public Optional<RefusalReason> refusal() {
    return refusal;
  }

  /**
   * What was found.
   *
   * @param alarms that were not told before
   * @param ways on, in commands
   */
  public record Look(List<Alarm> alarms, List<String> ways) {}

  /** Looks at the table as it is now. */
  public Look look() {
    if (!table.exists()) {
      return gone();
    }
    TableDescription described = table.describe();
    if (described.id().equals(id) && table.version() == version && !gone) {
      // Nobody has committed anything: what is in the log has been told.
      return new Look(List.of(), List.of());
    }
    BronzeTable.Unseen unseen = table.unseen(described);
    List<Alarm> found = new ArrayList<>(moved(described.id(), unseen.version()));
    id = described.id();
    version = unseen.version();
    gone = false;
    Alarms alarms = Alarms.in(table.location(), described, version, unseen.commits());
    refusal = reason(alarms);
    alarms.list().stream().filter(told::add).forEach(found::add);
    return new Look(found, alarms.isEmpty() ? List.of() : alarms.ways());
  }

  private static Optional<RefusalReason> reason(Alarms alarms) {
    if (alarms.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        alarms.list().stream().anyMatch(alarm -> alarm.kind() == Kind.RESTORED)
            ? RefusalReason.TAKEN_BACK
            : RefusalReason.CHANGED_BY_OTHERS);
  }

  /** What no commit tells. */
  private List<Alarm> moved(String newId, long newVersion) {
    if (id != null && !id.equals(newId)) {
      told.clear();
      return List.of(
          alarm(
              newVersion,
              Kind.REPLACED,
              "another table (id %s) in the place of the one that was here (id %s)"
                  .formatted(newId, id)));
    }
    if (newVersion < version) {
      told.removeIf(alarm -> alarm.version() > newVersion);
      return List.of(
          alarm(
              newVersion,
              Kind.ROLLED_BACK,
              "the table was at version %d: its folder was put back from a copy, or its log has lost its end; the next run lands what is missing"
                  .formatted(version)));
    }
    return List.of();
  }

  private Look gone() {
    boolean known = gone;
    gone = true;
    refusal = Optional.of(RefusalReason.TABLE_GONE);
    return new Look(
        known
            ? List.of()
            : List.of(
                alarm(
                    Math.max(version, 0),
                    Kind.GONE,
                    "there is no table any more: it was dropped, or its folder was removed; the next run makes it anew and lands all that the topic holds")),
        List.of());
  }

  private static Alarm alarm(long at, Kind kind, String what) {
    return new Alarm(at, kind, what, CommitInfo.NONE);
  }
}
