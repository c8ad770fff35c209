package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.Handover;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Names what is handed to each worker, and has it stored before anybody is told the name. What a
/// worker hands on is named once, however many rest on it; after a recovery once more.
final class Inheritance {
  private final Consumer<Map<String, Handover>> store;

  /// Digests by worker. Only of those that are done, with all that they rest on, and therefore true
  /// until a retry opens some of them again.
  private final Map<String, String> handedOn = new HashMap<>();

  /// Digests by worker, of those under way: they are told again every 10 s.
  private final Map<String, String> handedTo = new HashMap<>();

  /// @param store by digest, before it returns
  Inheritance(Consumer<Map<String, Handover>> store) {
    this.store = store;
  }

  /// Digests by worker; those that rest on nobody have none, and nobody in a rehearsal, where
  /// nothing is delivered. Blocks when something is to be stored.
  Map<String, String> of(Carried state, Collection<Member> members) {
    if (state.created().settings().rehearse()) return Map.of();
    var names = new Names(state);
    var digests = new HashMap<String, String>();
    for (var member : members) {
      if (restsOnNobody(state, member.id())) continue;
      var known = handedTo.get(member.id());
      digests.put(member.id(), known == null ? names.handedTo(member.id()) : known);
    }
    names.store();
    return digests;
  }

  private static boolean restsOnNobody(Carried state, String worker) {
    return state.subs().get(worker) == null && state.dependencies().directly(worker).isEmpty();
  }

  @Nullable String of(Carried state, Member member) {
    return of(state, List.of(member)).get(member.id());
  }

  void settled(String worker) {
    handedTo.remove(worker);
  }

  void reopened() {
    handedOn.clear();
    handedTo.clear();
  }

  /// What has no name yet.
  private final class Names {
    private final Carried state;
    private final Map<String, Handover> fresh = new LinkedHashMap<>();

    /// By worker; whoever is rested on comes before those that rest on him.
    private final Map<String, String> on = new LinkedHashMap<>();

    private final Map<String, String> to = new HashMap<>();

    Names(Carried state) {
      this.state = state;
    }

    String handedTo(String worker) {
      var sub = state.subs().get(worker);
      if (sub == null) return handed(worker, fromDependencies(worker));
      // What its parent gave it goes before what its parent was given.
      var given = new Handover(sub.parent(), sub.inputs(), above(sub.parent()));
      return handed(worker, List.of(name(given)));
    }

    private List<String> above(String parent) {
      var sub = state.subs().get(parent);
      if (sub == null) return fromDependencies(parent);
      return List.of(name(new Handover(sub.parent(), sub.inputs(), above(sub.parent()))));
    }

    private String handed(String worker, List<String> from) {
      var digest = name(new Handover(worker, List.of(), from));
      to.put(worker, digest);
      return digest;
    }

    private List<String> fromDependencies(String worker) {
      var open = new ArrayDeque<>(state.dependencies().directly(worker));
      while (!open.isEmpty()) {
        var next = open.peek();
        var unnamed = unnamedBefore(next);
        unnamed.forEach(open::push);
        if (!unnamed.isEmpty()) continue;
        open.pop();
        if (!isNamed(next)) on.put(next, name(state.member(next)));
      }
      return from(worker);
    }

    private List<String> unnamedBefore(String worker) {
      if (isNamed(worker)) return List.of();
      return state.dependencies().directly(worker).stream().filter(it -> !isNamed(it)).toList();
    }

    private boolean isNamed(String worker) {
      return handedOn.containsKey(worker) || on.containsKey(worker);
    }

    private String name(Member done) {
      return name(new Handover(done.id(), done.artifacts(), from(done.id())));
    }

    private String name(Handover handover) {
      var digest = Sha256.of(EventCodec.encode(handover));
      fresh.put(digest, handover);
      return digest;
    }

    private List<String> from(String worker) {
      return state.dependencies().directly(worker).stream().map(this::nameOf).toList();
    }

    private String nameOf(String worker) {
      var known = handedOn.get(worker);
      return known == null ? on.getOrDefault(worker, "") : known;
    }

    private boolean lasts(String worker) {
      return handedOn.keySet().containsAll(state.dependencies().directly(worker));
    }

    void store() {
      if (fresh.isEmpty()) return;
      store.accept(fresh);
      on.forEach((worker, digest) -> {
        if (state.member(worker).satisfied() && lasts(worker)) handedOn.put(worker, digest);
      });
      to.forEach((worker, digest) -> {
        if (lasts(worker)) handedTo.put(worker, digest);
      });
    }
  }
}
