package dev.muster.node.agent;

import dev.muster.protocol.worker.Artifact;
import java.util.stream.Collectors;

/// The standing rules and the file as it stands.
public final class PlainBriefing implements Briefing {
  private static final String RULES =
      """
      You carry out one instruction file by calling tools. Act without asking back. Write files at
      once, in your own folder, under the paths that are declared. Finish the work, test it the way
      the file says, and leave nothing half done. What goes beyond your folder passes a gate where
      others decide, not you. When the work is done, call finish: it is then tested, and you are told
      what failed.\
      """;

  @Override
  public Words brief(Matter matter) {
    var user = new StringBuilder(matter.text());
    if (!matter.inputs().isEmpty()) {
      user.append("\n\nFiles that were made for you:\n")
          .append(
              matter.inputs().stream()
                  .map(Artifact::path)
                  .sorted()
                  .map(path -> "- " + path)
                  .collect(Collectors.joining("\n")));
    }
    var failure = matter.lastFailure();
    if (failure != null) user.append("\n\nAn earlier try failed: ").append(failure);
    return new Words(RULES, user.toString());
  }
}
