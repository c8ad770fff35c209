package dev.muster.protocol.run;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// Workers that do not wait for one another have delivered one path with different content. All
/// versions are kept.
///
/// @param path of the deliverable
/// @param stands whose version is at the path
/// @param others how many versions are elsewhere
/// @param kept whose they are, by where they are in the run's folder; the first of them
public record DeliveryConflict(
    String path, String stands, int others, SortedMap<String, String> kept) {
  public DeliveryConflict {
    kept = kept == null ? new TreeMap<>() : Collections.unmodifiableSortedMap(new TreeMap<>(kept));
  }
}
