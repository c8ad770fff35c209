package dev.muster.orchestrator.journal.storage;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which database holds the journal.
///
/// @param url a `jdbc:` URL that carries nothing which could run code
/// @param password null when the server asks for none
public record DatabaseSettings(String url, @Nullable String user, @Nullable String password) {
  public DatabaseSettings {
    var problem = DatabaseUrl.problem(url);
    if (problem != null) {
      throw new IllegalArgumentException("expected the database's URL to be " + problem);
    }
  }

  /// The embedded database of one JVM. Every commit is written through to the file: it survives a
  /// killed process, but H2 does not force the disk, so not a power cut. Most events stand in their
  /// rows: in a place of their own, which is H2's way with all above 256 bytes, each takes several
  /// more writes. A busy machine makes one reader wait for another longer than the two seconds
  /// after which H2 gives up by itself. Java closes a file whose reader is interrupted, and H2 then
  /// the whole database: by way of `retry:` it opens the file again instead. A statement keeps no
  /// answer for the case that it is asked again: of a run of 20,000 that is 20 MB.
  public static DatabaseSettings embedded(Path data) {
    var file = data.toAbsolutePath().normalize().resolve("muster");
    return new DatabaseSettings(
        "jdbc:h2:retry:"
            + file
            + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;MAX_LENGTH_INPLACE_LOB=8192"
            + ";OPTIMIZE_REUSE_RESULTS=FALSE"
            + ";LOCK_TIMEOUT=30000;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE",
        null,
        null);
  }

  public boolean isEmbedded() {
    return url.startsWith("jdbc:h2:");
  }

  /// What a connection is given beside its URL. A server behind a link that is cut says nothing for
  /// ever, unless somebody stops listening. Events that are written together go as one statement.
  public Map<String, String> properties() {
    return isEmbedded()
        ? Map.of()
        : Map.of(
            "connectTimeout", "5",
            "socketTimeout", "20",
            "tcpKeepAlive", "true",
            "reWriteBatchedInserts", "true");
  }

  /// The vendor's folder of migrations.
  String vendor() {
    return isEmbedded() ? "h2" : "postgresql";
  }

  @Override
  public String toString() {
    return "DatabaseSettings[" + url + "]"; // never the password
  }
}
