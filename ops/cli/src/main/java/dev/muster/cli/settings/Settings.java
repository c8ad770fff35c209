package dev.muster.cli.settings;

import dev.muster.protocol.headroom.HeadroomLimits;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Everything an operator has set, checked, in one value.
///
/// @param server URL of the node to talk to; null: the one of the data folder
/// @param data absolute
/// @param results absolute
/// @param port 0 for any free one
/// @param nodeName never blank
/// @param slots attempts carried out at once
/// @param worker what one command may use
public record Settings(
    @Nullable String server,
    Path data,
    Path results,
    int port,
    String nodeName,
    int slots,
    HeadroomLimits headroom,
    Sandbox sandbox,
    WorkerLimits worker,
    Duration approvalWaitMax,
    int attemptsMax,
    Backoff backoff,
    Database database) {

  public Settings withPort(int port) {
    return new Settings(
        server,
        data,
        results,
        port,
        nodeName,
        slots,
        headroom,
        sandbox,
        worker,
        approvalWaitMax,
        attemptsMax,
        backoff,
        database);
  }

  /// Where the log files go.
  public Path logs() {
    return data.resolve("logs");
  }

  /// What happens on a host without a sandbox.
  public enum Sandbox {
    /// Warn on every run and gate everything above READ_ONLY.
    PREFER,
    /// Refuse to start.
    REQUIRE,
    /// Do not use one even where there is one; as PREFER without one.
    OFF
  }

  /// @param memoryMaxBytes of one command and its children together
  public record WorkerLimits(long memoryMaxBytes, int processesMax) {}

  /// The pause before try n + 1 is `min * 2^(n-1)`, at most `max`.
  public record Backoff(Duration min, Duration max) {}

  /// @param url null: H2 in the data folder
  public record Database(@Nullable String url, String user, String password) {
    /// Never shows the password.
    @Override
    public String toString() {
      return "Database[url=" + url + ", user=" + user + "]";
    }
  }
}
