package io.landfall.producer.overview;

import static io.landfall.producer.overview.Found.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.producer.deadletter.Standing.State;
import io.landfall.schemas.ItemState;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page: what is on it, that nothing in it is obeyed, and that it can be read. */
class OverviewPageTest {

  private static final LocalDate DAY = LocalDate.parse("2024-10-14");

  /** Every field that comes from outside holds the text. */
  private static Overview everywhere(String text) {
    Names names =
        new Names(
            "weather" + text,
            "hours" + text,
            "t" + text,
            "topic" + text,
            text,
            ZoneOffset.UTC,
            Optional.empty());
    return Found.well()
        .named(names)
        .failed("F" + text, DAY, text)
        .incomplete("I" + text, DAY.plusDays(1), text)
        .settled("S" + text, DAY.plusDays(2), text)
        .notInForce("S" + text, "e" + text, "ab", NOW.minus(Duration.ofDays(3)), text)
        .letter(3, "L" + text, text, text, State.OPEN)
        .run(NOW.minusSeconds(60), 3, text, text)
        .table(new Lag(false, 1, 1, 0, Optional.empty()))
        .bronze(
            new Bronze.Told(
                NOW,
                text,
                1,
                2,
                3,
                Map.of(text, 1L),
                Map.of(),
                Optional.of(new Bronze.Refused(Optional.of(text), text))))
        .overview();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</style><script>alert(1)</script>",
        "</title></head><body onload=alert(1)>",
        "<!--",
        "--><svg/onload=alert(1)>",
        "]]>",
        "&lt;script&gt;",
        "&#x3c;script&#x3e;",
        "javascript:alert(1)",
        "a\u0000b\u001b[31m\u0007",
        "\u202egnirts\u202c\u2066\u200f",
        "line\u2028line\r\nline\n\ttab",
        "\ud800",
        "\ufffe\ufeff",
        "http://user:hunter2@host/?api_key=hunter2&x=1"
      })
  void hostileTextIsShownAndNeverObeyed(String text) throws Exception {
    Overview hostile = everywhere(text);
    String page = OverviewPage.of(hostile, Optional.of(text));
    Document document = Jsoup.parse(page);
    Document harmless = Jsoup.parse(OverviewPage.of(everywhere("x"), Optional.of("x")));
    assertThat(shape(document)).isEqualTo(shape(harmless));
    assertThat(page)
        .doesNotContain("hunter2")
        .doesNotContainPattern(
            "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\u2028\\u2029\\ufeff]");
    for (Element element : document.getAllElements()) {
      for (Attribute attribute : element.attributes()) {
        assertThat(attribute.getKey())
            .isIn(
                "lang",
                "charset",
                "name",
                "content",
                "id",
                "rel",
                "href",
                "http-equiv",
                "class",
                "role",
                "aria-label",
                "aria-hidden",
                "scope",
                "title",
                "datetime",
                "open");
      }
    }
    assertThat(document.select("script")).hasSize(1);
    assertThat(document.select("[href]").eachAttr("href"))
        .allMatch(
            href -> href.equals("status.json") || href.startsWith("data:image/svg+xml,<svg "));
    String json = OverviewJson.of(hostile);
    assertThat(new JsonMapper().readTree(json).path("needs")).isNotEmpty();
    assertThat(json).doesNotContain("hunter2").doesNotContainPattern("[\\x00-\\x1f]");
  }

  /** Elements and nothing else: a text that makes one more is obeyed somewhere. */
  private static List<String> shape(Document document) {
    return document.getAllElements().stream()
        .map(Element::tagName)
        // A text of several lines is one of several lines.
        .filter(tag -> !tag.equals("br") && !tag.equals("bdi"))
        .toList();
  }

  @Test
  void theTextIsThere() {
    Document document = Jsoup.parse(OverviewPage.of(everywhere("<b>&\"'"), Optional.empty()));
    assertThat(document.select("#waiting").text()).contains("F<b>&\"'", "failed: <b>&\"'");
    assertThat(document.select("#letters").text()).contains("L<b>&\"'");
    assertThat(document.title()).contains("weather<b>&\"'");
  }

  @Test
  void aDayIsReadAloudAndIsMoreThanAColour() {
    Document document =
        Jsoup.parse(
            OverviewPage.of(
                Found.well().failed("C/1", DAY, "status 404").revised("A/2024-10-18", 2).overview(),
                Optional.empty()));
    Element failed = document.expectFirst("td.k-failed");
    assertThat(failed.text()).isEqualTo("14! 14 October 2024: 2 complete, 1 failed");
    assertThat(document.select("td.k-complete.revised").text())
        .contains("18 October 2024: 2 complete, 1 revised");
    assertThat(document.select("td.k-not-listed")).hasSize(20);
    assertThat(document.select("td.k-nothing")).hasSize(2);
    assertThat(document.select("table.month caption").text()).isEqualTo("October 2024");
    assertThat(document.select("table.month th[scope=col]")).hasSize(7);
    // A month is whole weeks, each day under its weekday: 1 October 2024 was a Tuesday.
    Elements week = document.expectFirst("table.month tbody tr").select("td");
    assertThat(week).hasSize(7);
    assertThat(week.get(0).text()).isEmpty();
    assertThat(week.get(1).text()).isEqualTo("1 1 October 2024: not listed");
    assertThat(document.expectFirst("#year-2024").hasAttr("open")).isTrue();
    assertThat(document.select("h1, h2").eachText()).contains("1 thing needs you", "Coverage");
  }

  @Test
  void aYearIsClosedUnlessItIsTheNewestOrSomethingWaitsInIt() {
    Found found = Found.well();
    found.item("O/1", LocalDate.parse("2022-05-01"), ItemState.AVAILABLE, Found.COMPLETE);
    found.incomplete("O/2", LocalDate.parse("2023-05-01"), "empty");
    Document document = Jsoup.parse(OverviewPage.of(found.overview(), Optional.empty()));
    assertThat(document.select("details[id^=year]").eachAttr("id"))
        .containsExactly("year-2024", "year-2023", "year-2022");
    assertThat(document.select("details[id^=year][open]").eachAttr("id"))
        .containsExactly("year-2024", "year-2023");
  }

  @Test
  void whatIsNotAsItIsNowSaysSo() {
    Document document =
        Jsoup.parse(OverviewPage.of(Found.well().overview(), Optional.of("Kafka is away")));
    assertThat(document.expectFirst("#trouble").text())
        .contains("2024-10-20 15:00 UTC", "Kafka is away");
    assertThat(document.title()).startsWith("Nothing is known now");
    assertThat(document.select(".well")).extracting(Element::tagName).containsOnly("li");
    assertThat(document.expectFirst("#headline").text()).isEqualTo("Then: All is well");
    assertThat(Jsoup.parse(OverviewPage.of(Found.NAMES, "Kafka is away")).text())
        .contains("Nothing is known yet", "Kafka is away");
  }

  @Test
  void thePolicyAllowsWhatIsInThePageAndNothingElse() {
    Document document = Jsoup.parse(OverviewPage.of(Found.well().overview(), Optional.empty()));
    assertThat(new Asset(document.expectFirst("script").data()).hash())
        .isEqualTo(OverviewPage.SCRIPT.hash());
    assertThat(new Asset(document.expectFirst("style").data()).hash())
        .isEqualTo(OverviewPage.STYLE.hash());
    assertThat(OverviewPage.POLICY)
        .startsWith("default-src 'none'; script-src 'sha256-")
        .doesNotContain("unsafe", "*", "http");
    assertThat(OverviewPage.STYLE.text() + OverviewPage.SCRIPT.text())
        .doesNotContain("url(", "@import", "http", "innerHTML", "eval(");
  }

  private static final Pattern COLOUR = Pattern.compile("--([\\w-]+): (#[0-9a-f]{6});");

  @Test
  void everyTextStandsOutFromItsGround() {
    List<String> themes =
        Pattern.compile(":root \\{(.*?)}", Pattern.DOTALL)
            .matcher(OverviewPage.STYLE.text())
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(themes).hasSize(2);
    for (String theme : themes) {
      Map<String, String> colours = new HashMap<>();
      COLOUR.matcher(theme).results().forEach(one -> colours.put(one.group(1), one.group(2)));
      for (String name : List.copyOf(colours.keySet())) {
        if (name.endsWith("-bg") && colours.containsKey(name.replace("-bg", "-fg"))) {
          assertContrast(colours, name.replace("-bg", "-fg"), name);
        }
      }
      for (String ground : List.of("page-bg", "card-bg")) {
        for (String text : List.of("page-fg", "muted-fg", "link-fg")) {
          assertContrast(colours, text, ground);
        }
      }
      assertContrast(colours, "not-listed-fg", "hatch");
    }
  }

  /** WCAG 2.2, level AA, for text of any size. */
  private static void assertContrast(Map<String, String> colours, String text, String ground) {
    double one = luminance(colours.getOrDefault(text, ""));
    double other = luminance(colours.getOrDefault(ground, ""));
    assertThat((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05))
        .as(text + " on " + ground)
        .isGreaterThanOrEqualTo(4.5);
  }

  private static double luminance(String colour) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double luminance = 0;
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      luminance +=
          weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return luminance;
  }
}
