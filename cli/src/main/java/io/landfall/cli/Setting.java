package io.landfall.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One thing that a user can set: {@code --key} on the command line, {@code LANDFALL_KEY} in the
 * environment, {@code key:} in the YAML file.
 *
 * @param key the name, in lower case with hyphens
 * @param form how it stands on the command line
 * @param placeholder what stands for the value in the help text
 * @param description one sentence, with the unit and what happens without it
 * @param parser from text to value; an {@link IllegalArgumentException} says what is wrong with it
 * @param defaultText the default as a user would write it; empty if there is none
 * @param required whether a command that reads it cannot do without
 */
public record Setting<T>(
    String key,
    Form form,
    String placeholder,
    String description,
    Function<String, T> parser,
    Optional<String> defaultText,
    boolean required) {

  /** How a setting stands on the command line. */
  public enum Form {
    /** {@code --key VALUE}. */
    OPTION,
    /** {@code --key}, true when present; with a placeholder, also {@code --key VALUE}. */
    SWITCH,
    /** A word of its own, without {@code --key}. */
    ARGUMENT,
    /** Any number of words of their own, without {@code --key}. */
    ARGUMENTS
  }

  /** A setting that has a value in any case. */
  public static <T> Setting<T> of(
      String key,
      String placeholder,
      Function<String, T> parser,
      String defaultText,
      String description) {
    return new Setting<>(
        key, Form.OPTION, placeholder, description, parser, Optional.of(defaultText), false);
  }

  /** A setting whose absence means something; read it with {@link Settings#find}. */
  public static <T> Setting<T> optional(
      String key, String placeholder, Function<String, T> parser, String description) {
    return new Setting<>(
        key, Form.OPTION, placeholder, description, parser, Optional.empty(), false);
  }

  /** A setting that the user must give. */
  public static <T> Setting<T> required(
      String key, String placeholder, Function<String, T> parser, String description) {
    return new Setting<>(
        key, Form.OPTION, placeholder, description, parser, Optional.empty(), true);
  }

  /** True or false, false unless given. */
  public static Setting<Boolean> onOff(String key, String description) {
    return new Setting<>(
        key, Form.SWITCH, "", description, Parsers::onOff, Optional.of("false"), false);
  }

  /** Off unless given, and with a value or without one when it is. */
  public static <T> Setting<T> onOffOr(
      String key, String placeholder, Function<String, T> parser, String description) {
    return new Setting<>(
        key, Form.SWITCH, placeholder, description, parser, Optional.of("false"), false);
  }

  /** A word of the command line that has no flag. */
  public static <T> Setting<T> argument(
      String key, String placeholder, Function<String, T> parser, String description) {
    return new Setting<>(
        key, Form.ARGUMENT, placeholder, description, parser, Optional.empty(), true);
  }

  /** Any number of words of the command line that have no flag. */
  public static <T> Setting<List<T>> arguments(
      String key, String placeholder, Function<String, T> parser, String description) {
    return new Setting<>(
        key,
        Form.ARGUMENTS,
        placeholder,
        description,
        text -> Arrays.stream(text.strip().split("\\s+")).map(parser).toList(),
        Optional.empty(),
        false);
  }

  /** The same setting for somebody who can do without it. */
  public Setting<T> notRequired() {
    return new Setting<>(key, form, placeholder, description, parser, defaultText, false);
  }

  public String flag() {
    return form == Form.ARGUMENT || form == Form.ARGUMENTS ? placeholder : "--" + key;
  }

  public String environmentVariable() {
    return Settings.ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
