package dev.muster.orchestrator.placement;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// How often in a row each shard was seen without an attempt on the same node. Pure.
///
/// One look is not enough: a node's report is a second old, and an attempt may have begun since.
record IdleShards(Map<String, Seen> seen) {
  static final IdleShards NONE = new IdleShards(Map.of());

  static final int LOOKS = 3;

  IdleShards {
    seen = Map.copyOf(seen);
  }

  record Seen(String address, int looks) {}

  IdleShards look(Collection<Host> hosts) {
    var next = new HashMap<String, Seen>();
    for (var host : hosts) {
      if (host.node().silent()) continue;
      for (var shard : host.shards()) {
        if (host.node().isBusy(shard)) continue;
        var before = seen.get(shard);
        var looks = before != null && before.address().equals(host.address()) ? before.looks() : 0;
        next.put(shard, new Seen(host.address(), looks + 1));
      }
    }
    return new IdleShards(next);
  }

  boolean isIdle(String shard) {
    var it = seen.get(shard);
    return it != null && it.looks() >= LOOKS;
  }
}
