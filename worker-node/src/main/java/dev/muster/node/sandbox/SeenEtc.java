package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The [EtcFolder] of one step, as far as it has been laid.
///
/// @param toLay of the host: still to be mounted over it
record SeenEtc(Path folder, List<Path> toLay) {
  private static final Logger LOG = LoggerFactory.getLogger(SeenEtc.class);

  SeenEtc {
    toLay = List.copyOf(toLay);
  }

  /// On a thread with mounts of its own: all is laid. Null where that cannot be.
  static @Nullable SeenEtc laid(Job job, @Nullable EtcFolder etc) {
    if (etc == null || !EtcFolder.serves(job)) return null;
    try {
      etc.lay(job.network());
      return new SeenEtc(etc.folder(), List.of());
    } catch (IOException e) {
      LOG.debug("/etc is not shown in one piece: {}", e.toString());
      return null;
    }
  }

  /// Elsewhere: what is a copy is there. Null where none can be made.
  static @Nullable SeenEtc copied(Job job, EtcFolder etc) {
    if (!EtcFolder.serves(job)) return null;
    try {
      return new SeenEtc(etc.folder(), List.copyOf(etc.prepare(job.network()).keySet()));
    } catch (IOException e) {
      LOG.debug("files of /etc are shown one by one: {}", e.toString());
      return null;
    }
  }
}
