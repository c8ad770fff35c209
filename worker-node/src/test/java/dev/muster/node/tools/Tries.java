package dev.muster.node.tools;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// All that a hostile model tries.
public final class Tries {
  private Tries() {}

  /// @param outside a folder of the host with a secret in it
  /// @param port where the host listens
  public static List<Try> all(Path outside, int port) {
    return Stream.of(PathTries.all(outside), ScriptTries.all(outside, port), CallTries.all())
        .flatMap(List::stream)
        .toList();
  }

  /// The numbers of some of them, and of all in the campaign. Made before anything is, so it knows
  /// no port and no folder yet.
  ///
  /// @param usually every how manieth, where nobody says otherwise
  public static Stream<Integer> numbers(int usually) {
    var all = all(Path.of("/x"), 1).size();
    var every = Integer.getInteger("hostile.every", usually);
    return Stream.iterate(0, it -> it < all, it -> it + every);
  }
}
