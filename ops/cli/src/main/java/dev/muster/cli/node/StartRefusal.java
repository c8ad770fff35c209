package dev.muster.cli.node;

import dev.muster.cli.terminal.Exit;
import dev.muster.cli.terminal.Refusal;

/// Why a node did not start, with the exit code and the next thing to try.
final class StartRefusal {
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
      case PORT_IN_USE ->
          new Refusal(
              Exit.CONFLICT, e.words(), "choose another port with --port N (0: any free)", e);
      case DATABASE_UNREACHABLE ->
          new Refusal(
              Exit.UNREACHABLE,
              e.words(),
              "check database.url with: `muster config view --origin`",
              e);
      case SANDBOX_MISSING ->
          new Refusal(
              Exit.NOT_ALLOWED,
              e.words(),
              "install bubblewrap (bwrap), or accept the risk with sandbox = prefer",
              e);
      case OTHER ->
          new Refusal(Exit.FAILED, e.words(), "see errors.log, or ask: `muster doctor`", e);
    };
  }
}
