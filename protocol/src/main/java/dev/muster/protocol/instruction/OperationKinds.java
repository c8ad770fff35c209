package dev.muster.protocol.instruction;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;

/// The kinds of operation Muster knows, and how much each can do at worst.
///
/// A kind is what a block *says* it does. It can raise the risk of an operation, never lower it
/// below what the declared effects (`writes`, `network`) already amount to: see [#riskOf].
public final class OperationKinds {
  /// What a block is called that declares `writes` and no kind.
  public static final String FILE_WRITE = "file_write";

  /// What a block is called that declares `network` and no kind.
  public static final String NETWORK = "network";

  /// Kinds that `--approve low` never answers, whatever their risk.
  public static final Set<String> ALWAYS_GATED =
      Set.of(
          "docker_stop",
          "docker_remove",
          "docker_rebuild",
          "file_delete",
          "directory_delete",
          "database_change",
          "memory_write",
          "production_deploy",
          "config_change");

  private static final Map<String, Risk> RISKS =
      Map.ofEntries(
          entry("read", Risk.READ_ONLY),
          entry("network_read", Risk.READ_ONLY),
          entry(FILE_WRITE, Risk.WRITE),
          entry(NETWORK, Risk.WRITE),
          entry("publish", Risk.WRITE),
          entry("memory_write", Risk.WRITE),
          entry("file_delete", Risk.WRITE),
          entry("directory_delete", Risk.ADMIN),
          entry("config_change", Risk.ADMIN),
          entry("database_change", Risk.ADMIN),
          entry("docker_stop", Risk.ADMIN),
          entry("docker_remove", Risk.ADMIN),
          entry("docker_rebuild", Risk.ADMIN),
          entry("production_deploy", Risk.ADMIN));

  private OperationKinds() {}

  public static boolean alwaysGated(String kind) {
    return ALWAYS_GATED.contains(kind);
  }

  public static boolean known(String kind) {
    return RISKS.containsKey(kind);
  }

  /// Every kind with its risk, for messages that list them.
  public static Set<String> all() {
    return RISKS.keySet();
  }

  /// The risk of an operation: that of its kind (ADMIN for a kind nobody knows), and at least WRITE
  /// when something becomes writable or the network reachable, because no sandbox can tell a
  /// request that reads from one that writes.
  public static Risk riskOf(String kind, boolean writes, boolean network) {
    var risk = RISKS.getOrDefault(kind, Risk.ADMIN);
    return risk == Risk.READ_ONLY && (writes || network) ? Risk.WRITE : risk;
  }
}
