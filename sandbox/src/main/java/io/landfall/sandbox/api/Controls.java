package io.landfall.sandbox.api;

/** The paths under {@code /sandbox/} that steer the simulation. */
final class Controls {

  private final SimulatedApi api;

  Controls(SimulatedApi api) {
    this.api = api;
  }

  Answer answer(Request request) {
    return switch (request.path()) {
      case "/sandbox/requests" -> Answer.json(200, api.requests().toString());
      default -> Answer.notFound();
    };
  }
}
