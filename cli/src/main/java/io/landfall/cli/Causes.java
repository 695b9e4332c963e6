package io.landfall.cli;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A failure and what it comes from, outermost first. */
final class Causes {

  /** A chain longer than this leads in a circle. */
  private static final int MOST = 50;

  private Causes() {}

  static List<Throwable> of(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable each = failure; each != null && chain.size() < MOST; each = each.getCause()) {
      chain.add(each);
    }
    return chain;
  }

  /** Whether a failure comes from an interrupt: the thread was asked to end. */
  static boolean interrupted(Throwable failure) {
    return of(failure).stream().anyMatch(Causes::isInterrupt);
  }

  /** A socket's timeout calls itself an interrupt, and is none. */
  private static boolean isInterrupt(Throwable cause) {
    return cause instanceof InterruptedException
        || cause instanceof ClosedByInterruptException
        || (cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException));
  }

  /** The outermost failure of a kind. */
  static <T extends Throwable> Optional<T> first(Throwable failure, Class<T> kind) {
    return of(failure).stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
