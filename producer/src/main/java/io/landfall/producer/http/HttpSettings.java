package io.landfall.producer.http;

import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How an API is asked, as far as the user says.
 *
 * @param requestsPerSecond for each host; empty for what is usual there
 * @param timeout for one answer, from request to last byte
 */
public record HttpSettings(Optional<Double> requestsPerSecond, Duration timeout) {

  public static final List<Setting<?>> ALL =
      List.of(LandfallSettings.REQUESTS_PER_SECOND, LandfallSettings.REQUEST_TIMEOUT);

  public static HttpSettings of(Settings settings) {
    return new HttpSettings(
        settings.find(LandfallSettings.REQUESTS_PER_SECOND),
        settings.get(LandfallSettings.REQUEST_TIMEOUT));
  }

  /** The most requests in a second to a host; empty for no limit. */
  public Optional<Double> requestsPerSecondTo(URI base) {
    return towards(base).requestsPerSecond();
  }

  RequestPolicy towards(URI base) {
    return RequestPolicy.towards(base, requestsPerSecond, timeout);
  }
}
