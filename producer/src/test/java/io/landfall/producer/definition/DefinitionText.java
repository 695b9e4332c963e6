package io.landfall.producer.definition;

import com.fasterxml.jackson.core.JsonPointer;
import io.landfall.producer.definition.FieldDefinition.Kind;
import io.landfall.producer.definition.FieldDefinition.Origin;
import io.landfall.producer.definition.Reading.Absence;
import io.landfall.producer.definition.Reading.Ask;
import io.landfall.producer.definition.Reading.Listing;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A source as a file, in which everything is on one line and in quotation marks. */
final class DefinitionText {

  private DefinitionText() {}

  static String of(SourceDefinition source) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("source", source.name());
    file.put("about", source.about());
    file.put("api", api(source.api()));
    if (source.answersTable()) {
      file.put("answers-table", true);
    }
    if (!source.forEach().isEmpty()) {
      file.put("for-each", source.forEach());
    }
    Map<String, Object> resources = new LinkedHashMap<>();
    source.resources().forEach(resource -> resources.put(resource.name(), resource(resource)));
    file.put("resources", resources);
    return written(file) + "\n";
  }

  private static Map<String, Object> api(ApiDefinition api) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("url", api.url());
    if (!api.hosts().isEmpty()) {
      Map<String, Object> hosts = new TreeMap<>();
      api.hosts()
          .forEach(
              (name, host) ->
                  hosts.put(name, Map.of("url", host.url(), "credentials", host.credentials())));
      keys.put("hosts", hosts);
    }
    keys.put("auth", auth(api.auth()));
    if (!api.headers().isEmpty()) {
      keys.put("headers", new TreeMap<>(api.headers()));
    }
    api.budget().ifPresent(budget -> keys.put("budget", "%.3f/s".formatted(budget)));
    keys.put("in-flight", api.inFlight());
    keys.put("timeout", duration(api.timeout()));
    api.limits()
        .ifPresent(
            limits ->
                keys.put(
                    "limits",
                    Map.of(
                        "remaining",
                        limits.remaining(),
                        "until",
                        limits.until(),
                        "as",
                        Scalars.word(limits.as()))));
    if (!api.answers().isEmpty()) {
      Map<String, Object> answers = new TreeMap<>();
      api.answers().forEach((status, meaning) -> answers.put("" + status, Scalars.word(meaning)));
      keys.put("answers", answers);
    }
    return keys;
  }

  private static Object auth(Auth auth) {
    if (auth instanceof Auth.Bearer bearer) {
      return Map.of("bearer", bearer.token());
    }
    if (auth instanceof Auth.Basic basic) {
      return Map.of("basic", Map.of("user", basic.user(), "password", basic.password()));
    }
    if (auth instanceof Auth.Header header) {
      return Map.of("header", Map.of("name", header.name(), "value", header.value()));
    }
    if (auth instanceof Auth.Query query) {
      return Map.of("query", Map.of("name", query.name(), "value", query.value()));
    }
    if (auth instanceof Auth.ClientCredentials client) {
      Map<String, Object> keys = new LinkedHashMap<>();
      keys.put("token-url", client.tokenUrl());
      keys.put("id", client.id());
      keys.put("secret", client.secret());
      client.scope().ifPresent(scope -> keys.put("scope", scope));
      return Map.of("client-credentials", keys);
    }
    return "none";
  }

  private static Map<String, Object> resource(ResourceDefinition resource) {
    Map<String, Object> reads = new LinkedHashMap<>();
    resource
        .windows()
        .ifPresent(
            windows -> {
              Map<String, Object> keys = new LinkedHashMap<>();
              keys.put("every", duration(windows.every()));
              keys.put("from", windows.from());
              keys.put("zone", windows.zone());
              durations("look-again", windows.lookAgain(), keys);
              absence(windows.absence(), keys);
              keys.put("ask", ask(windows.ask()));
              reads.put("windows", keys);
            });
    resource
        .changes()
        .ifPresent(
            changes -> {
              Map<String, Object> keys = new LinkedHashMap<>();
              keys.put("every", duration(changes.every()));
              keys.put("from", changes.from().<Object>map(from -> from).orElse("first-run"));
              keys.put(
                  "cursor",
                  Map.of(
                      "at",
                      changes.cursor().at(),
                      "as",
                      Scalars.word(changes.cursor().as()),
                      "sent-as",
                      Scalars.word(changes.cursor().sentAs())));
              keys.put("order", Scalars.word(changes.order()));
              keys.put("lag", changes.lag().isZero() ? "0s" : duration(changes.lag()));
              keys.put("ask", ask(changes.ask()));
              reads.put("changes", keys);
            });
    resource.listed().ifPresent(listed -> reads.put("listed", listed(listed)));
    resource
        .whole()
        .ifPresent(
            whole -> {
              Map<String, Object> keys = new LinkedHashMap<>();
              keys.put("every", duration(whole.every()));
              absence(whole.absence(), keys);
              keys.put("ask", ask(whole.ask()));
              reads.put("whole", keys);
            });
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("reads", reads);
    keys.put("records", records(resource.records()));
    resource.each().ifPresent(each -> keys.put("each", each));
    keys.put("key", resource.key());
    some("filters", resource.filters(), keys);
    resource.deleted().ifPresent(deleted -> keys.put("deleted", condition(deleted)));
    resource.sourceVersion().ifPresent(version -> keys.put("version", version));
    keys.put("older", resource.olderSkipped() ? "skip" : "take");
    some("ignore", resource.ignore(), keys);
    keys.put("keep-record", resource.keepRecord() ? "text" : "none");
    resource.forgetsAfter().ifPresent(after -> keys.put("forgets-after", duration(after)));
    keys.put("dataset-version", resource.version());
    Map<String, Object> fields = new LinkedHashMap<>();
    resource.fields().forEach(field -> fields.put(field.name(), field(field)));
    keys.put("fields", fields);
    return keys;
  }

  private static Map<String, Object> listed(Reading.Listed listed) {
    Map<String, Object> keys = new LinkedHashMap<>();
    if (listed.named() instanceof Listing.OfResource of) {
      keys.put("of", of.resource());
    } else if (listed.named() instanceof Listing.OfWindows list) {
      Map<String, Object> own = new LinkedHashMap<>();
      own.put(
          "windows",
          Map.of("every", duration(list.every()), "from", list.from(), "zone", list.zone()));
      own.put("ask", ask(list.ask()));
      own.put("records", records(list.records()));
      keys.put("list", own);
    }
    keys.put("for", listed.values());
    listed.only().ifPresent(only -> keys.put("only", condition(only)));
    listed.ready().ifPresent(ready -> keys.put("ready", condition(ready)));
    listed.gone().ifPresent(gone -> keys.put("void", condition(gone)));
    some("again-when", listed.againWhen(), keys);
    durations("look-again", listed.lookAgain(), keys);
    absence(listed.absence(), keys);
    if (listed.asks().size() == 1 && listed.asks().get(0).name().isEmpty()) {
      keys.put("ask", ask(listed.asks().get(0)));
    } else {
      keys.put("asks", listed.asks().stream().map(DefinitionText::ask).toList());
    }
    return keys;
  }

  private static Map<String, Object> ask(Ask ask) {
    Map<String, Object> keys = new LinkedHashMap<>();
    if (!ask.name().isEmpty()) {
      keys.put("name", ask.name());
    }
    ask.host().ifPresent(host -> keys.put("host", host));
    keys.put("path", ask.path());
    if (!ask.query().isEmpty()) {
      keys.put("query", ask.query());
    }
    keys.put("paging", paging(ask.paging()));
    ask.count()
        .ifPresent(
            count -> {
              Map<String, Object> own = new LinkedHashMap<>();
              own.put("path", count.path());
              if (!count.query().isEmpty()) {
                own.put("query", count.query());
              }
              own.put("at", count.at());
              keys.put("count", own);
            });
    some("same-but-for", ask.sameButFor(), keys);
    keys.put("conditional", ask.conditional());
    ask.emptyWhen().ifPresent(empty -> keys.put("empty-when", empty));
    return keys;
  }

  private static Object paging(Paging paging) {
    if (paging instanceof Paging.None) {
      return "none";
    }
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("at-most", paging.atMost());
    if (paging instanceof Paging.LinkHeader) {
      keys.put("by", "link-header");
    } else if (paging instanceof Paging.Link link) {
      keys.put("link", link.at());
    } else if (paging instanceof Paging.Token token) {
      keys.put("cursor", token.at());
      keys.put("to", "query." + token.to());
      token.more().ifPresent(more -> keys.put("more", more));
    } else if (paging instanceof Paging.AfterLast after) {
      keys.put("last", after.at());
      keys.put("to", "query." + after.to());
      after.more().ifPresent(more -> keys.put("more", more));
    } else if (paging instanceof Paging.Numbered numbered) {
      keys.put("page", numbered.parameter());
      keys.put("first", numbered.first());
      numbered.size().ifPresent(size -> keys.put("size", Map.of(size.parameter(), size.records())));
      numbered.pages().ifPresent(pages -> keys.put("pages", pages));
      numbered.total().ifPresent(total -> keys.put("total", total));
    } else if (paging instanceof Paging.Offset offset) {
      keys.put("offset", offset.parameter());
      keys.put("first", offset.first());
      keys.put("size", Map.of(offset.size().parameter(), offset.size().records()));
      offset.total().ifPresent(total -> keys.put("total", total));
    } else if (paging instanceof Paging.ByCursor by) {
      keys.put("by", "cursor");
      Object ties = paging(by.ties());
      keys.put("ties", by.ties() instanceof Paging.LinkHeader ? "link-header" : ties);
    }
    return keys;
  }

  private static Object records(RecordForm form) {
    if (form instanceof RecordForm.Elements elements) {
      return elements.path().size() == 1 ? elements.path().get(0) : Map.of("path", elements.path());
    }
    if (form instanceof RecordForm.Members members) {
      return Map.of("object", members.at(), "key", members.key());
    }
    return form instanceof RecordForm.Columns columns
        ? Map.of("columns", columns.at())
        : Map.of("one", ((RecordForm.One) form).at());
  }

  private static Map<String, Object> field(FieldDefinition field) {
    Map<String, Object> keys = new LinkedHashMap<>();
    if (field.origin() instanceof Origin.OfRecord record) {
      keys.put("at", record.at());
    } else if (field.origin() instanceof Origin.OfAnswer answer) {
      keys.put("at", "answer:" + answer.at());
    } else if (field.origin() instanceof Origin.OfItem item) {
      keys.put("from", "item." + item.name());
    } else if (field.origin() instanceof Origin.OfForEach each) {
      keys.put("from", "for." + each.name());
    }
    keys.put(
        "type",
        field.type().kind() == Kind.DECIMAL
            ? "decimal(%d,%d)".formatted(field.type().precision(), field.type().scale())
            : Scalars.word(field.type().kind()));
    if (field.as() != FieldDefinition.As.PLAIN) {
      keys.put("as", Scalars.word(field.as()));
    }
    field.doc().ifPresent(doc -> keys.put("doc", doc));
    keys.put("retired", field.retired());
    return keys;
  }

  private static Map<String, Object> condition(Condition condition) {
    return Map.of("at", condition.at(), "in", List.copyOf(condition.in()));
  }

  private static void absence(Absence absence, Map<String, Object> keys) {
    keys.put("absent", absence.retracts() ? "retract" : "keep");
    if (absence.retracts()) {
      keys.put(
          "retract-at-most",
          "%d%% or %d rows".formatted(absence.atMostPercent(), absence.atMostRows()));
    }
  }

  private static void durations(String key, List<Duration> all, Map<String, Object> keys) {
    some(key, all.stream().map(DefinitionText::duration).toList(), keys);
  }

  private static void some(String key, Collection<?> all, Map<String, Object> keys) {
    if (!all.isEmpty()) {
      keys.put(key, all);
    }
  }

  private static String duration(Duration duration) {
    return duration.toMillis() + "ms";
  }

  private static String written(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(each -> written(String.valueOf(each.getKey())) + ": " + written(each.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof Collection<?> all) {
      return all.stream().map(DefinitionText::written).collect(Collectors.joining(", ", "[", "]"));
    }
    String text = value instanceof JsonPointer at ? at.toString() : String.valueOf(value);
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
