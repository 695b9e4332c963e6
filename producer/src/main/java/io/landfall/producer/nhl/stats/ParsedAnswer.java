package io.landfall.producer.nhl.stats;

import io.landfall.producer.source.JsonLimits;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.ItemAnswers;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is read once, when somebody first asks what is in it: whether it is whole, what it
 * lacks and what rows come of it are told from the same reading. For one thread.
 */
public final class ParsedAnswer {

  private final Endpoint endpoint;
  private final ApiAnswer answer;
  private final Oddities odd = new Oddities("fields not as the API has them");
  private @Nullable Object value;
  private @Nullable UnusableAnswer failure;

  public ParsedAnswer(Endpoint endpoint, ApiAnswer answer) {
    this.endpoint = endpoint;
    this.answer = answer;
  }

  /**
   * The answers in force, unread. Of two for one endpoint the first counts; what is not asked for
   * today is left out.
   */
  public static Map<Endpoint, ParsedAnswer> byEndpoint(ItemAnswers answers) {
    Map<Endpoint, ParsedAnswer> parsed = new EnumMap<>(Endpoint.class);
    for (ApiAnswer answer : answers.getAnswers()) {
      Endpoint.of(answer.getEndpoint())
          .ifPresent(endpoint -> parsed.putIfAbsent(endpoint, new ParsedAnswer(endpoint, answer)));
    }
    return parsed;
  }

  /** As it came. */
  public ApiAnswer answer() {
    return answer;
  }

  /**
   * Why a body that comes from outside is more than is read of anybody, or no text at all; empty if
   * it is not.
   */
  public Optional<String> beyondLimit() {
    if (endpoint.format() == Endpoint.Format.HTML) {
      return TimeOnIceReport.beyondLimit(answer.getBody());
    }
    Optional<String> notText = JsonLimits.notUtf8(answer.getBody());
    if (notText.isPresent()) {
      return notText;
    }
    try {
      Object unused = read(true);
      return Optional.empty();
    } catch (UnusableAnswer e) {
      return JsonLimits.beyond(e);
    }
  }

  /** Why the body is not one whole JSON object; empty if it is, and for HTML. */
  public Optional<String> broken() {
    if (endpoint.format() == Endpoint.Format.HTML) {
      return Optional.empty();
    }
    try {
      Object unused = read(true);
      return Optional.empty();
    } catch (UnusableAnswer e) {
      return WholeJson.problem(answer.getBody());
    }
  }

  /**
   * Whether it is a good answer that says that there is nothing yet: a shift chart without shifts.
   */
  public boolean isEmpty() {
    try {
      return endpoint == Endpoint.SHIFT_CHART
          && read() instanceof ShiftChartJson chart
          && (chart.data() == null || chart.data().isEmpty());
    } catch (UnusableAnswer e) {
      return false;
    }
  }

  /** What was left out of it, once it is read. */
  Optional<String> leftOut() {
    return odd.text();
  }

  PlayByPlayJson playByPlay() throws UnusableAnswer {
    return (PlayByPlayJson) read();
  }

  BoxScoreJson boxScore() throws UnusableAnswer {
    return (BoxScoreJson) read();
  }

  ShiftChartJson shiftChart() throws UnusableAnswer {
    return (ShiftChartJson) read();
  }

  private Object read() throws UnusableAnswer {
    return read(false);
  }

  private Object read(boolean isNew) throws UnusableAnswer {
    if (failure != null) {
      throw failure;
    }
    if (value == null) {
      try {
        value = json().read(answer, odd, isNew);
      } catch (UnusableAnswer e) {
        failure = e;
        throw e;
      }
    }
    return value;
  }

  private Json<?> json() {
    return switch (endpoint) {
      case PLAY_BY_PLAY -> GameReader.JSON;
      case BOX_SCORE -> BoxScore.JSON;
      case SHIFT_CHART -> ShiftChart.JSON;
      case SHIFTS_HTML_HOME, SHIFTS_HTML_AWAY ->
          throw new IllegalStateException(endpoint + " is no JSON");
    };
  }
}
