package dev.muster.host.settings;

import dev.muster.node.sandbox.SandboxLimits;
import dev.muster.orchestrator.journal.collection.Collector;
import dev.muster.orchestrator.journal.storage.DatabaseUrl;
import dev.muster.orchestrator.usecase.RunRetention;
import dev.muster.protocol.RetryPolicy;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.run.RunPhase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts the settings together from the texts that were found.
final class SettingsCheck {
  /// 1 to 65535.
  private static final String PORT =
      "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6([0-4][0-9]{3}|5([0-4][0-9]{2}|5([0-2][0-9]|3[0-5]))))";

  private static final int CLUSTER_PORT_STANDARD = 7_410;

  private final SettingTexts texts;
  private final List<String> problems;

  private SettingsCheck(SettingTexts texts, List<String> problems) {
    this.texts = texts;
    this.problems = problems;
  }

  /// Null when there are problems.
  static @Nullable Settings check(
      Map<Setting, Resolved> resolved,
      Named named,
      Settings.Outside outside,
      SettingsSources sources,
      List<String> problems) {
    var check = new SettingsCheck(new SettingTexts(resolved, sources.folder(), problems), problems);
    var settings = check.settings(named, outside, sources.environment());
    return problems.isEmpty() ? settings : null;
  }

  private Settings settings(
      Named named, Settings.Outside outside, Map<String, String> environment) {
    var data = texts.path(Setting.DATA, environment);
    var database = database();
    return new Settings(
        SettingTexts.emptyToNull(texts.text(Setting.SERVER)),
        data,
        texts.choice(Setting.DATA_TRUST, Settings.DataTrust.class),
        texts.path(Setting.RESULTS, environment),
        texts.integer(Setting.PORT, 0, 65_535),
        nodeName(environment),
        slots(),
        new HeadroomLimits(
            texts.percent(Setting.CPU_PERCENT),
            texts.percent(Setting.MEMORY_PERCENT),
            texts.percent(Setting.DISK_PERCENT)),
        sandbox(),
        new Settings.WorkerLimits(
            texts.bytes(Setting.WORKER_MEMORY_MAX),
            texts.integer(Setting.WORKER_PROCESSES_MAX, 1, 1_000_000),
            texts.bytes(Setting.WORKER_WORKSPACE_MAX),
            texts.integer(Setting.WORKER_FILES_MAX, 100, 100_000_000),
            paths(environment),
            environments(environment)),
        texts.duration(Setting.APPROVAL_WAIT_MAX),
        texts.integer(Setting.ATTEMPTS_MAX, 1, 100),
        backoff(),
        new Settings.Keep(
            texts.durationOrNone(Setting.KEEP_COMPLETED),
            texts.durationOrNone(Setting.KEEP_FAILED),
            texts.duration(Setting.KEEP_UNNAMED, Collector.Limits.GRACE_MIN),
            retention()),
        database,
        new ServingCheck(texts, environment).http(data, named),
        cluster(database, data, environment),
        writeOutside(environment),
        new ServingCheck(texts, environment).secrets(),
        named.models(),
        new AgentsCheck(texts).agents(),
        outside,
        texts.shown());
  }

  /// An hour at least, since nobody means the run that has just ended.
  private RunRetention.@Nullable Policy retention() {
    var ends = Stream.of(RunPhase.values()).filter(RunPhase::finished).toList();
    var known = ends.stream().map(SettingsCheck::word).collect(Collectors.joining("|"));
    var named =
        texts.list(
            Setting.KEEP_RUNS_STATES, "any|" + known, "any, or of " + known.replace('|', ','));
    if (texts.text(Setting.KEEP_RUNS).isEmpty()) return null;
    var age = texts.duration(Setting.KEEP_RUNS, Duration.ofHours(1));
    var any = named.isEmpty() || named.contains("any");
    var states = ends.stream().filter(it -> any || named.contains(word(it)));
    return new RunRetention.Policy(age, states.collect(Collectors.toSet()));
  }

  private static String word(RunPhase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  private List<Path> writeOutside(Map<String, String> environment) {
    var folders = OutsideFolders.of(texts.text(Setting.WRITE_OUTSIDE), environment);
    if (folders == null) texts.refuse(Setting.WRITE_OUTSIDE, "absolute folders, but not the root");
    return folders == null ? List.of() : folders;
  }

  /// Nothing that programs need may be covered.
  private List<Path> paths(Map<String, String> environment) {
    var paths = OutsideFolders.of(texts.text(Setting.PATHS), environment);
    if (paths != null && paths.stream().allMatch(SandboxLimits::mayBeWorkspace)) return paths;
    texts.refuse(
        Setting.PATHS, "absolute paths of two names at least, and none of the system's own");
    return List.of();
  }

  private List<Path> environments(Map<String, String> environment) {
    var folders = OutsideFolders.of(texts.text(Setting.ENVIRONMENTS), environment);
    if (folders != null && folders.stream().allMatch(Files::isDirectory)) return folders;
    texts.refuse(Setting.ENVIRONMENTS, "absolute folders that are there, but not the root");
    return List.of();
  }

  private RetryPolicy backoff() {
    var min = texts.duration(Setting.BACKOFF_MIN);
    var max = texts.duration(Setting.BACKOFF_MAX);
    if (min.compareTo(max) <= 0) return new RetryPolicy(min, max);
    texts.refuse(
        Setting.BACKOFF_MIN, "at most backoff.max (" + texts.text(Setting.BACKOFF_MAX) + ")");
    return new RetryPolicy(max, max);
  }

  private Settings.Database database() {
    var url = SettingTexts.emptyToNull(texts.text(Setting.DATABASE_URL));
    var problem = url == null ? null : DatabaseUrl.problem(url);
    if (url != null && url.toLowerCase(Locale.ROOT).contains("password=")) {
      problems.add(
          "database.url holds a password, which others could read; put it into "
              + Setting.DATABASE_PASSWORD.variable());
    } else if (problem != null) {
      texts.refuse(Setting.DATABASE_URL, problem);
    }
    return new Settings.Database(
        url, texts.text(Setting.DATABASE_USER), texts.text(Setting.DATABASE_PASSWORD));
  }

  private Settings.Cluster cluster(
      Settings.Database database, Path data, Map<String, String> environment) {
    var role = texts.choice(Setting.ROLE, Settings.Role.class);
    var seeds = texts.list(Setting.SEEDS, "[A-Za-z0-9._-]{1,253}:" + PORT, "host:port");
    if (!database.isServer() && (role != Settings.Role.BOTH || !seeds.isEmpty())) {
      problems.add(
          "several nodes need a PostgreSQL server they share, but database.url is %s; set it with %s jdbc:postgresql://host:5432/muster or %s"
              .formatted(
                  database.url() == null ? "not set" : "`" + database.url() + "`",
                  Setting.DATABASE_URL.flag(),
                  Setting.DATABASE_URL.variable()));
    }
    var host = texts.text(Setting.CLUSTER_HOST);
    var bindHost = SettingTexts.emptyToNull(texts.text(Setting.CLUSTER_BIND_HOST));
    var labels =
        texts.list(Setting.NODE_LABELS, "[a-z0-9][a-z0-9._-]{0,30}", "labels of a-z and 0-9");
    return new Settings.Cluster(
        role,
        seeds,
        host,
        clusterPort(database),
        bindHost == null ? host : bindHost,
        labels.stream().distinct().sorted().toList(),
        texts.duration(Setting.SHUTDOWN_GRACE),
        texts.choice(Setting.FILES, Settings.FileSharing.class),
        texts.pathOr(Setting.ARTIFACTS, data.resolve("artifacts"), environment),
        tls(environment));
  }

  private Settings.@Nullable Tls tls(Map<String, String> environment) {
    var all = List.of(Setting.TLS_CERTIFICATE, Setting.TLS_KEY, Setting.TLS_AUTHORITY);
    var missing = all.stream().filter(setting -> texts.text(setting).isEmpty()).toList();
    if (missing.size() == all.size()) return null;
    missing.forEach(
        setting -> texts.refuse(setting, "a file, as the other two of cluster.tls are set"));
    if (!missing.isEmpty()) return null;
    return new Settings.Tls(
        texts.path(Setting.TLS_CERTIFICATE, environment),
        texts.path(Setting.TLS_KEY, environment),
        texts.path(Setting.TLS_AUTHORITY, environment));
  }

  private int clusterPort(Settings.Database database) {
    if (!texts.text(Setting.CLUSTER_PORT).equals("auto")) {
      return texts.integer(Setting.CLUSTER_PORT, 0, 65_535);
    }
    return database.isServer() ? CLUSTER_PORT_STANDARD : 0;
  }

  private int slots() {
    if (texts.text(Setting.SLOTS).equals("auto")) {
      return Math.max(1, Runtime.getRuntime().availableProcessors());
    }
    return texts.integer(Setting.SLOTS, 1, 1_000);
  }

  private Settings.Sandbox sandbox() {
    return switch (texts.text(Setting.SANDBOX).toLowerCase(Locale.ROOT)) {
      case "prefer" -> Settings.Sandbox.PREFER;
      case "require" -> Settings.Sandbox.REQUIRE;
      case "off", "false" -> Settings.Sandbox.OFF; // both spellings of no
      default -> {
        texts.refuse(Setting.SANDBOX, "prefer, require or off");
        yield Settings.Sandbox.REQUIRE;
      }
    };
  }

  private String nodeName(Map<String, String> environment) {
    var name = texts.text(Setting.NODE_NAME);
    if (name.isEmpty()) {
      return environment.getOrDefault("HOSTNAME", "local");
    }
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
      texts.refuse(Setting.NODE_NAME, "letters, digits, dots and dashes, at most 63");
    }
    return name;
  }
}
