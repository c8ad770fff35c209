package dev.muster.cli.client;

import dev.muster.client.Api;
import dev.muster.client.Fetched;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.protocol.view.Approval;
import dev.muster.protocol.view.RunView;
import java.util.List;
import java.util.regex.Pattern;

/// What operators type for a run, a worker or an approval: the whole id, a beginning that only one
/// has, or `last`.
public final class References {
  private static final int NAMED_MAX = 8;

  /// What is looked for in ids; anything else would be a filter of another kind.
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_]+");

  private final Api api;

  public References(Api api) {
    this.api = api;
  }

  /// A worker, named with its run.
  public record WorkerRef(String run, String worker) {}

  /// As it is now, with what it waits for.
  ///
  /// @throws Refusal when there is none, or more than one
  public Fetched<RunView> run(String typed) {
    if (typed.equals("last")) {
      var newest = api.newestRun().orElseThrow(() -> noRun("there is no run yet"));
      return api.run(newest.view().id());
    }
    try {
      return api.run(typed);
    } catch (Refusal refusal) {
      if (refusal.exitCode() != Exit.NOT_FOUND) throw refusal;
    }
    var found = beginningWith(typed);
    if (found.isEmpty()) throw noRun("there is no run " + typed);
    if (found.size() > 1) throw ambiguous(typed, found);
    return api.run(found.getFirst());
  }

  /// Ids, as many as are named and one more.
  private List<String> beginningWith(String typed) {
    if (!WORD.matcher(typed).matches()) return List.of();
    return api.runs(typed)
        .map(run -> run.view().id())
        .filter(id -> id.startsWith(typed) || id.startsWith("run_" + typed))
        .limit(NAMED_MAX + 1L)
        .toList();
  }

  /// @param typed `RUN/WORKER_014`, or `WORKER_014` of the given run
  public WorkerRef worker(String typed, String run) {
    var slash = typed.lastIndexOf('/');
    var ofRun = slash < 0 ? run : typed.substring(0, slash);
    return new WorkerRef(run(ofRun).view().id(), typed.substring(slash + 1));
  }

  /// @throws Refusal when there is none, or more than one
  public Fetched<Approval> approval(String typed) {
    try {
      return api.approval(typed);
    } catch (Refusal refusal) {
      if (refusal.exitCode() != Exit.NOT_FOUND) {
        throw refusal;
      }
    }
    var found =
        api.approvals(null, null)
            .filter(approval -> approval.view().id().startsWith(typed))
            .toList();
    if (found.isEmpty()) {
      throw new Refusal(
          Exit.NOT_FOUND, "there is no approval " + typed, "see: `muster approvals list`");
    }
    if (found.size() > 1) {
      throw ambiguous(typed, found.stream().map(approval -> approval.view().id()).toList());
    }
    return found.getFirst();
  }

  private static Refusal noRun(String message) {
    return new Refusal(Exit.NOT_FOUND, message, "see: `muster runs list`");
  }

  private static Refusal ambiguous(String typed, List<String> ids) {
    var count = ids.size() > NAMED_MAX ? "more than " + NAMED_MAX : "" + ids.size();
    var named = String.join(", ", ids.subList(0, Math.min(ids.size(), NAMED_MAX)));
    return new Refusal(
        Exit.USAGE,
        "expected one match for " + typed + ", found " + count + ": " + named,
        "type more of the id");
  }
}
