package io.landfall.producer.http;

import java.net.URI;
import java.util.Map;

/**
 * What is added to a request on its way, so that no message, no archive and no other host has it.
 * It is asked for each address that a request goes to, redirects included.
 */
public interface Credentials {

  /** Nobody asks who we are. */
  Credentials NONE =
      new Credentials() {
        @Override
        public URI bare(URI url) {
          return url;
        }

        @Override
        public URI url(URI bare) {
          return bare;
        }

        @Override
        public Map<String, String> headers(URI url) {
          return Map.of();
        }
      };

  /** The URL without what is secret in it, such as an answer may have repeated. */
  URI bare(URI url);

  /** The URL as it is sent; the same where its host gets nothing. */
  URI url(URI bare);

  /** Headers for this URL; none where its host gets nothing. */
  Map<String, String> headers(URI url);
}
