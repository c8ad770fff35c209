package dev.muster.cli.client;

import dev.muster.cli.terminal.Text;
import dev.muster.client.ApiException;
import dev.muster.client.Failure;
import dev.muster.client.Problem;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Why a call came to nothing, as a verb says it: with an exit code, and what to try next.
public final class Refusals {
  /// How the API says where the names are, which is no help to who types verbs.
  private static final Pattern LISTED =
      Pattern.compile(
          "; GET /api/v1/(?:(runs|approvals|models|tokens|secrets|readers|users)|runs/([^/"
              + " ]+)/workers)(?: lists them)?(?=\\n|$)");

  private static final String NO_NODE =
      "check that a Muster node of this version answers there: `muster version`, `muster doctor`";

  private Refusals() {}

  public static Refusal of(ApiException e) {
    var failure = e.failure();
    var words = Text.block(failure.words());
    var listed = LISTED.matcher(words);
    if (!listed.find()) return new Refusal(exitCode(failure), words, advice(failure), e);
    return new Refusal(
        exitCode(failure), listed.replaceFirst(""), "see: `muster " + list(listed) + "`", e);
  }

  private static String list(Matcher listed) {
    var noun = listed.group(1);
    if (noun == null) return "workers list " + listed.group(2);
    return noun.equals("readers") ? "admin readers" : noun + " list";
  }

  private static int exitCode(Failure failure) {
    return switch (failure) {
      case Failure.Refused(var problem, _) -> exitCode(problem);
      case Failure.Unreachable _, Failure.Misunderstood _ -> Exit.UNREACHABLE;
      case Failure.Silent _ -> Exit.TIMED_OUT;
      case Failure.Interrupted _ -> Exit.INTERRUPTED;
    };
  }

  private static int exitCode(Problem problem) {
    if (isElse(problem)) return Exit.UNREACHABLE;
    var word = problem.code().toLowerCase(Locale.ROOT);
    if (problem.status() == 409 && (word.contains("expired") || word.contains("rejected"))) {
      return Exit.UNDECIDED;
    }
    if (isLate(problem)) return Exit.TIMED_OUT;
    return switch (problem.status()) {
      case 400, 413, 415, 422 -> Exit.USAGE;
      case 401, 403 -> Exit.NOT_ALLOWED;
      case 404, 410 -> Exit.NOT_FOUND;
      case 409, 412, 428 -> Exit.CONFLICT;
      case 429, 502, 503, 504 -> Exit.UNREACHABLE;
      default -> Exit.FAILED;
    };
  }

  /// Whatever answers there knows no such path: it is none of ours, which name their problems, or
  /// of another version.
  private static boolean isElse(Problem problem) {
    var status = problem.status();
    return problem.code().equals("no-such-path")
        || (problem.code().isEmpty() && (status == 404 || status == 405 || status == 501));
  }

  /// The node takes longer than an answer is waited for.
  private static boolean isLate(Problem problem) {
    return problem.code().equals("still-working") || problem.code().equals("overdue");
  }

  private static @Nullable String advice(Failure failure) {
    return switch (failure) {
      case Failure.Refused(var problem, _) -> advice(problem);
      case Failure.Unreachable _ -> "start one with: `muster up`";
      case Failure.Silent _ -> "look at the node's workforce.log, or allow more with --timeout";
      case Failure.Misunderstood _ -> NO_NODE;
      case Failure.Interrupted _ -> null;
    };
  }

  private static @Nullable String advice(Problem problem) {
    if (isElse(problem)) return NO_NODE;
    if (problem.code().equals("unusable-workforce")) {
      return "muster lint FOLDER says how to mend them; --allow-incomplete carries out the rest";
    }
    if (problem.code().equals("not-permitted")) {
      return "an administrator gives roles: muster users, tokens";
    }
    if (isLate(problem)) return "`muster status` shows whether the node still works on it";
    return switch (problem.status()) {
      case 401, 403 ->
          "the operator's token is read from operator.token in the data folder (--data) or from"
              + " MUSTER_TOKEN; run this as the user who started the node";
      case 429, 503 -> "try again in a moment";
      default -> null;
    };
  }
}
