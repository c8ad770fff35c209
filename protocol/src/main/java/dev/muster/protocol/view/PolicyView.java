package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the settings say about deciding a kind of operation, as people and programs see it.
///
/// @param name a kind, a risk in small letters, or `any`
/// @param expirySeconds null for as long as its run waits for anything
/// @param mayApprove whether it names who asks, or nobody
/// @param words who must approve it; empty for anybody who may decide
/// @param doubts why it may not be meant as it stands, such as a name that nobody has
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PolicyView(
    String name,
    int people,
    List<String> by,
    @Nullable Double expirySeconds,
    Then then,
    List<String> escalateTo,
    double escalateForSeconds,
    boolean mayApprove,
    String words,
    List<String> doubts) {
  /// What becomes of a question that nobody has answered in time.
  public enum Then {
    EXPIRE,
    HOLD,
    ESCALATE
  }

  public PolicyView {
    by = List.copyOf(by);
    escalateTo = List.copyOf(escalateTo);
    doubts = List.copyOf(doubts);
  }
}
