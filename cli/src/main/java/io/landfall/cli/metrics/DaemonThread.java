package io.landfall.cli.metrics;

/** A thread that no process waits for. */
final class DaemonThread {

  private DaemonThread() {}

  static Thread of(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
