package dev.muster.cli.verb;

import dev.muster.cli.client.References;
import dev.muster.cli.session.Link;
import dev.muster.cli.view.ApprovalWords;
import dev.muster.cli.view.Listing;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.protocol.approval.Enquiries;
import dev.muster.protocol.view.Approval;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "answer",
    description = "Answer what an agent has asked; approvals list shows the questions.",
    footer = {
      "",
      "Shows the question, and gives the answer to no other. It is kept, and shown to",
      "whoever may see the run: secrets belong into `muster secrets`.",
      "Exit code: 5 when somebody else has answered."
    })
final class Answer extends Verb {
  @Parameters(index = "0", paramLabel = "RUN/WORKER", description = "Such as last/WORKER_003.")
  String worker = "";

  @Parameters(index = "1", paramLabel = "TEXT", description = "What the agent is told.")
  String text = "";

  @Option(
      names = "--digest",
      paramLabel = "SHA",
      description = "What was seen; refused when it asks something else.")
  @Nullable String digest;

  Answer(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    if (text.isBlank()) throw new Refusal(Exit.USAGE, "expected an answer, found nothing", null);
    return withNode(this::answer);
  }

  private int answer(Link link) {
    var of = new References(link.api()).worker(worker, "last");
    var seen = digest == null ? shown(link, of) : digest;
    var after = link.api().deciding().answer(of.run(), of.worker(), text, seen);
    var id = after.view().id();
    Listing.printOne(
        terminal(),
        context.output(),
        after,
        id,
        () -> terminal().data("%s/%s is told.".formatted(of.run(), of.worker())));
    if (link.hosted() != null) {
      terminal().say("No node is running; carry on with: `muster resume`");
    }
    return Exit.OK;
  }

  /// The digest of the question that waits; of none where none does, so that the node says why.
  private String shown(Link link, References.WorkerRef of) {
    for (var fetched : link.api().approvals("PENDING", of.run()).toList()) {
      var question = fetched.view();
      if (!isAskedBy(question, of.worker())) continue;
      ApprovalWords.lines(question, context.pace().now(), terminal()).forEach(terminal()::say);
      return question.digest();
    }
    return "";
  }

  private static boolean isAskedBy(Approval question, String worker) {
    return question.worker().equals(worker) && Enquiries.needsWords(question.kind());
  }
}
