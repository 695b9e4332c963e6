package io.landfall.producer.definition;

import io.landfall.cli.Closest;
import io.landfall.producer.definition.FieldDefinition.Kind;
import io.landfall.producer.definition.FieldDefinition.Origin;
import io.landfall.producer.definition.Reading.Ask;
import io.landfall.producer.definition.Reading.Listed;
import io.landfall.producer.definition.Reading.Listing;
import io.landfall.producer.definition.Reading.Order;
import io.landfall.schemas.ContentHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is wrong with keys that are right one by one. */
final class Checks {

  private static final Duration DAY = Duration.ofDays(1);

  /** Names that topics of another source, or topics of every source, have. */
  private static final Set<String> SOURCES = Set.of("landfall", "nhl");

  private static final Set<String> RESOURCES =
      Set.of(
          "answers", "answers_rows", "ledger", "manifests", "dead_letters", "runs", "definitions");

  private static final Set<String> OF_WINDOWS = Set.of("from", "to");
  private static final Set<String> OF_CHANGES = Set.of("since");

  private final SourceKeys.Draft draft;
  private final Problems problems;

  private Checks(SourceKeys.Draft draft, Problems problems) {
    this.draft = draft;
    this.problems = problems;
  }

  static void check(SourceKeys.Draft draft, Problems problems) {
    new Checks(draft, problems).check();
  }

  private void check() {
    if (SOURCES.contains(draft.source())) {
      problems.add(
          KeyPath.of("source"),
          "%s is a source that Landfall has itself; choose another name".formatted(draft.source()));
    }
    if (draft.about().filter(about -> about.strip().equals("?")).isPresent()) {
      problems.add(
          KeyPath.of("about"),
          "? was left there by the draft: say what it is, for those who meet it in a year");
    }
    KeyPath forEach = KeyPath.of("for-each");
    draft
        .forEach()
        .forEach(
            (name, values) -> {
              reserved(name, forEach.to(name));
              twice(values, forEach.to(name));
            });
    Map<String, String> topics = new HashMap<>();
    for (ResourceDefinition resource : draft.resources()) {
      String topic = RowSchema.topicName(resource);
      String other = topics.put(topic, resource.name());
      if (other != null) {
        problems.add(
            KeyPath.of("resources", resource.name()),
            "its topic would be %s.%s.v1, as that of %s; rename one"
                .formatted(draft.source(), topic, other));
      }
      new OfResource(resource).check();
    }
    cycles();
  }

  private void reserved(String name, KeyPath path) {
    if (OF_WINDOWS.contains(name) || OF_CHANGES.contains(name)) {
      problems.add(
          path, "{%s} is a time that is put in place; choose another name".formatted(name));
    }
  }

  private void twice(List<?> values, KeyPath path) {
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      if (!seen.add(values.get(i))) {
        problems.add(path.to(i), "\"%s\" is there twice".formatted(values.get(i)));
      }
    }
  }

  /** A resource whose items come from another one, and so on, must come to an end. */
  private void cycles() {
    Map<String, String> parents = new HashMap<>();
    for (ResourceDefinition resource : draft.resources()) {
      parent(resource).ifPresent(parent -> parents.put(resource.name(), parent));
    }
    for (String name : parents.keySet()) {
      List<String> way = new ArrayList<>(List.of(name));
      String next = parents.get(name);
      while (next != null && !way.contains(next)) {
        way.add(next);
        next = parents.get(next);
      }
      if (name.equals(next)) {
        way.add(next);
        problems.add(
            listed(name).to("of"),
            "%s: each waits for the other's records; one of them needs another way to be read"
                .formatted(String.join(" of ", way)));
      }
    }
  }

  private static KeyPath listed(String resource) {
    return KeyPath.of("resources", resource, "reads", "listed");
  }

  private static Optional<String> parent(ResourceDefinition resource) {
    return resource
        .listed()
        .map(Listed::named)
        .filter(Listing.OfResource.class::isInstance)
        .map(named -> ((Listing.OfResource) named).resource());
  }

  /** One resource. */
  private final class OfResource {

    private final ResourceDefinition resource;
    private final KeyPath path;
    private final KeyPath reads;

    OfResource(ResourceDefinition resource) {
      this.resource = resource;
      this.path = KeyPath.of("resources", resource.name());
      this.reads = path.to("reads");
    }

    void check() {
      if (RESOURCES.contains(resource.name())) {
        problems.add(
            path,
            "%s.%s.v1 is a topic that every source has; choose another name"
                .formatted(draft.source(), resource.name().replace('_', '-')));
      }
      resource.windows().ifPresent(this::windows);
      resource.changes().ifPresent(this::changes);
      resource
          .whole()
          .ifPresent(whole -> ofAll(whole.ask(), reads.to("whole").to("ask"), Set.of()));
      resource.listed().ifPresent(this::listed);
      fields();
      key();
      filters();
      if (resource.olderSkipped() && resource.sourceVersion().isEmpty()) {
        problems.add(
            path.to("older"), "nothing says how old a record is; write version: with its place");
      }
      hash();
    }

    private void windows(Reading.Windows windows) {
      KeyPath here = reads.to("windows");
      stretch(windows.every(), here.to("every"));
      growing(windows.lookAgain(), here.to("look-again"));
      ofAll(windows.ask(), here.to("ask"), OF_WINDOWS);
      if (uses(windows.ask()).stream().noneMatch(OF_WINDOWS::contains)) {
        problems.add(
            here.to("ask"),
            "each window is asked the same: neither path nor query has {from} or {to}");
      }
      windows
          .ask()
          .count()
          .ifPresent(
              count -> {
                Set<String> used = new HashSet<>(Scalars.placeholders(count.path()));
                count.query().values().forEach(each -> used.addAll(Scalars.placeholders(each)));
                if (used.stream().noneMatch(OF_WINDOWS::contains)) {
                  problems.add(
                      here.to("ask").to("count"),
                      "each window is counted the same: neither path nor query has {from} or {to}");
                }
              });
    }

    private void stretch(Duration every, KeyPath at) {
      boolean days = every.toMillis() % DAY.toMillis() == 0;
      boolean hours =
          every.toMillis() % Duration.ofHours(1).toMillis() == 0
              && DAY.toMillis() % every.toMillis() == 0;
      if (!days && !hours) {
        problems.add(
            at, "expected whole days, or hours that divide a day: 1h, 2h, 3h, 4h, 6h, 8h, 12h, 1d");
      }
    }

    private void growing(List<Duration> lookAgain, KeyPath at) {
      for (int i = 1; i < lookAgain.size(); i++) {
        if (lookAgain.get(i).compareTo(lookAgain.get(i - 1)) <= 0) {
          problems.add(at.to(i), "not longer than the one before; expected 1h, 6h, 1d and so on");
        }
      }
    }

    private void changes(Reading.Changes changes) {
      KeyPath here = reads.to("changes");
      ofAll(changes.ask(), here.to("ask"), OF_CHANGES);
      if (!uses(changes.ask()).contains("since")) {
        problems.add(
            here.to("ask"),
            "nothing says since when: neither path nor query has {since}; without such a parameter,"
                + " read it by whole");
      }
      boolean byCursor = changes.ask().paging() instanceof Paging.ByCursor;
      if (byCursor && changes.order() == Order.NONE) {
        problems.add(
            here.to("ask").to("paging"),
            "by: cursor needs order: ascending, since the last record of a page tells where the"
                + " next begins");
      }
      if (changes.from().isEmpty()
          && resource.windows().isEmpty()
          && resource.whole().isEmpty()
          && resource.listed().isEmpty()) {
        problems.add(
            here,
            "from is first-run, and nothing else brings what was before; write from: with a time,"
                + " or windows or whole beside it");
      }
    }

    private void listed(Listed listed) {
      KeyPath here = reads.to("listed");
      Set<String> own = listed.values().keySet();
      own.forEach(
          name -> {
            reserved(name, here.to("for").to(name));
            if (draft.forEach().containsKey(name)) {
              problems.add(
                  here.to("for").to(name),
                  "for-each has {%s} too; choose another name".formatted(name));
            }
          });
      growing(listed.lookAgain(), here.to("look-again"));
      if (listed.named() instanceof Listing.OfWindows list) {
        KeyPath at = here.to("list");
        stretch(list.every(), at.to("windows").to("every"));
        ofAll(list.ask(), at.to("ask"), OF_WINDOWS);
        if (uses(list.ask()).stream().noneMatch(OF_WINDOWS::contains)) {
          problems.add(
              at.to("ask"),
              "each stretch is listed the same: neither path nor query has {from} or {to}");
        }
      } else {
        parent(resource).ifPresent(parent -> parentIsThere(parent, here.to("of")));
      }
      Set<String> names = new HashSet<>();
      for (int i = 0; i < listed.asks().size(); i++) {
        Ask ask = listed.asks().get(i);
        KeyPath at = ask.name().isEmpty() ? here.to("ask") : here.to("asks").to(i);
        if (!names.add(ask.name())) {
          problems.add(at.to("name"), "\"%s\" is there twice".formatted(ask.name()));
        }
        ask(ask, at, own);
        if (uses(ask).stream().noneMatch(own::contains)) {
          problems.add(
              at,
              "each item is asked the same: neither path nor query has one of {%s}"
                  .formatted(String.join("}, {", own)));
        }
      }
    }

    private void parentIsThere(String parent, KeyPath at) {
      KeyPath named = KeyPath.of("resources", parent);
      List<String> names = draft.resources().stream().map(ResourceDefinition::name).toList();
      if (!names.contains(parent) && !problems.isPlaced(named)) {
        problems.add(
            at, "there is no resource %s.%s".formatted(parent, Closest.hint(parent, names)));
      }
    }

    /** A request for everything that a for-each value has: it must name that value. */
    private void ofAll(Ask ask, KeyPath at, Set<String> own) {
      ask(ask, at, own);
      if (!draft.isForEachRead()) {
        return;
      }
      Set<String> used = uses(ask);
      draft
          .forEach()
          .keySet()
          .forEach(
              name -> {
                if (!used.contains(name)) {
                  problems.add(
                      at,
                      "each %s is asked the same: neither path nor query has {%s}, a name of for-each"
                          .formatted(name, name));
                }
              });
    }

    private void ask(Ask ask, KeyPath at, Set<String> own) {
      Set<String> known = new LinkedHashSet<>(own);
      known.addAll(draft.forEach().keySet());
      placeholders(ask.path(), at.to("path"), known);
      ask.query().forEach((name, value) -> placeholders(value, at.to("query").to(name), known));
      ask.count()
          .ifPresent(
              count -> {
                placeholders(count.path(), at.to("count").to("path"), known);
                count
                    .query()
                    .forEach(
                        (name, value) ->
                            placeholders(value, at.to("count").to("query").to(name), known));
              });
      ask.host().ifPresent(host -> host(host, at.to("host")));
      if (!own.equals(OF_CHANGES) && ask.paging() instanceof Paging.ByCursor) {
        problems.add(
            at.to("paging"),
            "by: cursor is for changes, which have a cursor; name the API's own paging");
      }
      paged(ask.paging())
          .forEach(
              name -> {
                if (ask.query().containsKey(name)) {
                  problems.add(
                      at.to("query").to(name), "paging sets it on each request; leave it out here");
                }
              });
    }

    private void placeholders(String text, KeyPath at, Set<String> known) {
      for (String name : Scalars.placeholders(text)) {
        if (!known.contains(name) && draft.isForEachRead()) {
          problems.add(
              at,
              known.isEmpty()
                  ? "nothing is put in place of {%s} here; without for-each there are no values"
                      .formatted(name)
                  : "nothing is put in place of {%s} here, but {%s}.%s"
                      .formatted(name, String.join("}, {", known), Closest.hint(name, known)));
        }
      }
    }

    private void host(String host, KeyPath at) {
      draft
          .api()
          .map(ApiDefinition::hosts)
          .filter(hosts -> !hosts.containsKey(host))
          .ifPresent(
              hosts ->
                  problems.add(
                      at,
                      "api.hosts has no %s.%s"
                          .formatted(host, Closest.hint(host, hosts.keySet()))));
    }

    private void fields() {
      Map<String, String> names = new HashMap<>();
      for (FieldDefinition field : resource.fields()) {
        KeyPath at = path.to("fields").to(field.name());
        String other = names.put(field.name().toLowerCase(Locale.ROOT), field.name());
        if (other != null) {
          problems.add(
              at,
              "SQL does not tell it from %s, which differs by capitals alone; rename one"
                  .formatted(other));
        }
        if (field.origin() instanceof Origin.OfForEach each
            && draft.isForEachRead()
            && !draft.forEach().containsKey(each.name())) {
          problems.add(
              at.to("from"),
              "for-each has no %s.%s"
                  .formatted(each.name(), Closest.hint(each.name(), draft.forEach().keySet())));
        }
        if (field.origin() instanceof Origin.OfItem item) {
          ofItem(item.name(), at.to("from"));
        }
      }
    }

    private void ofItem(String name, KeyPath at) {
      if (resource.listed().isEmpty()) {
        problems.add(at, "only items that are listed have values, and this resource is not listed");
        return;
      }
      if (resource.windows().isPresent()
          || resource.changes().isPresent()
          || resource.whole().isPresent()) {
        problems.add(
            at,
            "only listed items have it; a record that windows, changes or whole bring would be"
                + " without");
      }
      Set<String> known = resource.listed().orElseThrow().values().keySet();
      if (!known.contains(name)) {
        problems.add(
            at, "reads.listed.for has no %s.%s".formatted(name, Closest.hint(name, known)));
      }
    }

    private Optional<FieldDefinition> field(String name) {
      return resource.fields().stream().filter(field -> field.name().equals(name)).findFirst();
    }

    private void named(List<String> names, KeyPath at) {
      twice(names, at);
      List<String> fields = resource.fields().stream().map(FieldDefinition::name).toList();
      for (int i = 0; i < names.size(); i++) {
        // A field that is wrong in itself is told of where it stands.
        boolean isThere = problems.isPlaced(path.to("fields").to(names.get(i)));
        if (!fields.contains(names.get(i)) && !isThere) {
          problems.add(
              at.to(i),
              "there is no field %s.%s"
                  .formatted(names.get(i), Closest.hint(names.get(i), fields)));
        }
      }
    }

    private void key() {
      KeyPath at = path.to("key");
      named(resource.key(), at);
      for (int i = 0; i < resource.key().size(); i++) {
        KeyPath here = at.to(i);
        field(resource.key().get(i))
            .ifPresent(
                field -> {
                  if (field.retired()) {
                    problems.add(
                        here, "a field that is retired has no values, and tells no rows apart");
                  }
                  Kind kind = field.type().kind();
                  if (kind == Kind.DOUBLE || kind == Kind.JSON) {
                    problems.add(
                        here,
                        "%s values are not exact, or not written one way alone, and so no key; take text"
                            .formatted(Scalars.word(kind)));
                  }
                });
      }
    }

    private void filters() {
      KeyPath at = path.to("filters");
      named(resource.filters(), at);
      for (int i = 0; i < resource.filters().size(); i++) {
        String name = resource.filters().get(i);
        if (resource.key().contains(name)) {
          problems.add(
              at.to(i), name + " is in the key, whose bounds are kept anyway; leave it out");
        }
        if (field(name).filter(field -> field.type().kind() == Kind.JSON).isPresent()) {
          problems.add(at.to(i), "bounds of json say nothing; leave it out");
        }
      }
    }

    private void hash() {
      Set<String> names = new HashSet<>();
      resource.fields().forEach(field -> names.add(field.name()));
      if (names.size() < resource.fields().size()) {
        return;
      }
      try {
        new ContentHash(RowSchema.of(draft.source(), resource));
      } catch (IllegalArgumentException e) {
        problems.add(path.to("fields"), String.valueOf(e.getMessage()));
      }
    }
  }

  private static Set<String> uses(Ask ask) {
    Set<String> used = new HashSet<>(Scalars.placeholders(ask.path()));
    ask.query().values().forEach(value -> used.addAll(Scalars.placeholders(value)));
    return used;
  }

  /** The parameters that paging sets. */
  private static Set<String> paged(Paging paging) {
    Set<String> names = new LinkedHashSet<>();
    if (paging instanceof Paging.Token token) {
      names.add(token.to());
    } else if (paging instanceof Paging.AfterLast after) {
      names.add(after.to());
    } else if (paging instanceof Paging.Numbered numbered) {
      names.add(numbered.parameter());
      numbered.size().ifPresent(size -> names.add(size.parameter()));
    } else if (paging instanceof Paging.Offset offset) {
      names.add(offset.parameter());
      names.add(offset.size().parameter());
    } else if (paging instanceof Paging.ByCursor by) {
      names.addAll(paged(by.ties()));
    }
    return names;
  }
}
