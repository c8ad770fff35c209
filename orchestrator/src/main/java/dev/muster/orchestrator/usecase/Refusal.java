package dev.muster.orchestrator.usecase;

import java.util.List;

/// Why something is not done that was asked for. Expected, so that it carries no stack.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public enum Kind {
    /// What was named is not there.
    UNKNOWN,
    /// It is not this caller's to do.
    FORBIDDEN,
    /// Not as things stand.
    CONFLICT,
    /// What was asked for cannot be carried out as it is.
    UNUSABLE,
    /// Nobody could tell or do it now; it may pass.
    UNAVAILABLE
  }

  private final Kind kind;
  private final String code;
  private final transient List<Fault> faults;

  /// @param where such as a line of a file
  public record Fault(String where, String what) {}

  private Refusal(Kind kind, String code, String words, List<Fault> faults) {
    super(words, null, false, false);
    this.kind = kind;
    this.code = code;
    this.faults = List.copyOf(faults);
  }

  /// @param code stable, for programs
  public static Refusal unknown(String code, String words) {
    return new Refusal(Kind.UNKNOWN, code, words, List.of());
  }

  public static Refusal forbidden(String code, String words) {
    return new Refusal(Kind.FORBIDDEN, code, words, List.of());
  }

  public static Refusal conflict(String code, String words) {
    return new Refusal(Kind.CONFLICT, code, words, List.of());
  }

  public static Refusal unusable(String code, String words) {
    return new Refusal(Kind.UNUSABLE, code, words, List.of());
  }

  public static Refusal unavailable(String code, String words) {
    return new Refusal(Kind.UNAVAILABLE, code, words, List.of());
  }

  /// With what is wrong in which place.
  public Refusal because(List<Fault> found) {
    return new Refusal(kind, code, words(), found);
  }

  public Kind kind() {
    return kind;
  }

  public String code() {
    return code;
  }

  public String words() {
    return String.valueOf(getMessage());
  }

  public List<Fault> faults() {
    return faults;
  }
}
