package dev.muster.orchestrator.api.stream;

import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.api.identity.Authority;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.orchestrator.usecase.RunLookup;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What somebody wants to hear of.
///
/// @param run null for all
/// @param resumeAfter the id of the last event that was seen; -1 for a snapshot
record Wanted(Set<Topic> topics, @Nullable String run, long resumeAfter) {
  Wanted {
    topics = Set.copyOf(topics);
  }

  /// @param topics none for all that there are, but the journal
  /// @param after the id of an event as it was told; null for a snapshot
  /// @throws ProblemException for what there is not, or what is not for this caller
  static Wanted of(
      Api api,
      RunLookup lookup,
      Principal by,
      Collection<String> topics,
      @Nullable String run,
      @Nullable String after) {
    if (run != null) lookup.existing(run);
    if (by.workforce() != null) onlyItsOwn(api, by, run);
    return new Wanted(topics(topics, run), run, after == null ? -1 : seen(after));
  }

  /// Whoever is kept to one workforce follows one run of it at a time.
  private static void onlyItsOwn(Api api, Principal by, @Nullable String run) {
    if (run == null) {
      throw ProblemException.of(
          403,
          "other-workforces",
          "expected the parameter run, since %s is for the workforce %s only"
              .formatted(by.name(), by.workforce()));
    }
    if (!new Authority(api).seesRun(by, run)) throw RunLookup.unknownRun(run);
  }

  private static Set<Topic> topics(Collection<String> wanted, @Nullable String run) {
    if (wanted.isEmpty()) {
      var all = EnumSet.of(Topic.RUNS, Topic.APPROVALS, Topic.NODES);
      if (run != null) all.add(Topic.WORKERS);
      return all;
    }
    var topics = EnumSet.noneOf(Topic.class);
    for (var name : wanted) {
      try {
        topics.add(Topic.valueOf(name.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException _) {
        throw ProblemException.of(
            400,
            "unknown-topic",
            "expected topics of runs, workers, approvals, nodes, journal; found " + name);
      }
    }
    return topics;
  }

  private static long seen(String id) {
    if (id.matches("[0-9]{1,18}")) return Long.parseLong(id);
    throw ProblemException.of(
        400, "invalid-event-id", "expected the id of an earlier event, found " + id);
  }
}
