package dev.muster.protocol.worker;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What lies in an artifact store, for whoever removes what nobody names.
public interface StoredContents {
  /// Contents lie on so many shelves, by the first two digits of their digests.
  int SHELVES = 256;

  /// @param putAt when it was last put or asked for, or up to an hour earlier
  record Stored(String sha256, Instant putAt) {}

  /// Why nothing may be removed from here, in words; null when it may.
  default @Nullable String untouchable() throws IOException {
    return null;
  }

  /// Clears away what a crash has left in the middle of something before then.
  default void tidy(Instant before) throws IOException {}

  List<Stored> shelf(int number) throws IOException;

  /// Removes the content unless it was put again since then, also just now by another node. All of
  /// it or nothing.
  ///
  /// @return its bytes; -1 when it stays, or has gone already
  long remove(String sha256, Instant putBefore) throws IOException;
}
