package io.landfall.producer.rest.ask;

import io.landfall.cli.Secrets;
import io.landfall.producer.definition.ApiDefinition;
import io.landfall.producer.definition.Auth;
import io.landfall.producer.definition.StatusMeaning;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.http.Passing;
import io.landfall.producer.http.Reply;
import io.landfall.producer.http.Request;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Asks one API as its definition says. Safe for use by several threads. */
public final class Asking {

  /** What is waited for within a look; what takes longer is for later. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final ApiDefinition api;
  private final NamedHosts hosts;
  private final Authorizing authorizing;
  private final Grants grants;
  private final Clock clock;
  private final Map<String, String> headers = new HashMap<>();

  /**
   * Asks hosts that the definition names.
   *
   * @param secrets what the definition refers to
   */
  public Asking(ApiDefinition api, Hosts hosts, Secrets secrets, Clock clock) {
    this.api = api;
    this.hosts = new NamedHosts(api, hosts);
    this.authorizing = new Authorizing(api, this.hosts, hosts, secrets, clock);
    this.grants = new Grants(api.limits(), clock);
    this.clock = clock;
    api.headers()
        .forEach(
            (name, value) -> {
              if (!Secrets.isReferredToIn(value)) {
                headers.put(name, value);
              }
            });
  }

  /** Asks until the API ends what is asked for, or something else does. */
  public Look look(Question question) throws InterruptedException {
    return new OneLook(this, question).look();
  }

  NamedHosts hosts() {
    return hosts;
  }

  Instant now() {
    return clock.instant();
  }

  /** A URL without what is secret in it: an API may write our parameter into its links. */
  URI bare(URI url) {
    return api.auth() instanceof Auth.Query query ? KnownAs.without(query.name(), url) : url;
  }

  /** An answer that can be used, or how the look ends. */
  sealed interface Got {
    /**
     * An answer.
     *
     * @param knownAs what the request said of who asks
     */
    record Answer(Reply.Came came, KnownAs knownAs) implements Got {}

    /** None that can be used. */
    record None(Look.Ending ending) implements Got {}
  }

  /** One request, with a second one where a token has been refused. */
  Got ask(URI url, Optional<String> etag) throws InterruptedException {
    Optional<Look.Ending> closed = closed(url);
    if (closed.isPresent()) {
      return new Got.None(closed.get());
    }
    Permit permit = authorizing.permit();
    if (permit instanceof Permit.Given first) {
      Reply reply = sent(url, etag, first.credentials());
      if (reply instanceof Reply.Came came
          && came.status() == 401
          && authorizing.hasOther(first.credentials(), url)) {
        Permit second = authorizing.permit();
        return second instanceof Permit.Given anew
            ? got(sent(url, etag, anew.credentials()), anew.credentials(), url, etag)
            : new Got.None(((Permit.Withheld) second).ending());
      }
      return got(reply, first.credentials(), url, etag);
    }
    return new Got.None(((Permit.Withheld) permit).ending());
  }

  private Optional<Look.Ending> closed(URI url) throws InterruptedException {
    Optional<Instant> until = grants.closedUntil();
    if (until.isEmpty()) {
      return Optional.empty();
    }
    Duration wait = Duration.between(clock.instant(), until.get());
    if (wait.compareTo(LONGEST_WAIT) > 0) {
      return Optional.of(
          new Look.Ending.Later(
              Reasons.told(
                  "GET %s: not asked, because the API grants nothing before %s"
                      .formatted(url, until.get())),
              until));
    }
    Thread.sleep(Math.max(0, wait.toMillis()) + 1);
    return Optional.empty();
  }

  private Reply sent(URI url, Optional<String> etag, KnownAs knownAs) throws InterruptedException {
    Map<String, String> all = new HashMap<>(headers);
    etag.ifPresent(value -> all.put("If-None-Match", value));
    Reply reply =
        hosts.of(url).ask(new Request(url, all, Optional.empty(), knownAs, new AsDefined()));
    if (reply instanceof Reply.Came came) {
      grants.told(came.headers());
    }
    return reply;
  }

  private StatusMeaning meaning(int status) {
    return api.answers().getOrDefault(status, StatusMeaning.usual(status));
  }

  /** What passes: what the definition says, and a refusal that says when it will be over. */
  private final class AsDefined implements Passing {
    @Override
    public boolean passes(int status, HttpHeaders answered) {
      StatusMeaning meaning = meaning(status);
      boolean isRefusal =
          status != 401 && (meaning == StatusMeaning.STOP || meaning == StatusMeaning.REFUSED);
      boolean isForNow =
          grants.until(answered).isPresent() || answered.firstValue("Retry-After").isPresent();
      boolean passes = meaning == StatusMeaning.LATER || (isRefusal && isForNow);
      if (passes) {
        grants.told(answered);
      }
      return passes;
    }

    @Override
    public Optional<Instant> until(HttpHeaders answered) {
      return grants.until(answered);
    }
  }

  private Got got(Reply reply, KnownAs knownAs, URI url, Optional<String> etag) {
    if (reply instanceof Reply.Came came) {
      return meaning(came.status()) == StatusMeaning.OK
          ? new Got.Answer(came, knownAs)
          : new Got.None(ending(came.status(), url, etag));
    }
    if (reply instanceof Reply.Failed failed) {
      return new Got.None(
          failed.beyondLimit()
              ? new Look.Ending.Split(failed.reason())
              : new Look.Ending.Later(failed.reason(), failed.until()));
    }
    return new Got.None(
        reply instanceof Reply.Astray astray
            ? Reasons.refused(astray.reason())
            : new Look.Ending.NotAsked(((Reply.NotAsked) reply).reason()));
  }

  private Look.Ending ending(int status, URI url, Optional<String> etag) {
    String reason = Reasons.told("GET %s: status %d".formatted(url, status));
    return switch (meaning(status)) {
      case EMPTY -> new Look.Ending.Empty();
      case UNCHANGED ->
          etag.isPresent() || status != 304
              ? new Look.Ending.Unchanged()
              : Reasons.refused(reason + ", though it was not asked whether anything changed");
      case GONE -> new Look.Ending.Gone(reason);
      case SPLIT -> new Look.Ending.Split(reason);
      case STOP ->
          Reasons.stop(
              reason
                  + ": the API does not let us in. Check the definition's auth, and what it refers"
                  + " to");
      case OK, LATER, REFUSED -> Reasons.refused(reason);
    };
  }
}
