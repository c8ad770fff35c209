package dev.muster.host.refusal;

/// The exit codes, each with one meaning.
public final class Exit {
  public static final int OK = 0;

  /// Some work failed, was blocked or was cancelled.
  public static final int FAILED = 1;

  public static final int USAGE = 2;
  public static final int NOT_FOUND = 3;
  public static final int NOT_ALLOWED = 4;
  public static final int CONFLICT = 5;

  /// Something is held, or its approval was rejected or expired.
  public static final int UNDECIDED = 6;

  public static final int TIMED_OUT = 7;
  public static final int UNREACHABLE = 8;
  public static final int INTERRUPTED = 130;

  private Exit() {}
}
