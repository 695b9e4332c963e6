package io.landfall.cli;

import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text without the secrets that this program was given, and without the credentials that URLs in it
 * carry.
 *
 * <p>A secret is known by its value ({@link #remember}), since nobody knows in which sentence of
 * which library it comes back; and by the name in front of it ({@code password="…"}).
 *
 * <p>A URL is shown and kept because it says where an answer came from, and its query is often the
 * only part that does ({@code ?cayenneExp=gameId=2024020001}). So not every query is masked, but
 * every parameter whose name sounds like a secret, and all user information in front of a host.
 */
public final class Masked {

  private static final String MASK = "***";

  /** What a URL may stand in. It is looked at by itself, since a long text would be for long. */
  private static final Pattern WORD = Pattern.compile("[^\\s\"'<>]+");

  /**
   * What stands in front of the last {@code @} behind {@code //}, or reads user:password@, in a
   * word that ends with its last {@code @}.
   */
  private static final Pattern USER =
      Pattern.compile("(?<=//).*@|(?<![\\w@/])[^/:@=,]{1,1000}+:(?!//)[^@/,]+@", Pattern.DOTALL);

  /**
   * A parameter of a query or fragment, its marks plain or percent-encoded. Its value is taken all
   * at once: going back letter by letter, Java calls itself for each, and a text may be long.
   */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "((?:[?&;#]|%3[fF]|%26)([^\\s\"'<>=&;#?%]+)(?:=|%3[dD]))"
              + "((?:[^\\s\"'<>&;#%]|%(?!26))*+)");

  /** What stands behind a URL in a sentence. */
  private static final String STOPS = ":.,)";

  /** Secret as a word of a name: {@code api_key}, {@code X-Amz-Signature}, {@code authToken}. */
  private static final Set<String> WORDS =
      Set.of("key", "pass", "pwd", "auth", "sig", "sas", "session", "sid", "jwt", "hmac", "pin");

  /** Secret anywhere in a name, since many are written in one word: {@code apikey}. */
  private static final Pattern PARTS =
      Pattern.compile(
          "token|secret|passw|credential|signature|authori|apikey|accesskey|subscriptionkey|appid|cookie|sessionid");

  /** Of a URL. */
  private static final Pattern USER_AND_PASSWORD = Pattern.compile("//[^\\s/@:]*:([^\\s/@]+)@");

  private static final Pattern WRONG_USER =
      Pattern.compile("(?s)^([A-Za-z][\\w+.-]*:/*)?(?=.*:.*@|.*//.*@).*@");

  private static final Pattern WRONG_QUERY = Pattern.compile("(?s)(://[^?#]*[?#]).+");

  /** {@code password="…"}, as in a JAAS text or among the options of a JVM. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?<![?&;#\\w.-])((?=[\\w.-]*?(?i:passw|passphrase|secret|credential|accesskey))[\\w.-]++\\s*+=\\s*+)"
              // Where a secret comes from is none.
              + "(?![\"']?\\$\\{)("
              // All at once, see above; one whose end was cut off goes to the end.
              + "\"(?:[^\"\\\\]|\\\\.)*+\"?+|'(?:[^'\\\\]|\\\\.)*+'?+|[^\\s;,\"'<>]+)");

  /** Shorter ones are in every second word; their names must do. */
  private static final int SHORTEST = 4;

  /** A line of a longer one may be any word. */
  private static final int PIECE = 8;

  /** Longest first: one may be a part of another. */
  private static final Set<String> KNOWN =
      new ConcurrentSkipListSet<>(
          Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));

  private Masked() {}

  /** This is a secret from now on, wherever it is shown, and so is each longer line of it. */
  static void remember(String secret) {
    String whole = secret.strip();
    if (whole.length() >= SHORTEST) {
      KNOWN.add(whole);
    }
    whole.lines().map(String::strip).filter(line -> line.length() >= PIECE).forEach(KNOWN::add);
  }

  /** The same for what a text of settings says behind names of secrets: a JAAS text, a URL. */
  static void rememberNamed(String text) {
    Matcher named = NAMED.matcher(text);
    while (named.find()) {
      String value = named.group(2);
      boolean quoted = value.startsWith("\"") || value.startsWith("'");
      boolean ends = value.length() > 1 && value.charAt(value.length() - 1) == value.charAt(0);
      String bare = quoted ? value.substring(1, value.length() - (ends ? 1 : 0)) : value;
      remember(bare);
      remember(bare.replaceAll("\\\\(.)", "$1"));
    }
    Matcher user = USER_AND_PASSWORD.matcher(text);
    while (user.find()) {
      remember(user.group(1));
    }
  }

  /** As it may be shown: without secrets, of URLs or not. */
  public static String text(String text) {
    String open = text;
    for (String secret : KNOWN) {
      if (open.contains(secret)) {
        open = open.replace(secret, MASK);
      }
    }
    return urls(NAMED.matcher(open).replaceAll("$1" + MASK));
  }

  /** Whether a secret stands in it behind its name. */
  static boolean hasNamed(String text) {
    return NAMED.matcher(text).find();
  }

  /** The text, in which each URL has lost user information and the values of secret parameters. */
  public static String urls(String text) {
    String open = text.indexOf('@') < 0 ? text : withoutUsers(text);
    return PARAMETER
        .matcher(open)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    isSecret(found.group(2))
                        ? found.group(1) + MASK + stops(found.group(3))
                        : found.group()));
  }

  private static String withoutUsers(String text) {
    return WORD.matcher(text)
        .replaceAll(
            found -> {
              String word = found.group();
              int end = word.lastIndexOf('@') + 1;
              return Matcher.quoteReplacement(
                  end == 0
                      ? word
                      : USER.matcher(word.substring(0, end)).replaceAll(MASK + "@")
                          + word.substring(end));
            });
  }

  /**
   * A value that was to be a setting and is wrong: nobody knows what is in it, so all that may be a
   * credential goes.
   */
  static String wrong(String value) {
    String open = WRONG_USER.matcher(value).replaceFirst("$1" + MASK + "@");
    return urls(WRONG_QUERY.matcher(open).replaceFirst("$1" + MASK));
  }

  private static String stops(String value) {
    int end = value.length();
    while (end > 0 && STOPS.indexOf(value.charAt(end - 1)) >= 0) {
      end--;
    }
    return value.substring(end);
  }

  /** Whether what has this name is a secret, as far as a name tells. */
  public static boolean isSecret(String name) {
    for (String word : name.split("[-_.\\[\\]]|(?<=[a-z])(?=[A-Z])", -1)) {
      if (WORDS.contains(word.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return PARTS.matcher(name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "")).find();
  }
}
