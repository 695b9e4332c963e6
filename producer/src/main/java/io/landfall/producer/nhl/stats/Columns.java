package io.landfall.producer.nhl.stats;

import io.landfall.schemas.nhl.PlayerGameStats;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Where each count stands in a row: for one group of columns (such as {@code OnIce_F_…}), the
 * position of each tally's column, or -1 where the table has none.
 */
final class Columns {

  static final Schema SCHEMA = PlayerGameStats.getClassSchema();

  static final Columns OWN = new Columns("I_F_", "");
  static final Columns TEAM_FOR = new Columns("", "For");
  static final Columns TEAM_AGAINST = new Columns("", "Against");
  static final Columns ON_ICE_FOR = new Columns("OnIce_F_", "");
  static final Columns ON_ICE_AGAINST = new Columns("OnIce_A_", "");
  static final Columns OFF_ICE_FOR = new Columns("OffIce_F_", "");
  static final Columns OFF_ICE_AGAINST = new Columns("OffIce_A_", "");

  private static final int ABSENT = -1;

  private final int[] positions = new int[Tally.EACH.length];
  private final boolean[] fractional = new boolean[Tally.EACH.length];

  private Columns(String before, String after) {
    for (Tally tally : Tally.EACH) {
      Schema.Field field = SCHEMA.getField(before + tally.text + after);
      positions[tally.index] = field == null ? ABSENT : field.pos();
      fractional[tally.index] = field != null && isDouble(field.schema());
    }
  }

  private static boolean isDouble(Schema schema) {
    return schema.getTypes().stream().anyMatch(type -> type.getType() == Schema.Type.DOUBLE);
  }

  /** The position of a column that is no tally's. */
  static int position(String name) {
    Schema.Field field = SCHEMA.getField(name);
    if (field == null) {
      throw new IllegalStateException("PlayerGameStats has no field " + name);
    }
    return field.pos();
  }

  /** Writes a situation's counts into their columns, those that are known. */
  void put(GenericData.Record row, Counts counts, Situation situation, Known known) {
    for (Tally tally : Tally.EACH) {
      if (known.has(counts, situation, tally)) {
        put(row, tally, counts.of(situation, tally));
      }
    }
  }

  /** Writes what is left of a team's counts without those of the time on the ice. */
  void putRest(
      GenericData.Record row,
      Counts all,
      Situation of,
      Counts onIce,
      Situation situation,
      Known known) {
    for (Tally tally : Tally.EACH) {
      // A count of the team's that is whole is whole for those on the ice too.
      if (known.has(all, of, tally)) {
        put(row, tally, all.of(of, tally) - onIce.of(situation, tally));
      }
    }
  }

  private void put(GenericData.Record row, Tally tally, int count) {
    int position = positions[tally.index];
    if (position != ABSENT) {
      if (fractional[tally.index]) {
        row.put(position, (double) count);
      } else {
        row.put(position, count);
      }
    }
  }
}
