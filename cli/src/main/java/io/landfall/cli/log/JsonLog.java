package io.landfall.cli.log;

import java.util.List;
import java.util.Locale;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;

/**
 * The log as JSON: Log4j's own layout for the Elastic Common Schema, with texts made printable and
 * masked as they are in lines for people.
 */
public final class JsonLog {

  private static final String NAME = "landfall-json";

  /** {@code EcsLayout.json} of Log4j, but for who writes the texts. */
  private static final String TEMPLATE =
      """
      {
        "@timestamp": {
          "$resolver": "timestamp",
          "pattern": { "format": "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", "timeZone": "UTC" }
        },
        "log.level": { "$resolver": "level", "field": "name" },
        "message": { "$resolver": "printable", "field": "message" },
        "ecs.version": "1.2.0",
        "service.name": "%s",
        "process.thread.name": { "$resolver": "printable", "field": "thread" },
        "log.logger": { "$resolver": "logger", "field": "name" },
        "labels": { "$resolver": "printable", "field": "labels" },
        "error.type": { "$resolver": "exception", "field": "className" },
        "error.message": { "$resolver": "printable", "field": "error_message" },
        "error.stack_trace": { "$resolver": "printable", "field": "error_stack_trace" }
      }
      """;

  private JsonLog() {}

  /**
   * Has what our own configuration writes as lines for people written as JSON from now on. A
   * configuration of somebody else, on a cluster or given to the JVM, stays as it is.
   *
   * @param program as a user types it
   * @return whether there was anything of ours
   */
  public static boolean use(String program) {
    if (!(LogManager.getContext(false) instanceof LoggerContext context)) {
      return false;
    }
    Configuration configuration = context.getConfiguration();
    List<ConsoleAppender> ours =
        configuration.getAppenders().values().stream()
            .filter(JsonLog::isOurs)
            .map(ConsoleAppender.class::cast)
            .toList();
    for (ConsoleAppender text : ours) {
      replace(configuration, text, json(configuration, text, program));
    }
    context.updateLoggers();
    return !ours.isEmpty() || configuration.getAppenders().containsKey(NAME);
  }

  private static boolean isOurs(Appender appender) {
    return appender instanceof ConsoleAppender
        && appender.getLayout() instanceof PatternLayout layout
        && layout.getConversionPattern().contains("%printable{");
  }

  private static ConsoleAppender json(
      Configuration configuration, ConsoleAppender text, String program) {
    ConsoleAppender json =
        ConsoleAppender.newBuilder()
            .setName(NAME)
            .setTarget(text.getTarget())
            .setLayout(layout(configuration, program))
            .setConfiguration(configuration)
            .build();
    json.start();
    return json;
  }

  static JsonTemplateLayout layout(Configuration configuration, String program) {
    String service = program.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return JsonTemplateLayout.newBuilder()
        .setConfiguration(configuration)
        .setEventTemplate(TEMPLATE.formatted(service))
        .build();
  }

  /** The new one first, so that no line is lost between the two. */
  private static void replace(Configuration configuration, Appender text, Appender json) {
    configuration.addAppender(json);
    for (LoggerConfig logger : configuration.getLoggers().values()) {
      if (logger.getAppenders().containsKey(text.getName())) {
        logger.addAppender(json, null, null);
        logger.removeAppender(text.getName());
      }
    }
  }
}
