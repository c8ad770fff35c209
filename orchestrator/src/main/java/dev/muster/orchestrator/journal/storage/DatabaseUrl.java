package dev.muster.orchestrator.journal.storage;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a database's URL may say. Drivers take settings in it that run scripts (`INIT` of H2), load
/// classes (`socketFactory`, `sslfactory`) or write files (`loggerFile`), so only those are let
/// through that can do none of it. Pure.
public final class DatabaseUrl {
  private static final String SERVER = "jdbc:postgresql:";

  /// In memory, or a file by its path (`retry:` opens it again when an interrupt closed it): H2
  /// knows further schemes that unpack archives and call hosts.
  private static final Pattern EMBEDDED =
      Pattern.compile(
          "jdbc:h2:(?:mem:[A-Za-z0-9_-]*|(?:file|retry):(?:~?/|\\.\\.?/)[^;]*)(;.*)?",
          Pattern.DOTALL);

  private static final Pattern SETTING = Pattern.compile("([A-Za-z_]+)=([A-Za-z0-9]{1,20})");

  private static final Set<String> OF_H2 =
      Set.of(
          "ACCESS_MODE_DATA",
          "CACHE_SIZE",
          "CASE_INSENSITIVE_IDENTIFIERS",
          "DATABASE_TO_LOWER",
          "DB_CLOSE_DELAY",
          "DB_CLOSE_ON_EXIT",
          "IFEXISTS",
          "LOCK_TIMEOUT",
          "MAX_LENGTH_INPLACE_LOB",
          "OPTIMIZE_REUSE_RESULTS",
          "WRITE_DELAY");

  private static final Set<String> OF_POSTGRESQL =
      Set.of(
          "ApplicationName",
          "cancelSignalTimeout",
          "channelBinding",
          "connectTimeout",
          "currentSchema",
          "gssEncMode",
          "hostRecheckSeconds",
          "loadBalanceHosts",
          "loginTimeout",
          "prepareThreshold",
          "reWriteBatchedInserts",
          "socketTimeout",
          "ssl",
          "sslNegotiation",
          "sslcert",
          "sslkey",
          "sslmode",
          "sslrootcert",
          "targetServerType",
          "tcpKeepAlive",
          "user");

  private DatabaseUrl() {}

  /// What is wrong, as the rest of a sentence that begins with "expected"; null when nothing is.
  public static @Nullable String problem(String url) {
    if (url.startsWith(SERVER)) return ofServer(url);
    var embedded = EMBEDDED.matcher(url);
    if (!embedded.matches()) {
      return "a URL such as jdbc:postgresql://host:5432/muster, or jdbc:h2:file:/folder/name";
    }
    var settings = embedded.group(1);
    return settings == null ? null : ofH2(settings);
  }

  private static @Nullable String ofH2(String settings) {
    for (var each : settings.substring(1).split(";", -1)) {
      var setting = SETTING.matcher(each);
      if (!setting.matches() || !OF_H2.contains(setting.group(1).toUpperCase(Locale.ROOT)))
        return refusal(each, OF_H2);
    }
    return null;
  }

  private static @Nullable String ofServer(String url) {
    var query = url.indexOf('?');
    if (query < 0) return null;
    for (var each : url.substring(query + 1).split("&", -1)) {
      if (!OF_POSTGRESQL.contains(each.split("=", 2)[0])) return refusal(each, OF_POSTGRESQL);
    }
    return null;
  }

  private static String refusal(String found, Set<String> allowed) {
    return "a URL with no other settings than %s, since others can run code or write files; found %s"
        .formatted(String.join(", ", allowed.stream().sorted().toList()), name(found));
  }

  /// A value may be a secret.
  private static String name(String setting) {
    var name = setting.split("=", 2)[0];
    return name.isEmpty() ? "an empty one" : "`" + name + "`";
  }
}
