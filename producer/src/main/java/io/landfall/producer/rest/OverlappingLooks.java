package io.landfall.producer.rest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks that are made at the same time. Where two of them were answered different things of one
 * record, nobody knows which is the newer: it changed, or moved from the one to the other, between
 * their answers. Whoever takes the older one may lose the newer for good, since what is answered
 * the same again is no news. So the one that ends last is made again: asked when the other has
 * ended, it is the newer. Safe for use by several threads.
 */
final class OverlappingLooks {

  /** What ended while another one went on. */
  private record Ended(long at, String resource, String item, Map<String, String> records) {}

  /** How records are told apart and compared, where somebody wants to know. */
  @FunctionalInterface
  interface Records {

    /** What each says, by its name; empty where the answers have no records to be found. */
    Map<String, String> read();
  }

  private final Set<Begun> open = new HashSet<>();
  private final List<Ended> ended = new ArrayList<>();
  private long time;

  /** A look begins: nothing of it was asked yet. */
  synchronized Begun begin(String resource, String item) {
    Begun begun = new Begun(resource, item, time++);
    open.add(begun);
    return begun;
  }

  private synchronized boolean isAlone(Begun look) {
    return open.stream().noneMatch(look::mayDiffer) && ended.stream().noneMatch(look::overlaps);
  }

  private synchronized Optional<String> end(Begun look, Map<String, String> records) {
    for (Ended other : ended) {
      if (look.overlaps(other)) {
        for (Map.Entry<String, String> record : records.entrySet()) {
          String said = other.records().get(record.getKey());
          if (said != null && !said.equals(record.getValue())) {
            return Optional.of(
                "a record differs from what %s was answered at the same time: %s"
                    .formatted(other.item(), record.getKey().strip().replace('\n', ' ')));
          }
        }
      }
    }
    ended.add(new Ended(time++, look.resource, look.item, records));
    return Optional.empty();
  }

  private synchronized void leave(Begun look) {
    open.remove(look);
    long first = open.stream().mapToLong(one -> one.at).min().orElse(Long.MAX_VALUE);
    ended.removeIf(one -> one.at() < first);
  }

  /** One that goes on until it is closed. */
  final class Begun implements AutoCloseable {
    private final String resource;
    private final String item;
    private final long at;

    private Begun(String resource, String item, long at) {
      this.resource = resource;
      this.item = item;
      this.at = at;
    }

    private boolean mayDiffer(Begun other) {
      return other != this && other.resource.equals(resource);
    }

    private boolean overlaps(Ended other) {
      return other.resource().equals(resource) && other.at() > at;
    }

    /**
     * All of it is answered, and is taken unless it differs.
     *
     * @return what it differs in; empty where it is taken
     */
    Optional<String> differs(Records records) {
      return isAlone(this) ? Optional.empty() : end(this, records.read());
    }

    @Override
    public void close() {
      leave(this);
    }
  }
}
