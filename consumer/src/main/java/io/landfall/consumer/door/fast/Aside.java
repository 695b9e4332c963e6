package io.landfall.consumer.door.fast;

import io.landfall.consumer.bronze.Places;
import io.landfall.consumer.bronze.RowLayout;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Where a task puts records that are no rows.
 *
 * @param table the folder of the quarantine table; null where they are only counted, because they
 *     came from there
 * @param already which of them it has
 */
record Aside(@Nullable String table, RowLayout layout, String codeVersion, Places already)
    implements Serializable {

  /** The same where they are only counted. */
  static Aside nowhere(Aside aside) {
    return new Aside(null, aside.layout, aside.codeVersion, aside.already);
  }

  /** The same where some are there already. */
  Aside without(Places places) {
    return new Aside(table, layout, codeVersion, places);
  }
}
