package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.DependencyLines.Kind;
import dev.muster.orchestrator.engine.instruction.DependencyLines.Statement;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// What the headings and labels above a line say about it. A heading holds until one of its level
/// or above, a label for what is indented below it, or for the list that follows it; a later label
/// ends it.
final class DependencyScopes {
  private static final int HEADING_BASE = -20;
  private static final int PARAGRAPH = -1;

  /// @param depth the deeper, the sooner it ends
  private record Scope(int depth, @Nullable Cue cue) {}

  private final ArrayDeque<Scope> open = new ArrayDeque<>();
  private @Nullable Statement labelAlone;
  private boolean sawItems;

  @Nullable Cue current() {
    var top = open.peek();
    return top == null ? null : top.cue();
  }

  /// Ends what does not reach this statement.
  ///
  /// @param isLabel whether it begins with a label or is one
  void enter(Statement statement, boolean isLabel) {
    if (statement.kind() == Kind.HEADING) {
      pop(HEADING_BASE + statement.depth());
    } else if (statement.kind() == Kind.ITEM) {
      loosen(statement, isLabel);
      pop(2 * statement.depth() - (isLabel ? 1 : 0));
      sawItems = true;
    } else if (statement.kind() == Kind.PARAGRAPH) {
      if ((isLabel && statement.depth() < 2) || sawItems) pop(PARAGRAPH);
      sawItems = false;
    }
    labelAlone = null;
  }

  /// A label that stands alone in an item, with items of its own level below it, is meant for them.
  private void loosen(Statement statement, boolean isLabel) {
    if (labelAlone == null || isLabel || labelAlone.kind() != Kind.ITEM) return;
    if (labelAlone.depth() != statement.depth()) return;
    var scope = open.pop();
    open.push(new Scope(2 * statement.depth() - 1, scope.cue()));
  }

  /// @param cue null when the label says nothing about waiting, so that what holds above it holds
  /// @param alone whether nothing stands behind the label
  void label(Statement statement, @Nullable Cue cue, boolean alone) {
    var meaning = cue == null ? current() : cue;
    switch (statement.kind()) {
      case HEADING -> open.push(new Scope(HEADING_BASE + statement.depth(), meaning));
      case ITEM -> open.push(new Scope(2 * statement.depth(), meaning));
      default -> {
        if (alone) open.push(new Scope(PARAGRAPH, meaning));
      }
    }
    labelAlone = alone ? statement : null;
    sawItems = false;
  }

  private void pop(int depth) {
    while (!open.isEmpty() && open.element().depth() >= depth) open.pop();
  }
}
