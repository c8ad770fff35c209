package dev.muster.host;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/// A node that runs inside this process.
public interface RunningNode extends AutoCloseable {
  /// Where its API answers, such as `http://127.0.0.1:7400`.
  URI url();

  /// The file that holds the operator's token.
  Path tokenFile();

  /// Begins nothing any more, and waits until nothing runs here. Repeatable.
  ///
  /// @return whether nothing runs here now
  boolean settle(Duration longest);

  /// Stops the node in good order; runs that are not finished can be resumed. Repeatable.
  @Override
  void close();

  /// Returns when the node has stopped, for whatever reason.
  void awaitTermination();
}
