package io.landfall.producer.rest.ask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

  private static final URI BASE = URI.create("https://api.test/v1");

  private static String url(String path, Map<String, String> query, Map<String, String> values) {
    return Address.of(BASE, path, query, values).url().toString();
  }

  @Test
  void placeholdersAreFilledInPathAndQuery() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("since", "{since}");
    query.put("$limit", "100");
    query.put("q", "a b&c=d+{repo}");
    assertThat(
            url(
                "/repos/{repo}/issues",
                query,
                Map.of("repo", "golang/go", "since", "2026-11-25T06:00:00Z")))
        .isEqualTo(
            "https://api.test/v1/repos/golang/go/issues"
                + "?since=2026-11-25T06:00:00Z&$limit=100&q=a%20b%26c%3Dd%2Bgolang/go");
  }

  @Test
  void whatIsEncodedInAPathStays() {
    assertThat(url("/a%2Fb/é c/100%", Map.of(), Map.of()))
        .isEqualTo("https://api.test/v1/a%2Fb/%C3%A9%20c/100%25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", ".", "../admin", "a/../../b", "a//b", "/a", "a/"})
  void noValueLeadsToAnotherPlace(String value) {
    assertThatThrownBy(() -> url("/things/{id}", Map.of(), Map.of("id", value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another place of the API");
  }

  @Test
  void aValueIsNoPartOfTheSyntax() {
    assertThat(url("/things/{id}", Map.of(), Map.of("id", "1?admin=true#x%2e{id}")))
        .isEqualTo("https://api.test/v1/things/1%3Fadmin=true%23x%252e%7Bid%7D");
  }

  @Property(tries = 200)
  void aServerReadsWhatWasMeant(@ForAll @NotEmpty String name, @ForAll String value) {
    if (!name.equals(new String(name.getBytes(UTF_8), UTF_8))
        || !value.equals(new String(value.getBytes(UTF_8), UTF_8))) {
      // Half a surrogate pair is no text.
      return;
    }
    String[] parameter =
        new Address("https://api.test", Map.of(name, value)).url().getRawQuery().split("=", -1);
    assertThat(parameter).hasSize(2);
    assertThat(URLDecoder.decode(parameter[0], UTF_8)).isEqualTo(name);
    assertThat(URLDecoder.decode(parameter[1], UTF_8)).isEqualTo(value);
  }
}
