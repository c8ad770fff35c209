package dev.muster.host.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import dev.muster.node.models.pool.ModelSettings;
import dev.muster.node.sandbox.SandboxLimits;
import dev.muster.orchestrator.storage.DatabaseUrl;
import dev.muster.protocol.RetryPolicy;
import dev.muster.protocol.headroom.HeadroomLimits;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns the texts that were found into values. Every text that is no such value becomes one
/// problem, in words: what was expected, what was found, where.
final class SettingsCheck {
  private static final int CLUSTER_PORT_STANDARD = 7_410;

  private final Map<Setting, Resolved> resolved;
  private final Path folder;
  private final List<String> problems;

  private SettingsCheck(
      Map<Setting, Resolved> resolved, SettingsSources sources, List<String> problems) {
    this.resolved = resolved;
    this.folder = sources.folder();
    this.problems = problems;
  }

  /// Null when there are problems.
  static @Nullable Settings check(
      Map<Setting, Resolved> resolved,
      ModelSettings models,
      SettingsSources sources,
      List<String> problems) {
    var check = new SettingsCheck(resolved, sources, problems);
    var settings = check.settings(models, sources.environment());
    return problems.isEmpty() ? settings : null;
  }

  private Settings settings(ModelSettings models, Map<String, String> environment) {
    var data = path(Setting.DATA, environment);
    var database = database();
    return new Settings(
        emptyToNull(text(Setting.SERVER)),
        data,
        choice(Setting.DATA_TRUST, Settings.DataTrust.class),
        path(Setting.RESULTS, environment),
        integer(Setting.PORT, 0, 65_535),
        nodeName(environment),
        slots(),
        new HeadroomLimits(
            percent(Setting.CPU_PERCENT),
            percent(Setting.MEMORY_PERCENT),
            percent(Setting.DISK_PERCENT)),
        sandbox(),
        new Settings.WorkerLimits(
            bytes(Setting.WORKER_MEMORY_MAX),
            integer(Setting.WORKER_PROCESSES_MAX, 1, 1_000_000),
            bytes(Setting.WORKER_WORKSPACE_MAX),
            integer(Setting.WORKER_FILES_MAX, 100, 100_000_000),
            paths(environment)),
        duration(Setting.APPROVAL_WAIT_MAX),
        integer(Setting.ATTEMPTS_MAX, 1, 100),
        backoff(),
        new Settings.Keep(
            durationOrNone(Setting.KEEP_COMPLETED), durationOrNone(Setting.KEEP_FAILED)),
        database,
        new ServingCheck(this, environment).http(data),
        cluster(database, data, environment),
        writeOutside(environment),
        new ServingCheck(this, environment).secrets(),
        models);
  }

  private List<Path> writeOutside(Map<String, String> environment) {
    var folders = OutsideFolders.of(text(Setting.WRITE_OUTSIDE), environment);
    if (folders == null) refuse(Setting.WRITE_OUTSIDE, "absolute folders, but not the root");
    return folders == null ? List.of() : folders;
  }

  /// Nothing that programs need may be covered.
  private List<Path> paths(Map<String, String> environment) {
    var paths = OutsideFolders.of(text(Setting.PATHS), environment);
    if (paths != null && paths.stream().allMatch(SandboxLimits::mayBeWorkspace)) return paths;
    refuse(Setting.PATHS, "absolute paths of two names at least, and none of the system's own");
    return List.of();
  }

  private RetryPolicy backoff() {
    var min = duration(Setting.BACKOFF_MIN);
    var max = duration(Setting.BACKOFF_MAX);
    if (min.compareTo(max) <= 0) return new RetryPolicy(min, max);
    refuse(Setting.BACKOFF_MIN, "at most backoff.max (" + text(Setting.BACKOFF_MAX) + ")");
    return new RetryPolicy(max, max);
  }

  private Settings.Database database() {
    var url = emptyToNull(text(Setting.DATABASE_URL));
    var problem = url == null ? null : DatabaseUrl.problem(url);
    if (url != null && url.toLowerCase(Locale.ROOT).contains("password=")) {
      problems.add(
          "database.url holds a password, which others could read; put it into "
              + Setting.DATABASE_PASSWORD.variable());
    } else if (problem != null) {
      refuse(Setting.DATABASE_URL, problem);
    }
    return new Settings.Database(url, text(Setting.DATABASE_USER), text(Setting.DATABASE_PASSWORD));
  }

  private Settings.Cluster cluster(
      Settings.Database database, Path data, Map<String, String> environment) {
    var role = choice(Setting.ROLE, Settings.Role.class);
    var seeds = list(Setting.SEEDS, "[A-Za-z0-9._-]{1,253}:[1-9][0-9]{0,4}", "host:port");
    if (!database.isServer() && (role != Settings.Role.BOTH || !seeds.isEmpty())) {
      problems.add(
          "several nodes need a PostgreSQL server they share, but database.url is %s; set it with %s jdbc:postgresql://host:5432/muster or %s"
              .formatted(
                  database.url() == null ? "not set" : "`" + database.url() + "`",
                  Setting.DATABASE_URL.flag(),
                  Setting.DATABASE_URL.variable()));
    }
    var host = text(Setting.CLUSTER_HOST);
    var bindHost = emptyToNull(text(Setting.CLUSTER_BIND_HOST));
    var labels = list(Setting.NODE_LABELS, "[a-z0-9][a-z0-9._-]{0,30}", "labels of a-z and 0-9");
    return new Settings.Cluster(
        role,
        seeds,
        host,
        clusterPort(database),
        bindHost == null ? host : bindHost,
        labels.stream().distinct().sorted().toList(),
        duration(Setting.SHUTDOWN_GRACE),
        choice(Setting.FILES, Settings.FileSharing.class),
        pathOr(Setting.ARTIFACTS, data.resolve("artifacts"), environment),
        tls(environment));
  }

  private Settings.@Nullable Tls tls(Map<String, String> environment) {
    var all = List.of(Setting.TLS_CERTIFICATE, Setting.TLS_KEY, Setting.TLS_AUTHORITY);
    var missing = all.stream().filter(setting -> text(setting).isEmpty()).toList();
    if (missing.size() == all.size()) return null;
    missing.forEach(setting -> refuse(setting, "a file, as the other two of cluster.tls are set"));
    if (!missing.isEmpty()) return null;
    return new Settings.Tls(
        path(Setting.TLS_CERTIFICATE, environment),
        path(Setting.TLS_KEY, environment),
        path(Setting.TLS_AUTHORITY, environment));
  }

  private int clusterPort(Settings.Database database) {
    if (!text(Setting.CLUSTER_PORT).equals("auto")) {
      return integer(Setting.CLUSTER_PORT, 0, 65_535);
    }
    return database.isServer() ? CLUSTER_PORT_STANDARD : 0;
  }

  <E extends Enum<E>> E choice(Setting setting, Class<E> values) {
    var found = text(setting);
    for (var value : values.getEnumConstants()) {
      if (value.name().equalsIgnoreCase(found)) return value;
    }
    var names =
        Stream.of(values.getEnumConstants())
            .map(value -> value.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    refuse(setting, "one of " + names);
    return values.getEnumConstants()[0];
  }

  List<String> list(Setting setting, String each, String expected) {
    var found =
        Stream.of(text(setting).split(",", -1))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .toList();
    if (!found.stream().allMatch(part -> part.matches(each))) {
      refuse(setting, expected + ", separated by commas");
    }
    return found;
  }

  Path pathOr(Setting setting, Path otherwise, Map<String, String> environment) {
    return text(setting).isEmpty() ? otherwise : path(setting, environment);
  }

  String text(Setting setting) {
    var found = resolved.get(setting);
    return found == null ? setting.standard() : found.value().strip();
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  void refuse(Setting setting, String expected) {
    var found = resolved.get(setting);
    var origin = found == null ? "default" : found.origin();
    var shown = found == null ? setting.standard() : found.shown();
    problems.add(origin + ": " + setting.key() + " is `" + shown + "`, expected " + expected);
  }

  private int integer(Setting setting, int min, int max) {
    try {
      var value = Integer.parseInt(text(setting));
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException _) {
      // reported below, like a number out of range
    }
    refuse(setting, "a whole number from " + min + " to " + max);
    return min;
  }

  private double percent(Setting setting) {
    try {
      var value = Double.parseDouble(text(setting));
      if (value > 0 && value <= 100) {
        return value;
      }
    } catch (NumberFormatException _) {
      // reported below
    }
    refuse(setting, "a percentage above 0 up to 100");
    return 100;
  }

  private int slots() {
    if (text(Setting.SLOTS).equals("auto")) {
      return Math.max(1, Runtime.getRuntime().availableProcessors());
    }
    return integer(Setting.SLOTS, 1, 1_000);
  }

  private Duration durationOrNone(Setting setting) {
    return text(setting).equals("0") ? Duration.ZERO : duration(setting);
  }

  private Duration duration(Setting setting) {
    try {
      var value = hocon(text(setting)).getDuration("value");
      if (value.isPositive() && value.toDays() <= 3_650) {
        return value;
      }
    } catch (ConfigException _) {
      // reported below
    }
    refuse(setting, "a duration such as 30s, 5m or 24h");
    return Duration.ofSeconds(1);
  }

  private long bytes(Setting setting) {
    try {
      var value = hocon(text(setting)).getBytes("value");
      if (value >= 1 << 20) {
        return value;
      }
    } catch (ConfigException _) {
      // reported below
    }
    refuse(setting, "a size of at least 1m, such as 512m or 2g");
    return 1 << 20;
  }

  private static com.typesafe.config.Config hocon(String text) {
    return ConfigFactory.empty().withValue("value", ConfigValueFactory.fromAnyRef(text));
  }

  private Settings.Sandbox sandbox() {
    return switch (text(Setting.SANDBOX).toLowerCase(Locale.ROOT)) {
      case "prefer" -> Settings.Sandbox.PREFER;
      case "require" -> Settings.Sandbox.REQUIRE;
      case "off", "false" -> Settings.Sandbox.OFF; // both spellings of no
      default -> {
        refuse(Setting.SANDBOX, "prefer, require or off");
        yield Settings.Sandbox.REQUIRE;
      }
    };
  }

  Path path(Setting setting, Map<String, String> environment) {
    var text = text(setting);
    if (text.startsWith("~/")) {
      text = environment.getOrDefault("HOME", "~") + text.substring(1);
    }
    try {
      if (!text.isEmpty()) {
        return folder.resolve(text).toAbsolutePath().normalize();
      }
    } catch (InvalidPathException _) {
      // reported below
    }
    refuse(setting, "a path");
    return folder;
  }

  private String nodeName(Map<String, String> environment) {
    var name = text(Setting.NODE_NAME);
    if (name.isEmpty()) {
      return environment.getOrDefault("HOSTNAME", "local");
    }
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
      refuse(Setting.NODE_NAME, "letters, digits, dots and dashes, at most 63");
    }
    return name;
  }
}
