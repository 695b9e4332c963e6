package io.landfall.producer.overview;

import static io.landfall.producer.overview.Found.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.landfall.producer.deadletter.Standing.State;
import io.landfall.schemas.ItemState;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page in a real browser, where one is installed: {@code mvn -Pbrowser -pl producer -am test
 * -Dtest=PageInBrowserTest}. What it looked like is in {@code target/browser}.
 */
class PageInBrowserTest {

  private static final Path SHOTS = Path.of("target", "browser");

  private volatile Overview shown = season().overview();
  private Latest latest;
  private PageServer page;
  private Chromium browser;

  /** Three years with all that there can be, some of it hostile, some of it long. */
  private static Found season() {
    Found found = Found.well();
    LocalDate.parse("2022-11-01")
        .datesUntil(LocalDate.parse("2024-06-01"))
        .filter(day -> day.getMonthValue() < 7 || day.getMonthValue() > 9)
        .filter(day -> day.getDayOfMonth() % 9 != 0)
        .forEach(day -> found.item("A/" + day, day, ItemState.AVAILABLE, Found.COMPLETE));
    LocalDate.parse("2024-10-21")
        .datesUntil(LocalDate.parse("2024-11-20"))
        .forEach(day -> found.item("B/" + day, day, ItemState.PENDING));
    LocalDate day = LocalDate.parse("2024-10-13");
    return found
        .failed(
            "C/1", day, "GET https://api.example/v1/stations/1/hours?day=2024-10-13: status 503")
        .incomplete("C/2", day.plusDays(1), "air: " + "x".repeat(300))
        .settled("C/3", day.plusDays(2), "air: 23 of 24 hours, the same for days")
        .item("C/4", day.plusDays(3), ItemState.CANCELLED)
        .revised("A/2024-10-17", 3)
        .notInForce(
            "A/2024-10-12", "air", "ab", NOW.minus(Duration.ofDays(3)), "3 hours, and 24 are held")
        .letter(
            3,
            "<script>document.title='hacked'</script>",
            "UNSHAPEABLE",
            "\"><img src=http://evil.example/x onerror=document.title='hacked'>",
            State.OPEN)
        .letter(4, "\u202eA/2", "UNDECODABLE", "no hours", State.DISMISSED)
        .run(NOW.minusSeconds(60), 3, "no connection to api.example", "note: an odd station")
        .schedule(NOW.minusSeconds(60), 3, NOW.plusSeconds(600))
        .table(new Lag(true, 1280, 1283, 0, Optional.of(NOW.minusSeconds(700))))
        .told(Map.of("RULE", 2L), Optional.empty());
  }

  @BeforeEach
  void start() throws Exception {
    Optional<Path> program = Chromium.installed();
    assumeTrue(program.isPresent(), "No Chromium on this machine: apt-get install chromium");
    latest = new Latest(() -> shown, Duration.ZERO, Duration.ofSeconds(20));
    page =
        PageServer.start(InetSocketAddress.createUnresolved("127.0.0.1", 0), latest, Found.NAMES);
    Files.createDirectories(SHOTS);
    browser =
        Chromium.start(program.get(), Files.createTempDirectory(SHOTS, "profile").toAbsolutePath());
  }

  @AfterEach
  void stop() throws Exception {
    if (page != null) {
      browser.end();
      page.close();
      latest.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"360,light", "360,dark", "390,light", "390,dark", "1280,light", "1280,dark"})
  void nothingSticksOutAndTheBrowserHasNothingAgainstIt(int width, String theme) throws Exception {
    browser.show(width, 800, theme);
    browser.open(page.url());
    assertThat(browser.eval("document.documentElement.scrollWidth + ''"))
        .as("the page scrolls sideways")
        .isEqualTo(Integer.toString(width));
    assertThat(
            browser.eval(
                "[...document.querySelectorAll('main *:not(.hidden)')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80)).join()"))
        .isEmpty();
    assertThat(browser.eval("matchMedia('(prefers-color-scheme: dark)').matches + ''"))
        .isEqualTo(Boolean.toString(theme.equals("dark")));
    Files.write(SHOTS.resolve("%d-%s.png".formatted(width, theme)), browser.screenshot());
    assertThat(browser.complaints).isEmpty();
    assertThat(browser.eval("document.title")).isEqualTo("5 things need you · weather · Landfall");
    assertThat(browser.requests)
        .isNotEmpty()
        .allMatch(url -> url.startsWith(page.url()) || url.startsWith("data:"));
  }

  @Test
  void itKeepsItselfUpToDateAndLeavesWhatSomebodyHasOpened() throws Exception {
    browser.show(1280, 800, "light");
    browser.open(page.url());
    assertThat(browser.eval("document.querySelector('#headline').textContent"))
        .isEqualTo("5 things need you");
    browser.eval(
        "document.getElementById('year-2023').open = true; document.querySelector('#year-2023 summary').focus(); ''");
    shown =
        Found.well()
            .item("Z/1", LocalDate.parse("2023-05-01"), ItemState.AVAILABLE, Found.COMPLETE)
            .overview();
    browser.await(
        "the new headline",
        () -> browser.is("document.querySelector('#headline').textContent === 'All is well'"));
    assertThat(browser.eval("document.title")).startsWith("All is well");
    assertThat(browser.eval("document.getElementById('say').textContent")).isEqualTo("All is well");
    assertThat(browser.eval("document.getElementById('year-2023').open + ''")).isEqualTo("true");
    assertThat(browser.eval("document.querySelector('#waiting') + ''")).isEqualTo("null");
    assertThat(browser.eval("document.documentElement.dataset.updates"))
        .satisfies(updates -> assertThat(Integer.parseInt(updates)).isPositive());
    assertThat(
            browser.eval("[...document.querySelectorAll('main > section')].map(s => s.id).join()"))
        .isEqualTo("verdict,figures,coverage,letters,runs");
    shown = season().overview();
    browser.await(
        "the old sections", () -> browser.is("document.querySelector('#waiting') !== null"));
    assertThat(
            browser.eval("[...document.querySelectorAll('main > section')].map(s => s.id).join()"))
        .isEqualTo("verdict,figures,coverage,waiting,not-in-force,letters,runs,settled");
    assertThat(browser.complaints).isEmpty();
  }

  @Test
  void aServerThatIsGoneIsTold() throws Exception {
    browser.show(390, 800, "dark");
    browser.open(page.url());
    page.close();
    browser.await(
        "that it is old",
        () ->
            browser.is(
                "document.getElementById('live').textContent.includes('what you see is old')"));
    assertThat(browser.eval("document.querySelector('#headline').textContent"))
        .isEqualTo("5 things need you");
    Files.write(SHOTS.resolve("gone.png"), browser.screenshot());
  }
}
