package dev.muster.e2e.rig;

import java.util.List;

/// Where a process lives.
///
/// @param listen the address it listens on
/// @param address under which the others, and this process, reach it
/// @param prefix of the command line that starts it there
public record Place(String name, String listen, String address, List<String> prefix) {
  public Place {
    prefix = List.copyOf(prefix);
  }
}
