package io.landfall.producer.http;

import java.net.URI;

/** One address of an API. Safe for use by several threads. */
public final class Host {

  private final URI base;
  private final HttpApi api;

  /**
   * @param base what paths are appended to, without a slash at the end
   */
  Host(URI base, HttpApi api) {
    this.base = base;
    this.api = api;
  }

  /** Asks for what is at a path, with its query. */
  public Answer get(String path) throws InterruptedException {
    return api.get(URI.create(base + path));
  }

  /** Asks for what is here or below, in whatever way. */
  public Reply ask(Request request) throws InterruptedException {
    return api.ask(request);
  }
}
