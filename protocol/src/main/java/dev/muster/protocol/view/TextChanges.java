package dev.muster.protocol.view;

import java.util.List;

/// Which files of a run's folder are not what the run took.
///
/// @param rests workers that rest on a changed one
/// @param refused changed files that cannot take the place of what the run has, and why
public record TextChanges(
    String run, List<Changed> items, List<String> rests, List<String> refused) {
  public TextChanges {
    items = List.copyOf(items);
    rests = List.copyOf(rests);
    refused = List.copyOf(refused);
  }

  public record Changed(String worker, String file) {}
}
