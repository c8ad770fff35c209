package dev.muster.host.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Everything that can be set, by its name in `muster.conf`. What a folder's own file may set says
/// so here: that file may have come with a repository.
public enum Setting {
  SERVER("server", "", "URL of the node to talk to; empty: the one of the data folder"),
  DATA("data", "", "folder of the journal, the workspaces, the logs and the operator token"),
  DATA_TRUST(
      "data.trust",
      "mark",
      "mark: data folders made here, or adopted; volume: what a container has mounted"),
  RESULTS("results", "out", "folder that receives the results of every run"),
  PORT("port", "7400", "port of the API and the console; 0: any free one", FromFolder.ANY),
  HTTP_HOST("http.host", "127.0.0.1", "address the API listens on"),
  HTTP_NAMES("http.names", "", "more names under which callers reach the API, by commas"),
  HTTP_DOCS("http.docs", "on", "on: a page to read the API's contract in, /api/docs; off: none"),
  HTTP_ORIGINS("http.origins", "", "other sites whose pages may call with a token, by commas"),
  HTTP_FOLDERS(
      "http.folders",
      "",
      "folders that callers who do not administer may name beside the one where the node was"
          + " started, by commas"),
  HTTP_TLS_CERTIFICATE("http.tls.certificate", "", "PEM file of the API's own; empty: plain HTTP"),
  HTTP_TLS_KEY("http.tls.key", "", "PEM file of that certificate's key, PKCS#8"),
  HTTP_TLS_AUTHORITY("http.tls.authority", "", "PEM file of whom callers believe over https"),
  OIDC_ISSUER("oidc.issuer", "", "URL of an OpenID Connect issuer whose tokens count here"),
  OIDC_AUDIENCE("oidc.audience", "", "whom its tokens must be for"),
  OIDC_CLAIM("oidc.claim", "roles", "claim that holds roles or groups; dots lead into objects"),
  OIDC_ROLES("oidc.roles", "", "what its values mean here: muster-ops=operator,boss=admin"),
  WEBHOOK_URL("webhook.url", "", "URL that is told of approvals and of what runs come to"),
  WEBHOOK_KEY_FILE("webhook.key-file", "", "file of the key that signs what it is told"),
  TOKEN_FILE("token-file", "", "file of the operator token; empty: <data>/operator.token"),
  NODE_NAME("node.name", "", "name of this node; empty: the host's"),
  NODE_LABELS("node.labels", "", "what this node offers workers, by commas: docker,python3"),
  ROLE("role", "both", "orchestrator, worker or both"),
  SEEDS("cluster.seeds", "", "nodes to join by, as host:port, by commas; needs PostgreSQL"),
  CLUSTER_HOST("cluster.host", "127.0.0.1", "name or address under which other nodes reach this"),
  CLUSTER_PORT("cluster.port", "auto", "port for other nodes; auto: 7410, any free one with H2"),
  CLUSTER_BIND_HOST("cluster.bind-host", "", "address to listen on; empty: cluster.host"),
  TLS_CERTIFICATE("cluster.tls.certificate", "", "PEM file; empty: keys from the shared database"),
  TLS_KEY("cluster.tls.key", "", "PEM file of the certificate's key, PKCS#8"),
  TLS_AUTHORITY("cluster.tls.authority", "", "PEM file of who signs the nodes' certificates"),
  SHUTDOWN_GRACE("shutdown.grace", "30s", "how long running attempts may go on at a stop"),
  FILES("files", "shared", "shared: every node sees the same folders; database: files travel"),
  ARTIFACTS("artifacts", "", "folder of the artifacts; empty: <data>/artifacts"),
  SLOTS("slots", "auto", "attempts carried out at once; auto: one per processor", FromFolder.LESS),
  CPU_PERCENT(
      "headroom.cpu-percent",
      "80",
      "no more work at or above this use of the processors",
      FromFolder.LESS),
  MEMORY_PERCENT(
      "headroom.memory-percent",
      "85",
      "no more work at or above this use of memory",
      FromFolder.LESS),
  DISK_PERCENT(
      "headroom.disk-percent",
      "90",
      "no more work at or above this use of the disk",
      FromFolder.LESS),
  SANDBOX("sandbox", "prefer", "prefer, require or off", FromFolder.LESS),
  WORKER_MEMORY_MAX("worker.memory-max", "1g", "memory one command may use", FromFolder.LESS),
  WORKER_PROCESSES_MAX(
      "worker.processes-max", "256", "processes one command may have at once", FromFolder.LESS),
  WORKER_WORKSPACE_MAX("worker.workspace-max", "4g", "disk one workspace may use", FromFolder.LESS),
  WORKER_FILES_MAX(
      "worker.files-max", "100000", "files and folders one workspace may hold", FromFolder.LESS),
  PATHS("paths", "", "absolute paths at which scripts find their workspace, too, by commas"),
  ENVIRONMENTS(
      "environments",
      "",
      "folders of prepared languages (a venv, one with node_modules), by commas: read-only in every"
          + " step, before the system's"),
  APPROVAL_WAIT_MAX(
      "approval.wait-max", "24h", "how long an operation waits for a decision", FromFolder.ANY),
  WRITE_OUTSIDE(
      "approvals.write-outside",
      "",
      "folders outside the target that a permit may open, by commas"),
  APPROVALS_REQUIRED(
      "approvals.required", "", "people who must approve, by kind, risk or any: admin=2; empty: 1"),
  APPROVALS_OWN("approvals.own", "owner", "who may approve their own question: owner or never"),
  ATTEMPTS_MAX("attempts-max", "3", "tries of a worker before it has failed", FromFolder.ANY),
  BACKOFF_MIN(
      "backoff.min",
      "1s",
      "pause before the second try; doubles with each further one",
      FromFolder.ANY),
  BACKOFF_MAX("backoff.max", "1m", "longest pause between two tries", FromFolder.ANY),
  AGENTS_TURNS_MAX(
      "agents.turns-max", "100", "answers of models that one worker may have", FromFolder.LESS),
  AGENTS_TOKENS_MAX(
      "agents.tokens-max",
      "",
      "tokens that one worker may read and write; empty: no limit",
      FromFolder.LESS),
  AGENTS_COST_MAX(
      "agents.cost-max", "", "dollars that one worker may spend; empty: no limit", FromFolder.LESS),
  AGENTS_TIME_MAX(
      "agents.time-max",
      "",
      "time of models and tools for one worker; empty: its file's alone",
      FromFolder.LESS),
  AGENTS_REPAIRS_MAX(
      "agents.repairs-max",
      "3",
      "how often one attempt is told what its tests said",
      FromFolder.LESS),
  AGENTS_WAVE_TURNS_MAX(
      "agents.wave.turns-max",
      "",
      "answers of models that all agents of one wave may have; empty: no limit",
      FromFolder.LESS),
  AGENTS_WAVE_TOKENS_MAX(
      "agents.wave.tokens-max",
      "",
      "tokens that all agents of one wave may read and write; empty: no limit",
      FromFolder.LESS),
  AGENTS_WAVE_COST_MAX(
      "agents.wave.cost-max",
      "",
      "dollars that all agents of one wave may spend; empty: no limit",
      FromFolder.LESS),
  AGENTS_WAVE_TIME_MAX(
      "agents.wave.time-max",
      "",
      "time of models and tools for all agents of one wave, added up; empty: no limit",
      FromFolder.LESS),
  AGENTS_RUN_TURNS_MAX(
      "agents.run.turns-max",
      "",
      "answers of models that all agents of one run may have; empty: no limit",
      FromFolder.LESS),
  AGENTS_RUN_TOKENS_MAX(
      "agents.run.tokens-max",
      "",
      "tokens that all agents of one run may read and write; empty: no limit",
      FromFolder.LESS),
  AGENTS_RUN_COST_MAX(
      "agents.run.cost-max",
      "",
      "dollars that all agents of one run may spend; empty: no limit",
      FromFolder.LESS),
  AGENTS_RUN_TIME_MAX(
      "agents.run.time-max",
      "",
      "time of models and tools for all agents of one run, added up; empty: no limit",
      FromFolder.LESS),
  AGENTS_AT_LIMIT("agents.at-limit", "fail", "fail, or ask whether as much again may be used"),
  AGENTS_WAITING("agents.waiting", "on", "on: wait while every model is used up; off: fail"),
  AGENTS_IN_FLIGHT_MAX(
      "agents.in-flight-max",
      "256",
      "agents under way on a node beside those in its slots",
      FromFolder.LESS),
  AGENTS_SESSIONS_OPEN_MAX(
      "agents.sessions.open-max",
      "8",
      "sessions with a second model that one agent may have at once",
      FromFolder.LESS),
  AGENTS_SESSIONS_IDLE_MAX(
      "agents.sessions.idle-max",
      "30m",
      "how long nobody speaks in a session until it is closed",
      FromFolder.LESS),
  AGENTS_SESSIONS_ANSWER_MAX(
      "agents.sessions.answer-max",
      "60s",
      "how long an answer in a session is waited for",
      FromFolder.LESS),
  AGENTS_ROOM_ROUNDS_MAX(
      "agents.room.rounds-max", "50", "questions in the room of one wave", FromFolder.LESS),
  AGENTS_SPAWN_DEPTH_MAX(
      "agents.spawn.depth-max",
      "2",
      "sub-workers below one another; 0: none are spawned",
      FromFolder.LESS),
  AGENTS_SPAWN_PER_WORKER_MAX(
      "agents.spawn.per-worker-max", "4", "sub-workers that one worker may have", FromFolder.LESS),
  AGENTS_SPAWN_PER_RUN_MAX(
      "agents.spawn.per-run-max", "64", "sub-workers that one run may have", FromFolder.LESS),
  AGENTS_STALL_SAME_CALLS(
      "agents.stall.same-calls",
      "3",
      "the same call with the same outcome, in a row, that is no progress",
      FromFolder.LESS),
  AGENTS_STALL_SAME_ERRORS(
      "agents.stall.same-errors", "4", "the same error in a row", FromFolder.LESS),
  AGENTS_STALL_TALKS("agents.stall.talks", "3", "turns in a row without any call", FromFolder.LESS),
  AGENTS_STALL_EMPTY_TURNS(
      "agents.stall.empty-turns", "2", "turns in a row without a word either", FromFolder.LESS),
  AGENTS_STALL_PING_PONGS(
      "agents.stall.ping-pongs",
      "3",
      "how often two calls take turns with the same outcomes",
      FromFolder.LESS),
  KEEP_COMPLETED(
      "keep.workspaces-completed", "1d", "how long workspaces stay; 0: not beyond the run"),
  KEEP_FAILED("keep.workspaces-failed", "14d", "the same, of workers that did not complete"),
  KEEP_RUNS("keep.runs", "", "delete runs that ended so long ago: 30d; empty: none, ever"),
  KEEP_RUNS_STATES(
      "keep.runs-states", "any", "only those that ended so: completed,failed; tagged keep: none"),
  KEEP_UNNAMED("keep.unnamed", "24h", "how long contents stay that no run names; 2h or more"),
  SECRETS_KEY_FILE(
      "secrets.key-file",
      "",
      "file of the key of secrets; empty: secrets.key beside the user's file"),
  SECRETS_KEY("secrets.key", "", "that key itself, 64 hexadecimal digits; never a flag"),
  DATABASE_URL("database.url", "", "JDBC URL of PostgreSQL; empty: H2 in the data folder"),
  DATABASE_USER("database.user", "", "user of the database"),
  DATABASE_PASSWORD("database.password", "", "password of the database; never a flag");

  private final String key;
  private final String standard;
  private final String description;
  private final FromFolder fromFolder;

  /// What the file of a folder that is not trusted may do with a setting.
  public enum FromFolder {
    NOTHING,
    /// Set it to no more than what holds otherwise, or the sandbox to no less.
    LESS,
    ANY
  }

  Setting(String key, String standard, String description) {
    this(key, standard, description, FromFolder.NOTHING);
  }

  Setting(String key, String standard, String description, FromFolder fromFolder) {
    this.key = key;
    this.standard = standard;
    this.description = description;
    this.fromFolder = fromFolder;
  }

  public String key() {
    return key;
  }

  /// The value that holds when nobody sets another.
  public String standard() {
    return standard;
  }

  public String description() {
    return description;
  }

  public FromFolder fromFolder() {
    return fromFolder;
  }

  /// `headroom.cpu-percent` is `MUSTER_HEADROOM_CPU_PERCENT` in the environment.
  public String variable() {
    return "MUSTER_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /// How a command line names it, where a command takes it.
  public String flag() {
    return switch (this) {
      case SEEDS -> "--seed";
      case DATABASE_URL -> "--db";
      default -> "--" + key;
    };
  }

  /// Secrets are shown as `***` and have no flag.
  public boolean secret() {
    return this == DATABASE_PASSWORD || this == SECRETS_KEY;
  }

  public static @Nullable Setting ofKey(String key) {
    for (var setting : values()) {
      if (setting.key.equals(key)) {
        return setting;
      }
    }
    return null;
  }
}
