package io.landfall.consumer.ingest;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Refusal;
import io.landfall.consumer.bronze.TableState;
import java.util.function.Function;

/** Whether a run may go on, and from where. */
public sealed interface StartAnswer {

  <T> T match(
      Function<? super GoOn, T> goOn,
      Function<? super GoOnAnew, T> goOnAnew,
      Function<? super Refuse, T> refuse);

  /**
   * Where the table stands.
   *
   * @throws LandfallException if it is refused
   */
  default TableState require() {
    return match(
        GoOn::from,
        GoOnAnew::from,
        refused -> {
          throw refused.refusal().exception();
        });
  }

  /** From where the table stands; what the run knows is right. */
  record GoOn(TableState from) implements StartAnswer {

    @Override
    public <T> T match(
        Function<? super GoOn, T> goOn,
        Function<? super GoOnAnew, T> goOnAnew,
        Function<? super Refuse, T> refuse) {
      return goOn.apply(this);
    }
  }

  /**
   * From where the table stands, by a new query with new scratch: the old one's no longer fits the
   * table, or does not know all partitions.
   */
  record GoOnAnew(TableState from) implements StartAnswer {

    @Override
    public <T> T match(
        Function<? super GoOn, T> goOn,
        Function<? super GoOnAnew, T> goOnAnew,
        Function<? super Refuse, T> refuse) {
      return goOnAnew.apply(this);
    }
  }

  /** Not at all, before somebody has decided. */
  record Refuse(Refusal refusal) implements StartAnswer {

    @Override
    public <T> T match(
        Function<? super GoOn, T> goOn,
        Function<? super GoOnAnew, T> goOnAnew,
        Function<? super Refuse, T> refuse) {
      return refuse.apply(this);
    }
  }
}
