package io.landfall.producer.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Masked;
import io.landfall.cli.Parsers;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.producer.http.Credentials;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.http.HttpSettings;
import io.landfall.producer.http.Passing;
import io.landfall.producer.http.Reply;
import io.landfall.producer.http.Request;
import io.landfall.producer.infer.Draft;
import io.landfall.producer.infer.Sample;
import io.landfall.producer.source.JsonLimits;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code source infer}: a draft of a definition, made from answers of an API. */
public final class SourceInferCommand implements Command {

  private static final Setting<List<String>> SAMPLES =
      Setting.arguments(
          "samples",
          "URL|FILE",
          Parsers::text,
          "What is described: the URL of an API, which is asked once, or files with its answers.");

  private static final int SHOWN = 60;

  private final Clock clock;

  public SourceInferCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "source infer";
  }

  @Override
  public String description() {
    return "Writes the draft of a definition from answers of an API: its URL, or files with"
        + " answers.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.concat(HttpSettings.ALL.stream(), Stream.of(SAMPLES)).toList();
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    List<Sample> samples = new ArrayList<>();
    Optional<URI> url = Optional.empty();
    List<String> names = settings.find(SAMPLES).orElse(List.of());
    if (names.isEmpty()) {
      throw LandfallException.usage("Give the URL of an API, or files with its answers");
    }
    for (String name : names) {
      if (name.startsWith("http://") || name.startsWith("https://")) {
        URI asked = uri(name);
        samples.add(asked(asked, settings));
        url = url.isPresent() ? url : Optional.of(asked);
      } else {
        samples.add(read(Path.of(name)));
      }
    }
    List<String> lines =
        new Draft(samples, url)
            .lines()
            .orElseThrow(
                () ->
                    LandfallException.refused(
                        "Nothing in %s is an array of objects, arrays of the same length side by side, an object of objects with the same fields, or one object with an id: there are no records to describe. If it is one record all the same, start from the answer that lists such records: a definition reads one with records: {one: \"\"}, and the details of listed ones with reads: listed."
                            .formatted(
                                String.join(", ", samples.stream().map(Sample::name).toList()))));
    lines.forEach(out::println);
    return ExitCode.OK;
  }

  private static URI uri(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw LandfallException.usage("%s is no URL: %s".formatted(text, e.getMessage()), e);
    }
    if (url.getHost() == null) {
      throw LandfallException.usage("%s is no URL: it names no host".formatted(text));
    }
    if (url.getUserInfo() != null) {
      throw LandfallException.usage(
          "The URL has a user or a password in it, which would stand in the draft. Save the answer in a file, and give that");
    }
    return url;
  }

  private Sample asked(URI url, Settings settings) throws InterruptedException {
    Reply reply =
        new Hosts(HttpSettings.of(settings), clock)
            .at(URI.create(url.getScheme() + "://" + url.getRawAuthority()))
            .ask(new Request(url, Map.of(), Optional.empty(), Credentials.NONE, Passing.USUAL));
    if (reply instanceof Reply.Came came && came.status() / 100 == 2) {
      return new Sample(
          url.getRawAuthority() + url.getPath(),
          json("The answer of " + Masked.urls(url.toString()), came.body()),
          came.headers().allValues("Link").stream().reduce((one, next) -> one + ", " + next));
    }
    if (reply instanceof Reply.Came came) {
      throw LandfallException.unavailable(
          "There is no answer to describe: GET %s: status %d. %s"
              .formatted(Masked.urls(url.toString()), came.status(), advice(came.status())));
    }
    String reason =
        reply instanceof Reply.Failed failed
            ? failed.reason()
            : reply instanceof Reply.Astray astray
                ? astray.reason()
                : ((Reply.NotAsked) reply).reason();
    throw LandfallException.unavailable(
        "There is no answer to describe: %s. Is the address right, and is the API up?"
            .formatted(reason));
  }

  private static String advice(int status) {
    return status == 401 || status == 403
        ? "The API wants to know who asks: save an answer in a file (curl -H 'Authorization: …' URL > answer.json) and give that; the definition refers to the secret under api.auth"
        : "See whether the address is right, with curl";
  }

  private static Sample read(Path file) {
    try {
      return new Sample(
          file.toString(), json(file.toString(), Files.readAllBytes(file)), Optional.empty());
    } catch (NoSuchFileException e) {
      throw LandfallException.usage(
          "There is no file %s. A URL begins with http:// or https://".formatted(file), e);
    } catch (IOException e) {
      throw LandfallException.usage("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static JsonNode json(String name, byte[] bytes) {
    try {
      return new JsonMapper(JsonLimits.factory().build()).readTree(bytes);
    } catch (JsonProcessingException e) {
      throw LandfallException.refused(
          "%s is no JSON: %s. It begins with: %s"
              .formatted(name, e.getOriginalMessage(), beginning(bytes)),
          e);
    } catch (IOException e) {
      throw LandfallException.refused("%s cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static String beginning(byte[] bytes) {
    return new String(bytes, 0, Math.min(bytes.length, SHOWN), UTF_8)
        .lines()
        .findFirst()
        .orElse("");
  }
}
