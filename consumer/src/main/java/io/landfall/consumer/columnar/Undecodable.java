package io.landfall.consumer.columnar;

import io.landfall.consumer.bronze.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Why a record's bytes are no row. Checked, because a record that nobody asks about is a lost row.
 * Without a stack trace: there may be a million of them.
 */
public final class Undecodable extends Exception {

  private final Fault.Kind kind;
  private final @Nullable String fingerprint;

  Undecodable(String message) {
    this(Fault.Kind.UNDECODABLE, message, null);
  }

  Undecodable(Fault fault) {
    this(fault.kind(), fault.detail(), fault.fingerprint());
  }

  Undecodable(Fault.Kind kind, String message, @Nullable String fingerprint) {
    super(message, null, false, false);
    this.kind = kind;
    this.fingerprint = fingerprint;
  }

  /** The same of a record whose writer's schema is known. */
  Undecodable writtenWith(String fingerprintOfSchema) {
    return new Undecodable(kind, String.valueOf(getMessage()), fingerprintOfSchema);
  }

  public Fault fault() {
    return new Fault(kind, String.valueOf(getMessage()), fingerprint);
  }
}
