package dev.muster.cli.verb;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Every verb and noun by its name.
final class Verbs {
  private static final Map<String, Class<? extends Verb>> BY_NAME = new LinkedHashMap<>();

  static {
    BY_NAME.put("run", Run.class);
    BY_NAME.put("lint", Lint.class);
    BY_NAME.put("plan", Plan.class);
    BY_NAME.put("up", Up.class);
    BY_NAME.put("console", ConsoleVerb.class);
    BY_NAME.put("status", Status.class);
    BY_NAME.put("top", Top.class);
    BY_NAME.put("wait", Wait.class);
    BY_NAME.put("approve", Approve.class);
    BY_NAME.put("reject", Reject.class);
    BY_NAME.put("answer", Answer.class);
    BY_NAME.put("pause", Pause.class);
    BY_NAME.put("resume", Resume.class);
    BY_NAME.put("cancel", Cancel.class);
    BY_NAME.put("retry", Retry.class);
    BY_NAME.put("results", Results.class);
    BY_NAME.put("doctor", Doctor.class);
    BY_NAME.put("init", Init.class);
    BY_NAME.put("completion", Completion.class);
    BY_NAME.put("help", HelpVerb.class);
    BY_NAME.put("version", ShowVersion.class);
    BY_NAME.put("runs", Runs.class);
    BY_NAME.put("workers", Workers.class);
    BY_NAME.put("waves", Waves.class);
    BY_NAME.put("approvals", Approvals.class);
    BY_NAME.put("policy", PolicyVerb.class);
    BY_NAME.put("nodes", Nodes.class);
    BY_NAME.put("models", ModelsVerb.class);
    BY_NAME.put("mcp", McpVerb.class);
    BY_NAME.put("cluster", Cluster.class);
    BY_NAME.put("certs", Certs.class);
    BY_NAME.put("users", UsersVerb.class);
    BY_NAME.put("tokens", TokensVerb.class);
    BY_NAME.put("login", Login.class);
    BY_NAME.put("audit", Audit.class);
    BY_NAME.put("secrets", SecretsVerb.class);
    BY_NAME.put("admin", Admin.class);
    BY_NAME.put("instructions", Instructions.class);
    BY_NAME.put("config", Config.class);
    BY_NAME.put("trust", Trust.class);
    BY_NAME.put("warm-up", WarmUp.class);
  }

  private Verbs() {}

  /// Those that the arguments may mean. Making all of them ready takes longer than what a short
  /// verb does, so the others are left out as long as one is named; help, a mistyped name and
  /// `completion` and `help` need all.
  static Map<String, Class<? extends Verb>> named(List<String> args) {
    if (!Collections.disjoint(args, List.of("completion", "help"))
        || args.stream().noneMatch(BY_NAME::containsKey)) {
      return BY_NAME;
    }
    var named = new LinkedHashMap<>(BY_NAME);
    named.keySet().retainAll(args);
    return named;
  }
}
