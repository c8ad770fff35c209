package dev.muster.node.models.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.node.models.ModelAnswer;
import dev.muster.node.models.ModelEvents;
import dev.muster.node.models.ModelRequest;
import org.jspecify.annotations.Nullable;

/// What the protocols have in common: an error may stand where a piece should be.
abstract class DraftAssembly implements Dialect.Assembly {
  final Draft draft;

  DraftAssembly(ModelRequest request, ModelEvents events) {
    this.draft = new Draft(request, events);
  }

  abstract void read(JsonNode piece) throws BadAnswerException;

  @Override
  public final void take(JsonNode piece) throws BadAnswerException {
    if (piece.hasNonNull("error")) draft.error = piece;
    else read(piece);
  }

  @Override
  public final @Nullable JsonNode error() {
    return draft.error;
  }

  @Override
  public boolean whole() {
    return draft.finish != null;
  }

  @Override
  public final ModelAnswer answer() throws BadAnswerException {
    return draft.answer();
  }
}
