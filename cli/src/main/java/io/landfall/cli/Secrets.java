package io.landfall.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What secrets are now. A text refers to one as settings do: {@code ${file:/path}}, {@code
 * ${file:/path:key}}, {@code ${env:NAME}}. Whatever was told here is masked from then on, wherever
 * it is shown ({@link Masked}).
 */
public final class Secrets {

  /** What is put in place under a secret's name is remembered, wherever it comes from. */
  private static final String NAME = "password";

  private final References references;

  public Secrets(Map<String, String> environment) {
    references = new References(environment);
  }

  /** Whether a text refers to anything. */
  public static boolean isReferredToIn(String text) {
    return References.isIn(text);
  }

  /**
   * The text with what it refers to, as that is at this moment.
   *
   * @throws IllegalArgumentException if something is not there, with what and why
   */
  public String resolve(String text) {
    String resolved = references.resolve(NAME, text);
    if (!resolved.equals(text)) {
      remember(resolved);
    }
    return resolved;
  }

  /** This is a secret from now on, as it is and as it stands in a URL. */
  public static void remember(String secret) {
    Masked.remember(secret);
    Masked.remember(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    Masked.remember(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
  }
}
