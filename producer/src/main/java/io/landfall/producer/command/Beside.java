package io.landfall.producer.command;

import io.landfall.cli.StopBudget;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Work in a thread of its own; closing it ends what is not done, and waits for the end. */
final class Beside<T> implements AutoCloseable {

  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final Thread thread;

  private Beside(String name, Callable<T> work) {
    thread = new Thread(() -> complete(work), name);
    thread.setDaemon(true);
  }

  static <T> Beside<T> start(String name, Callable<T> work) {
    Beside<T> beside = new Beside<>(name, work);
    beside.thread.start();
    return beside;
  }

  private void complete(Callable<T> work) {
    try {
      result.complete(work.call());
    } catch (Throwable e) {
      // Nothing is swallowed: whoever waits for the result gets it.
      result.completeExceptionally(e);
    }
  }

  /** Waits for the result, or throws what the work has thrown. */
  T get() throws InterruptedException {
    return resultOf(result);
  }

  /** Waits for whichever ends first, and has its result or throws what it has thrown. */
  @SuppressWarnings("unchecked") // each gives one of these
  static <T> T first(List<Beside<T>> some) throws InterruptedException {
    return (T)
        resultOf(
            CompletableFuture.anyOf(
                some.stream().map(one -> one.result).toArray(CompletableFuture[]::new)));
  }

  private static <T> T resultOf(CompletableFuture<T> result) throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(StopBudget.WORK.toMillis());
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
