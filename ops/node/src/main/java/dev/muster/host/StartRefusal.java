package dev.muster.host;

import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;

/// Why a node did not start, with the exit code and the next thing to try.
public final class StartRefusal {
  /// Also for the doctor.
  public static final String JOURNAL_ADVICE =
      "nothing was changed; put a copy of the file back, or move this data folder away (or choose"
          + " another with --data DIR) and start anew: what its runs had done is then forgotten";

  private StartRefusal() {}

  static Refusal of(NodeStartException e) {
    return switch (e.kind()) {
      case DATA_LOCKED ->
          new Refusal(
              Exit.CONFLICT,
              e.words(),
              "wait until the other process ends, or use another folder with --data DIR",
              e);
      case DATA_UNWRITABLE ->
          new Refusal(Exit.NOT_ALLOWED, e.words(), "choose another folder with --data DIR", e);
      case DISK_FULL -> new Refusal(Exit.FAILED, e.words(), "free some space", e);
      case JOURNAL_UNSAFE ->
          new Refusal(
              Exit.NOT_ALLOWED,
              e.words(),
              "somebody else has made or changed this file: move the data folder away (or choose"
                  + " another with --data DIR) and look where it came from",
              e);
      case JOURNAL_LOST -> new Refusal(Exit.FAILED, e.words(), JOURNAL_ADVICE, e);
      case PORT_IN_USE ->
          new Refusal(
              Exit.CONFLICT,
              e.words(),
              "choose another port with --port N, or take any free one with --port 0",
              e);
      case DATABASE_UNREACHABLE ->
          new Refusal(
              Exit.UNREACHABLE,
              e.words(),
              "check that the server runs and database.url, user and password are right:"
                  + " `muster config view --origin`",
              e);
      case SANDBOX_MISSING ->
          new Refusal(
              Exit.NOT_ALLOWED,
              e.words(),
              "install bubblewrap or allow user namespaces (see: muster doctor), or accept the risk"
                  + " with sandbox = prefer",
              e);
      case OTHER ->
          new Refusal(Exit.FAILED, e.words(), "see errors.log, or ask: `muster doctor`", e);
    };
  }
}
