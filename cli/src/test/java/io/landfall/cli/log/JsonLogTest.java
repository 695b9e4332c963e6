package io.landfall.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.junit.jupiter.api.Test;

class JsonLogTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOSTILE =
      "NJ\u001b[2J\u009b1m\u202e\u0007\ud800\"}\n{\"message\":\"all is well\"} http://u:hunter2@h/?token=hunter2";

  private static final JsonTemplateLayout LAYOUT =
      JsonLog.layout(new DefaultConfiguration(), "landfall producer");

  private static Log4jLogEvent.Builder event(String message, String key, String value) {
    SortedArrayStringMap context = new SortedArrayStringMap();
    context.putValue(key, value);
    return Log4jLogEvent.newBuilder()
        .setLoggerName("io.landfall.X")
        .setLevel(Level.WARN)
        .setThreadName("thread-1")
        .setContextData(context)
        .setMessage(new SimpleMessage(message));
  }

  private static JsonNode written(LogEvent event) throws IOException {
    String line = LAYOUT.toSerializable(event);
    assertThat(line).endsWith(System.lineSeparator());
    assertThat(line.stripTrailing().lines()).hasSize(1);
    return JSON.readTree(line);
  }

  @Test
  void aLineHasTheFieldsOfTheSchema() throws IOException {
    JsonNode line = written(event("Asking again", "reason", "status 503").build());
    assertThat(Instant.parse(line.path("@timestamp").asText())).isNotNull();
    assertThat(line.path("log.level").asText()).isEqualTo("WARN");
    assertThat(line.path("message").asText()).isEqualTo("Asking again");
    assertThat(line.path("log.logger").asText()).isEqualTo("io.landfall.X");
    assertThat(line.path("process.thread.name").asText()).isEqualTo("thread-1");
    assertThat(line.path("service.name").asText()).isEqualTo("landfall-producer");
    assertThat(line.path("labels").path("reason").asText()).isEqualTo("status 503");
    assertThat(line.has("ecs.version")).isTrue();
    assertThat(line.has("error.stack_trace")).isFalse();
    assertThat(line.has("error.type")).isFalse();
  }

  @Test
  void whatIsTakenOutOfItIsPrintableAndHasNoSecrets() throws IOException {
    JsonNode line =
        written(
            event(HOSTILE, "team", HOSTILE)
                .setThrown(new IllegalStateException(HOSTILE, new IOException(HOSTILE)))
                .build());
    for (String text :
        new String[] {
          line.path("message").asText(),
          line.path("labels").path("team").asText(),
          line.path("error.message").asText(),
          line.path("error.stack_trace").asText()
        }) {
      assertThat(text)
          .contains(
              "\\u001b[2J", "\\u009b", "\\u202e", "\\u0007", "\\ud800", "http://***@h/?token=***")
          .doesNotContain("hunter2", "\u001b", "\u009b", "\u202e", "\u0007");
    }
    assertThat(line.path("message").asText()).doesNotContain("\n");
    assertThat(line.path("error.type").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(line.path("error.stack_trace").asText()).contains("Caused by: ", "    at ");
  }

  @Test
  void anExceptionWithoutAMessageHasATrace() throws IOException {
    JsonNode line = written(event("x", "k", "v").setThrown(new IOException()).build());
    assertThat(line.has("error.message")).isFalse();
    assertThat(line.path("error.stack_trace").asText()).startsWith("java.io.IOException");
  }

  @Property(tries = 500)
  void anyTextIsOneLineOfJson(
      @ForAll String message, @ForAll String key, @ForAll String value, @ForAll boolean thrown)
      throws IOException {
    Log4jLogEvent.Builder event = event(message, key, value);
    if (thrown) {
      event.setThrown(new IllegalStateException(value));
    }
    JsonNode line = written(event.build());
    assertThat(line.path("message").isTextual()).isTrue();
    assertThat(line.has("error.stack_trace")).isEqualTo(thrown);
  }
}
