package dev.muster.node.tools;

import static dev.muster.node.tools.Parameters.texts;

import dev.muster.node.tools.Parameters.UnfitException;
import dev.muster.node.tools.ToolPlan.Command;
import dev.muster.protocol.instruction.OperationKinds;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Git in the workspace. What stays there runs in the sandbox like any script of the agent. What
/// reaches the network is asked about, and happens in a fresh repository: the agent's own has
/// settings and hooks, which would be commands with network that nobody was shown.
final class GitTool {
  private static final int SECONDS = 120;
  private static final int ARGUMENT_BYTES_MAX = 16_000;
  private static final Set<String> HERE =
      new TreeSet<>(
          Set.of(
              "add",
              "apply",
              "blame",
              "branch",
              "checkout",
              "cherry-pick",
              "clean",
              "commit",
              "describe",
              "diff",
              "grep",
              "init",
              "log",
              "ls-files",
              "merge",
              "mv",
              "rebase",
              "reset",
              "restore",
              "rev-list",
              "rev-parse",
              "revert",
              "rm",
              "shortlog",
              "show",
              "stash",
              "status",
              "switch",
              "tag"));
  private static final Set<String> REMOTE = Set.of("push", "fetch");
  private static final Pattern URL =
      Pattern.compile(
          "(https|ssh)://[A-Za-z0-9][A-Za-z0-9.-]{0,250}(:[0-9]{1,5})?/[A-Za-z0-9._~/-]{1,500}");
  private static final Pattern REF = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/-]{0,200}");

  private GitTool() {}

  static Tool tool() {
    return CheckedTool.of(
        "git",
        "Git in the workspace: "
            + String.join(", ", HERE)
            + ". `push URL BRANCH` and `fetch URL BRANCH` reach the network and are asked about"
            + " first; what was fetched is then in fetched.bundle.",
        Parameters.of(
            texts("arguments", "what follows `git`, a word each, such as commit, -m, text"),
            NetworkTools.why()),
        (given, place) -> {
          var words = given.texts("arguments");
          if (words.isEmpty()) throw new UnfitException("`arguments` is empty");
          var command = words.getFirst();
          if (REMOTE.contains(command)) {
            Reach.network(place, "git " + command);
            return remote(command, words).because(given.has("why") ? given.text("why") : null);
          }
          if (!HERE.contains(command)) {
            throw new UnfitException(
                "expected one of %s first, found `%s`"
                    .formatted(String.join(", ", HERE), Parameters.shortened(command)));
          }
          var line = Quoted.checked("arguments", Quoted.words(words), ARGUMENT_BYTES_MAX);
          return new Command(ScriptTools.limited(PREPARED + "git --no-pager " + line, SECONDS));
        });
  }

  private static final String PREPARED =
      """
      command -v git >/dev/null || { echo 'git is not installed on this node'; exit 127; }
      export GIT_AUTHOR_NAME=agent GIT_AUTHOR_EMAIL=agent@muster.invalid
      export GIT_COMMITTER_NAME=agent GIT_COMMITTER_EMAIL=agent@muster.invalid GIT_TERMINAL_PROMPT=0
      export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_EDITOR=true
      """;

  private static ToolPlan.Gated remote(String command, List<String> words) throws UnfitException {
    if (words.size() != 3 || !URL.matcher(words.get(1)).matches()) {
      throw new UnfitException(
          "expected `%s URL BRANCH` with an address such as https://host/path, found %d words"
              .formatted(command, words.size()));
    }
    var url = words.get(1);
    var ref = words.get(2);
    if (!REF.matcher(ref).matches() || ref.contains("..")) {
      throw new UnfitException(
          "expected the name of a branch, found `" + Parameters.shortened(ref) + "`");
    }
    // Nothing of the workspace's own settings is read: `upload-pack` of git itself takes none that
    // names a program from a repository.
    var script =
        command.equals("push")
            ? """
            git clone --quiet --bare --no-hardlinks --single-branch --branch %1$s -- "file://$PWD" "$fresh"
            git -C "$fresh" push -- %2$s %3$s
            """
                .formatted(Quoted.word(ref), Quoted.word(url), Quoted.word(ref + ":" + ref))
            : """
            git init --quiet --bare "$fresh"
            git -C "$fresh" fetch --quiet -- %1$s %2$s
            git -C "$fresh" bundle create "$fresh.bundle" fetched
            cp -- "$fresh.bundle" fetched.bundle
            """
                .formatted(Quoted.word(url), Quoted.word(ref + ":fetched"));
    var kind = command.equals("push") ? "publish" : "network_read";
    return NetworkTools.gated(
        kind,
        PREPARED + "fresh=$(mktemp -d)/fresh\n" + script,
        List.of(),
        OperationKinds.riskOf(kind, false, true));
  }
}
