package dev.muster.cli.verb;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One command as people type it, for the help of every verb.
final class Examples {
  private static final Map<String, String> OF_VERB =
      Map.ofEntries(
          Map.entry("run", "muster run instructions/hello --approve low"),
          Map.entry("lint", "muster lint instructions/hello --strict"),
          Map.entry("plan", "muster plan instructions/audit --only wave=1"),
          Map.entry("up", "muster up --port 7500"),
          Map.entry("status", "muster status -o json"),
          Map.entry("top", "muster top"),
          Map.entry("wait", "muster wait last/WORKER_014 --for completed --timeout 5m"),
          Map.entry("approve", "muster approve --all --run last"),
          Map.entry("reject", "muster reject ID --reason 'not on a Friday'"),
          Map.entry("pause", "muster pause last"),
          Map.entry("resume", "muster resume"),
          Map.entry("cancel", "muster cancel last --worker WORKER_014"),
          Map.entry("retry", "muster retry last --worker WORKER_014"),
          Map.entry("results", "muster results last/WORKER_014"),
          Map.entry("doctor", "muster doctor -o jsonl"),
          Map.entry("init", "muster init instructions/mine"),
          Map.entry("completion", "source <(muster completion bash)"),
          Map.entry("version", "muster version -o name"),
          Map.entry("runs", "muster runs list"),
          Map.entry("runs list", "muster runs list --state failed,held --since 2h"),
          Map.entry("runs show", "muster runs show last"),
          Map.entry("runs delete", "muster runs delete last"),
          Map.entry("runs prune", "muster runs prune --older-than 30d --keep 20 --dry-run"),
          Map.entry("runs events", "muster runs events last -f -o jsonl"),
          Map.entry("workers", "muster workers list last"),
          Map.entry("workers list", "muster workers list last --filter 'state:FAILED wave:2'"),
          Map.entry("workers show", "muster workers show last/WORKER_014"),
          Map.entry("workers log", "muster workers log last/WORKER_014 --attempt 1 -n 50"),
          Map.entry("workers events", "muster workers events last/WORKER_014"),
          Map.entry("waves", "muster waves list last"),
          Map.entry("waves list", "muster waves list last -o jsonl"),
          Map.entry("waves launch", "muster waves launch last 3"),
          Map.entry("approvals", "muster approvals list"),
          Map.entry("approvals list", "muster approvals list --state all --run last"),
          Map.entry("approvals show", "muster approvals show ID"),
          Map.entry("nodes", "muster nodes list"),
          Map.entry("nodes list", "muster nodes list -o wide"),
          Map.entry("nodes drain", "muster nodes drain worker-1"),
          Map.entry("nodes uncordon", "muster nodes uncordon worker-1"),
          Map.entry("cluster", "muster cluster up --workers 3"),
          Map.entry("cluster up", "muster cluster up --workers 3"),
          Map.entry("cluster status", "muster cluster status"),
          Map.entry("cluster kill", "muster cluster kill worker-1"),
          Map.entry("cluster restart", "muster cluster restart worker-1"),
          Map.entry("cluster down", "muster cluster down"),
          Map.entry("certs", "muster certs create certs node-a=node-a.example"),
          Map.entry("certs create", "muster certs create certs node-a=node-a.example,10.0.0.5"),
          Map.entry("certs renew", "muster certs renew certs"),
          Map.entry("users", "muster users list"),
          Map.entry("users add", "muster users add alice --role operator --role approver"),
          Map.entry("users list", "muster users list"),
          Map.entry("users disable", "muster users disable alice"),
          Map.entry("users enable", "muster users enable alice"),
          Map.entry("users passwd", "muster users passwd alice"),
          Map.entry("tokens", "muster tokens list"),
          Map.entry("tokens create", "muster tokens create ci --role operator --days 90"),
          Map.entry("tokens list", "muster tokens list"),
          Map.entry("tokens revoke", "muster tokens revoke ID"),
          Map.entry("login", "muster login --server https://muster.example:7400 --user alice"),
          Map.entry("secrets", "muster secrets list"),
          Map.entry("secrets set", "muster secrets set DEPLOY_KEY"),
          Map.entry("secrets list", "muster secrets list"),
          Map.entry("secrets delete", "muster secrets delete DEPLOY_KEY"),
          Map.entry("audit", "muster audit verify"),
          Map.entry("audit list", "muster audit list -n 20 -o wide"),
          Map.entry("audit verify", "muster audit verify"),
          Map.entry("admin", "muster admin readers"),
          Map.entry("admin readers", "muster admin readers"),
          Map.entry("admin rebuild", "muster admin rebuild runs"),
          Map.entry("instructions format", "muster instructions format limits"),
          Map.entry("instructions", "muster instructions check WORKER_001_List.md"),
          Map.entry("instructions check", "muster instructions check WORKER_001_List.md"),
          Map.entry("config", "muster config view"),
          Map.entry("config view", "muster config view --origin"),
          Map.entry("trust", "muster trust --list"));

  private Examples() {}

  /// @param verb as it is typed, such as `runs list`
  static @Nullable String of(String verb) {
    return OF_VERB.get(verb);
  }
}
