package dev.muster.protocol.approval;

import dev.muster.protocol.CborSerializable;
import java.util.List;

/// What the runtime keeps the worker of an operation to, in lines for people: from what is
/// enforced, and not from what the worker was told or says of itself.
///
/// @param commands how its scripts are confined, and which are refused
/// @param network whether it reaches it, and why
/// @param writes where it may write, and by which rule
/// @param forbids what it may not write there, and by which rule
/// @param unenforced what its BOUNDARIES say besides, which only the worker itself can keep
/// @param places what its scripts find; empty where nothing confines them
public record Enforced(
    List<String> commands,
    String network,
    List<String> writes,
    List<String> forbids,
    List<String> unenforced,
    List<Place> places)
    implements CborSerializable {
  public Enforced {
    commands = List.copyOf(commands);
    writes = List.copyOf(writes);
    forbids = List.copyOf(forbids);
    unenforced = List.copyOf(unenforced);
    places = List.copyOf(places);
  }

  /// @param path as its scripts know it
  /// @param what it is
  public record Place(String path, boolean writable, String what) {}
}
