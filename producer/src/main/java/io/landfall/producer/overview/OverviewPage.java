package io.landfall.producer.overview;

import io.landfall.cli.Count;
import io.landfall.cli.Version;
import io.landfall.producer.deadletter.Letter;
import io.landfall.producer.deadletter.Standing.State;
import io.landfall.schemas.PastRun;
import io.landfall.schemas.Run;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An overview as one page that needs nothing else and keeps itself up to date. */
final class OverviewPage {

  static final Asset STYLE = Asset.named("page.css");
  static final Asset SCRIPT = Asset.named("page.js");

  /** Nothing but what stands in the page, and the page itself again. */
  static final String POLICY =
      "default-src 'none'; script-src %s; style-src %s; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
          .formatted(SCRIPT.hash(), STYLE.hash());

  /** More of a list is told by its number, and whole as JSON. */
  private static final int MOST = 100;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  private final Overview overview;
  private final Html html = new Html();

  private OverviewPage(Overview overview) {
    this.overview = overview;
  }

  /**
   * The page.
   *
   * @param trouble why this is not as it is now, if it is not
   */
  static String of(Overview overview, Optional<String> trouble) {
    return new OverviewPage(overview).page(trouble);
  }

  /** The page of which nothing is known yet. */
  static String of(Names names, String trouble) {
    Html html = new Html();
    begin(html, names, "Nothing is known yet", false);
    html.open("section", "id", "verdict", "class", "verdict needs");
    html.element("h2", "Nothing is known yet");
    html.open("p").lines(trouble).close("p").close("section");
    return end(html);
  }

  private static void begin(Html html, Names names, String headline, boolean isWell) {
    html.open("html", "lang", "en").open("head").open("meta", "charset", "utf-8");
    html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.open("meta", "name", "color-scheme", "content", "light dark");
    html.open("meta", "name", "referrer", "content", "no-referrer");
    html.element("title", headline + " · " + names.source() + " · Landfall");
    String colour = isWell ? "%231f7a4d" : "%23b3261e";
    html.open(
        "link",
        "id",
        "icon",
        "rel",
        "icon",
        "href",
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><circle cx='4' cy='4' r='4' fill='"
            + colour
            + "'/></svg>");
    html.open("noscript").open("meta", "http-equiv", "refresh", "content", "30").close("noscript");
    html.asset("style", STYLE).close("head").open("body");
    html.open("header").open("h1").text("Landfall ").open("span").data(names.source());
    html.text(" · ").data(names.resource()).close("span").close("h1");
    html.element("p", "", "id", "live", "class", "live").close("header");
    html.element("div", "", "id", "say", "class", "hidden", "role", "status");
    html.open("main", "id", "overview");
  }

  private static String end(Html html) {
    html.close("main").open("footer").open("p");
    html.text("Landfall %s · the same for programs: ".formatted(Version.current()));
    html.element("a", "status.json", "href", "status.json").close("p").close("footer");
    return html.asset("script", SCRIPT).close("body").close("html").document();
  }

  private String page(Optional<String> trouble) {
    boolean isWell = overview.isWell() && trouble.isEmpty();
    begin(
        html,
        overview.names(),
        trouble.isPresent() ? "Nothing is known now" : overview.verdict(),
        isWell);
    trouble.ifPresent(this::trouble);
    verdict(trouble.isPresent());
    figures();
    coverage();
    notes("waiting", "Waiting", overview.waiting(), true);
    notes("not-in-force", "Not in force", overview.notInForce(), true);
    letters();
    runs();
    notes("settled", "Settled", overview.settled(), false);
    return end(html);
  }

  private void trouble(String trouble) {
    html.open("section", "id", "trouble", "class", "verdict needs");
    html.open("h2").text("What follows is as of ");
    moment(overview.facts().at());
    html.close("h2").open("p").lines(trouble).close("p").close("section");
  }

  private void verdict(boolean isPast) {
    String kind = overview.isWell() ? "verdict well" : "verdict needs";
    html.open("section", "id", "verdict", "class", isPast ? "verdict" : kind);
    html.element("h2", (isPast ? "Then: " : "") + overview.verdict(), "id", "headline");
    if (overview.isWell()) {
      html.element("p", overview.wellness());
    } else {
      html.open("ul");
      for (Need need : overview.needs()) {
        html.open("li").open("p").lines(need.what()).close("p");
        html.open("p").element("code", need.how()).close("p").close("li");
      }
      html.close("ul");
    }
    html.close("section");
  }

  private void figures() {
    Overview.Day all = overview.total();
    html.open("section", "id", "figures", "aria-label", "Figures").open("dl", "class", "figures");
    figure("Complete", "%,d".formatted(all.complete()), "k-complete");
    figure("Settled", "%,d".formatted(all.settled()), "k-settled");
    figure("Waiting", "%,d".formatted(all.waiting() + all.failed()), "k-waiting");
    figure("Expected", "%,d".formatted(all.pending()), "k-pending");
    figure("Revised", "%,d".formatted(all.revised()), "");
    figure("Not in force", "%,d".formatted(overview.notInForce().size()), "");
    figure("Dead letters", "%,d".formatted(overview.letters().size()), "");
    figure("Quarantine", quarantine(), "");
    html.close("dl").open("dl", "class", "ways");
    way("Archive to rows", overview.way("shape", overview.facts().shape()));
    way("Rows to table", overview.way("the table", overview.facts().table()));
    html.open("div").element("dt", "Table").open("dd");
    boolean unused =
        overview
            .facts()
            .bronze()
            .match(
                notAsked -> says(notAsked.why()),
                unanswered -> says("It was asked and did not answer"),
                told ->
                    says(
                        "version %,d, %s, as of %s ago, at %s"
                            .formatted(
                                told.version(),
                                Count.of(told.rows(), "row"),
                                overview.ago(told.at()),
                                told.location())));
    html.close("dd").close("div").open("div").element("dt", "Days listed").open("dd");
    html.text(
        overview
            .facts()
            .ledger()
            .days()
            .map(days -> "%s to %s".formatted(days.getFrom(), days.getThrough()))
            .orElse("none yet"));
    html.close("dd").close("div").open("div").element("dt", "As of").open("dd");
    moment(overview.facts().at());
    html.close("dd").close("div").close("dl").close("section");
  }

  private boolean says(String text) {
    html.data(text);
    return true;
  }

  private void figure(String what, String number, String kind) {
    html.open("div", "class", kind).element("dt", what).element("dd", number).close("div");
  }

  private void way(String what, String text) {
    html.open("div").element("dt", what).element("dd", text).close("div");
  }

  private String quarantine() {
    return overview
        .facts()
        .bronze()
        .told()
        .map(told -> "%,d".formatted(Needs.sum(told.openInQuarantine().values())))
        .orElse("not asked");
  }

  private void coverage() {
    html.open("section", "id", "coverage").element("h2", "Coverage");
    if (overview.days().isEmpty()) {
      html.element("p", "Nothing was listed yet").close("section");
      return;
    }
    legend();
    Map<Year, List<Overview.Day>> years =
        overview.days().stream()
            .collect(
                Collectors.groupingBy(
                    day -> Year.from(day.day()), LinkedHashMap::new, Collectors.toList()));
    List<Year> newestFirst = new ArrayList<>(years.keySet());
    Collections.reverse(newestFirst);
    for (Year year : newestFirst) {
      year(year, years.getOrDefault(year, List.of()), year.equals(newestFirst.get(0)));
    }
    html.close("section");
  }

  private void legend() {
    html.open("ul", "class", "legend", "aria-label", "Legend");
    for (Mark mark : Mark.values()) {
      html.open("li").element("b", glyph(mark), "class", kind(mark), "aria-hidden", "true");
      html.text(" " + mark.meaning()).close("li");
    }
    html.open("li").element("b", "", "class", "k-complete revised", "aria-hidden", "true");
    html.text(" revised").close("li").close("ul");
  }

  private void year(Year year, List<Overview.Day> days, boolean isNewest) {
    boolean isOpen =
        isNewest
            || days.stream()
                .anyMatch(day -> day.mark() == Mark.WAITING || day.mark() == Mark.FAILED);
    Overview.Day all = days.stream().reduce(Overview.Day::plus).orElseThrow();
    String id = "year-" + year;
    if (isOpen) {
      html.open("details", "id", id, "open", "");
    } else {
      html.open("details", "id", id);
    }
    html.open("summary").element("b", year.toString()).text(" " + counts(all)).close("summary");
    html.open("div", "class", "months");
    Map<YearMonth, List<Overview.Day>> months =
        days.stream()
            .collect(
                Collectors.groupingBy(
                    day -> YearMonth.from(day.day()), LinkedHashMap::new, Collectors.toList()));
    months.forEach(this::month);
    html.close("div").close("details");
  }

  private static String counts(Overview.Day all) {
    int items =
        all.complete()
            + all.settled()
            + all.waiting()
            + all.failed()
            + all.pending()
            + all.canceled();
    return items == 0 ? "nothing" : all.words();
  }

  private void month(YearMonth month, List<Overview.Day> days) {
    String name = month.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    html.open("table", "class", "month");
    html.open("caption").text(name).element("span", " " + month.getYear(), "class", "hidden");
    html.close("caption").open("thead").open("tr");
    for (DayOfWeek day : DayOfWeek.values()) {
      String full = day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      html.open("th", "scope", "col");
      html.element("span", full.substring(0, 1), "aria-hidden", "true");
      html.element("span", full, "class", "hidden").close("th");
    }
    html.close("tr").close("thead").open("tbody").open("tr");
    Map<Integer, Overview.Day> byNumber =
        days.stream().collect(Collectors.toMap(day -> day.day().getDayOfMonth(), day -> day));
    for (int blank = 1; blank < month.atDay(1).getDayOfWeek().getValue(); blank++) {
      html.element("td", "");
    }
    for (int number = 1; number <= month.lengthOfMonth(); number++) {
      if (number > 1 && month.atDay(number).getDayOfWeek() == DayOfWeek.MONDAY) {
        html.close("tr").open("tr");
      }
      day(number, Optional.ofNullable(byNumber.get(number)), month);
    }
    html.close("tr").close("tbody").close("table");
  }

  private void day(int number, Optional<Overview.Day> day, YearMonth month) {
    Mark mark = day.map(Overview.Day::mark).orElse(Mark.NOT_LISTED);
    String words =
        DAY.format(month.atDay(number))
            + ": "
            + day.map(Overview.Day::words).orElse(Mark.NOT_LISTED.meaning());
    boolean isRevised = day.filter(one -> one.revised() > 0).isPresent();
    html.open("td", "class", kind(mark) + (isRevised ? " revised" : ""), "title", words);
    html.open("span", "aria-hidden", "true").text(Integer.toString(number));
    if (mark.compareTo(Mark.COMPLETE) < 0) {
      html.element("i", glyph(mark));
    }
    html.close("span").text(" ").element("span", words, "class", "hidden").close("td");
  }

  private static String glyph(Mark mark) {
    return switch (mark) {
      case COMPLETE, NOTHING, NOT_LISTED -> "";
      default -> Character.toString(mark.sign());
    };
  }

  private static String kind(Mark mark) {
    return "k-" + mark.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void notes(String id, String what, List<Overview.Note> notes, boolean isOpen) {
    if (notes.isEmpty()) {
      return;
    }
    html.open("section", "id", id);
    if (isOpen) {
      html.open("h2").text(what).element("span", " %,d".formatted(notes.size())).close("h2");
    } else {
      html.open("details", "id", id + "-list").open("summary");
      html.element("b", what).text(" %,d".formatted(notes.size())).close("summary");
    }
    html.open("ul", "class", "list");
    notes.stream().limit(MOST).forEach(this::note);
    html.close("ul");
    more(notes.size());
    if (!isOpen) {
      html.close("details");
    }
    html.close("section");
  }

  private void note(Overview.Note note) {
    html.open("li").open("p").open("b").data(note.key()).close("b").text(" ");
    html.data(note.label()).text(" " + note.firstDay());
    if (!note.lastDay().equals(note.firstDay())) {
      html.text(" to " + note.lastDay());
    }
    html.close("p").open("p").open("em").data(note.kind()).close("em").text(": ");
    html.data(note.reason()).close("p").open("p", "class", "when");
    note.since()
        .ifPresent(
            since -> {
              html.text("since ");
              time(since);
            });
    note.next()
        .ifPresent(
            next -> {
              html.text(note.since().isPresent() ? " · next look " : "next look ");
              moment(next);
            });
    html.close("p").close("li");
  }

  private void more(int all) {
    if (all > MOST) {
      html.open("p").text("and %,d more: ".formatted(all - MOST));
      html.element("a", "status.json", "href", "status.json").close("p");
    }
  }

  private void letters() {
    html.open("section", "id", "letters").open("h2").text("Dead letters");
    html.element("span", " %,d open".formatted(overview.letters().size())).close("h2");
    html.element(
        "p",
        "%,d dismissed, %,d resolved"
            .formatted(overview.letters(State.DISMISSED), overview.letters(State.RESOLVED)));
    html.open("ul", "class", "list");
    for (Letter letter : overview.letters().stream().limit(MOST).toList()) {
      html.open("li").open("p").open("b").data(letter.item().orElse("no item")).close("b");
      html.text(" ").data(letter.origin().toString()).close("p");
      html.open("p").open("em").data(letter.reason()).close("em").text(": ");
      html.data(letter.detail()).close("p").open("p", "class", "when");
      time(letter.failedAt());
      html.close("p").close("li");
    }
    html.close("ul");
    more(overview.letters().size());
    html.close("section");
  }

  private void runs() {
    html.open("section", "id", "runs").element("h2", "Last runs");
    overview.facts().schedule().ifPresent(this::schedule);
    if (overview.runs().isEmpty()) {
      html.element("p", "No run was noted yet");
    }
    html.open("ul", "class", "list");
    for (PastRun run : overview.runs()) {
      html.open("li", "class", ending(run)).open("p").open("b").data(run.getCommand()).close("b");
      html.text(" ");
      time(run.getStartedAt());
      html.close("p").open("p").data(OverviewText.ending(run, overview)).close("p");
      if (!run.getNotes().isEmpty()) {
        html.open("details", "id", "run-" + run.getId()).open("summary");
        html.text(Count.of(run.getNotes().size(), "note")).close("summary").open("ul");
        run.getNotes().forEach(note -> html.open("li").data(note).close("li"));
        html.close("ul").close("details");
      }
      html.close("li");
    }
    html.close("ul").close("section");
  }

  private static String ending(PastRun run) {
    if (run.getEndedAt() == null || run.getExitCode() == null) {
      return "open";
    }
    return run.getExitCode() == 0 ? "well" : "failed";
  }

  private void schedule(Run run) {
    html.open("p").text("Schedule ").element("code", run.getCron()).text(" in ");
    html.data(run.getZone()).text(": next ");
    moment(run.getNextAt());
    html.close("p");
  }

  /** With how long ago it was. */
  private void time(Instant time) {
    moment(time);
    html.text(" (%s ago)".formatted(overview.ago(time)));
  }

  private void moment(Instant time) {
    html.element(
        "time",
        TIME.format(time) + " UTC",
        "datetime",
        time.truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
