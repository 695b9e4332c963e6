package io.landfall.cli;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an exception says, for somebody who does not know Java: no class name, never empty. */
public final class Reason {

  /** {@code java.io.IOException: } and the like, wherever in a message. */
  private static final Pattern CLASS_NAME =
      Pattern.compile("\\b(?:[a-z][\\w$]*\\.)+[A-Z][\\w$]*(?:Exception|Error|Throwable)\\b:?\\s*");

  private static final Pattern CAPITAL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private Reason() {}

  /** One line where the exception's own message is one. */
  public static String of(Throwable failure) {
    if (failure instanceof FileSystemException file && file.getFile() != null) {
      return file.getFile() + ": " + reason(file);
    }
    if (failure instanceof UnknownHostException) {
      return Optional.ofNullable(failure.getMessage())
          .map(host -> "the host %s is not known".formatted(host.replaceAll(":.*", "")))
          .orElse("the host is not known");
    }
    return said(failure.getMessage())
        .or(() -> Optional.ofNullable(failure.getCause()).map(Reason::of))
        .orElseGet(() -> named(failure));
  }

  private static String reason(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NotDirectoryException) {
      return "not a folder";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "it is there already, and not a folder";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    if (failure instanceof FileSystemLoopException) {
      return "links that lead in a circle";
    }
    return said(failure.getReason()).orElse("it cannot be used");
  }

  private static Optional<String> said(@Nullable String message) {
    return Optional.ofNullable(message)
        .map(text -> CLASS_NAME.matcher(text).replaceAll("").strip())
        .filter(text -> !text.isEmpty() && !text.equals("null"));
  }

  /** An exception without a message has nothing but its name: ClosedChannel is "closed channel". */
  private static String named(Throwable failure) {
    if (failure instanceof ConnectException) {
      return "the connection was refused";
    }
    if (failure instanceof ClosedChannelException) {
      return "the connection was closed";
    }
    if (failure instanceof EOFException) {
      return "it ended too early";
    }
    String name = failure.getClass().getSimpleName().replaceAll("(Exception|Error)$", "");
    String words = CAPITAL.matcher(name).replaceAll(" ").toLowerCase(Locale.ROOT);
    return words.isBlank() ? "unknown" : words;
  }
}
