package dev.muster.host.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueType;
import dev.muster.node.sql.SqlSource;
import dev.muster.node.sql.SqlSource.Limits;
import dev.muster.orchestrator.journal.storage.DatabaseUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `agents { sql { NAME {…} } }` of the user's own file, as [McpReader] does its own.
record SqlReader(Map<String, String> environment, List<String> problems) {
  static final String KEY = "agents.sql";

  private static final Set<String> KEYS =
      Set.of("url", "user", "password", "rows-max", "chars-max", "time-max");
  private static final String SERVER = "jdbc:postgresql:";
  private static final Duration TIME_LONGEST = Duration.ofMinutes(2);

  List<SqlSource> read(Config config) {
    var sources = new ArrayList<SqlSource>();
    if (!config.hasPath(KEY)) return sources;
    if (config.getValue(KEY).valueType() != ConfigValueType.OBJECT) {
      problems.add(KEY + ": expected { NAME { url = \"jdbc:postgresql://HOST/DATABASE\", … } }");
      return sources;
    }
    var all = new ConfigPart(config, "agents", problems);
    for (var name : all.names("sql")) {
      var source = source(name, all.part("sql", name));
      if (source != null) sources.add(source);
    }
    return sources;
  }

  private @Nullable SqlSource source(String name, ConfigPart part) {
    var before = problems.size();
    part.knows(KEYS);
    var url = part.text("url", "");
    var problem = problem(url);
    if (problem != null) part.expected("url", problem);
    var user = part.has("user") ? part.text("user", "") : null;
    var password = new KeyReader(environment, part).read("password");
    var standard = Limits.STANDARD;
    var limits =
        new Limits(
            part.integer("rows-max", standard.rowsMax(), 1, 10_000),
            part.integer("chars-max", standard.charsMax(), 1_000, 30_000),
            part.duration("time-max", standard.timeMax(), TIME_LONGEST));
    if (limits.timeMax().toMillis() < 100) part.expected("time-max", "100ms or more");
    return problems.size() > before ? null : new SqlSource(name, url, user, password, limits);
  }

  /// An embedded database would run in the node, with whatever code its file brings.
  private static @Nullable String problem(String url) {
    return url.startsWith(SERVER)
        ? DatabaseUrl.problem(url)
        : "a server of PostgreSQL, such as jdbc:postgresql://HOST:5432/DATABASE; an embedded"
            + " database would run its file's own code inside the node";
  }

  /// Whether a key of a file is read here.
  static boolean isOurs(String key) {
    return key.equals(KEY) || key.startsWith(KEY + ".");
  }
}
