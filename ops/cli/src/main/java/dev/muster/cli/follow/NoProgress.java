package dev.muster.cli.follow;

import dev.muster.protocol.view.RunView;
import java.time.Instant;

/// Says nothing.
final class NoProgress implements Progress {
  @Override
  public void show(RunView run, Instant now) {}

  @Override
  public void clear() {}
}
