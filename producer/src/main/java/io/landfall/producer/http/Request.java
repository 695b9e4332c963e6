package io.landfall.producer.http;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked for.
 *
 * @param url without credentials: it stands in messages
 * @param headers that any host may see; they replace ours of the same name
 * @param form fields in {@code application/x-www-form-urlencoded}, which are posted; empty for GET.
 *     What is posted follows no redirect
 * @param credentials for hosts that get them
 * @param passing which answers are worth another try
 */
public record Request(
    URI url,
    Map<String, String> headers,
    Optional<String> form,
    Credentials credentials,
    Passing passing) {

  public Request {
    headers = Map.copyOf(headers);
  }

  /** GET with nothing of one's own. */
  static Request plain(URI url) {
    return new Request(url, Map.of(), Optional.empty(), Credentials.NONE, Passing.USUAL);
  }

  String method() {
    return form.isPresent() ? "POST" : "GET";
  }

  /** For a message. */
  @Override
  public String toString() {
    return method() + " " + url;
  }
}
