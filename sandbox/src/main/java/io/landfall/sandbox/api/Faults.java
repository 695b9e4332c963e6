package io.landfall.sandbox.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The faults that were asked for. Of several that fit a request, the one asked for first acts. */
final class Faults {

  /**
   * A fault and where it acts.
   *
   * @param gameId empty for every game
   * @param resource empty for everything but the control endpoints
   * @param left how many more times it acts
   */
  private record Order(
      Fault fault, OptionalInt gameId, Optional<Resource> resource, AtomicInteger left) {

    boolean fits(Route route) {
      return route.resource() != Resource.CONTROL
          && (gameId.isEmpty() || gameId.getAsInt() == route.gameId())
          && (resource.isEmpty() || resource.get() == route.resource());
    }

    boolean take() {
      return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }

  private final List<Order> orders = new CopyOnWriteArrayList<>();

  void add(Fault fault, OptionalInt gameId, Optional<Resource> resource, int times) {
    orders.add(new Order(fault, gameId, resource, new AtomicInteger(times)));
  }

  void clear() {
    orders.clear();
  }

  /** The fault that acts on a request that has just come in. */
  Optional<Fault> take(Route route) {
    return orders.stream()
        .filter(order -> order.fits(route) && order.take())
        .map(Order::fault)
        .findFirst();
  }
}
