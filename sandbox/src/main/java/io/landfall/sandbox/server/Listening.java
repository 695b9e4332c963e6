package io.landfall.sandbox.server;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Parsers;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Where an API that runs in the foreground listens, and its run: until the process is asked to end.
 */
public record Listening(InetAddress address, int port) {

  private static final Pattern DIGITS = Pattern.compile("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

  public static final Setting<Integer> PORT =
      Setting.of(
          "port",
          "PORT",
          Parsers.integer(0, 65_535),
          "0",
          "Where it listens; 0 takes any free port.");

  public static final Setting<InetAddress> ADDRESS =
      Setting.of(
          "address",
          "ADDRESS",
          Listening::address,
          "127.0.0.1",
          "Which of this machine's addresses it listens on; 0.0.0.0 in a container.");

  /** Starts an API. */
  @FunctionalInterface
  public interface Start<A extends AutoCloseable> {
    /**
     * @throws IOException if the port is taken
     */
    A start(InetAddress address, int port) throws IOException;
  }

  public static Listening of(Settings settings) {
    return new Listening(settings.get(ADDRESS), settings.get(PORT));
  }

  /**
   * Starts an API, says so in one line, and waits.
   *
   * @param ready what the line says after {@code ready: }
   */
  public <A extends AutoCloseable> ExitCode run(
      PrintStream out, Start<A> start, Function<A, String> ready) {
    A api = started(start);
    try (api) {
      out.printf("ready: %s%n", ready.apply(api));
      out.flush();
      new CountDownLatch(1).await(); // until the program interrupts this thread, asked to end
      return ExitCode.OK;
    } catch (InterruptedException e) {
      return ExitCode.OK; // being asked to end is the only way in which such a command ends
    } catch (Exception e) { // AutoCloseable's close may throw anything
      throw new IllegalStateException("The API could not be closed", e);
    }
  }

  private <A extends AutoCloseable> A started(Start<A> start) {
    try {
      return start.start(address, port);
    } catch (IOException e) {
      throw LandfallException.unavailable(
          "Port %d of %s cannot be listened on: %s. Give another --port, or 0 for any free one."
              .formatted(port, address.getHostAddress(), e.getMessage()),
          e);
    }
  }

  /** Digits only: a name would have to be asked for elsewhere. */
  private static InetAddress address(String text) {
    try {
      if (DIGITS.matcher(text).matches()) {
        return InetAddress.getByName(text);
      }
    } catch (UnknownHostException e) {
      // The message below says what was expected.
    }
    throw new IllegalArgumentException("expected an IP address like 127.0.0.1 or 0.0.0.0");
  }
}
