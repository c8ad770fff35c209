package dev.muster.protocol.run;

import dev.muster.protocol.approval.ApprovalPolicy;
import java.time.Duration;
import java.util.List;

/// What an operator chose when the run was created; stored with it.
///
/// @param folder absolute path of the workforce
/// @param target absolute path of what the workforce works on
/// @param results absolute path of the folder that receives `<run>/…`
/// @param hidden absolute paths that workers never see, even inside the target
/// @param approvalWaitMax how long an operation waits for a decision before it expires
public record RunSettings(
    String folder,
    String target,
    String results,
    List<String> hidden,
    ApprovalPolicy approve,
    Duration approvalWaitMax,
    boolean rehearse,
    int attemptsMax) {
  public RunSettings {
    hidden = List.copyOf(hidden);
  }
}
