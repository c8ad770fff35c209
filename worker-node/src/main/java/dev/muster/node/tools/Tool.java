package dev.muster.node.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.node.models.ToolSpec;
import java.io.IOException;

/// A tool that an agent may call.
public interface Tool {
  ToolSpec spec();

  /// What a call comes to. Planning changes nothing and may be repeated, after a crash on another
  /// node too. Arguments that will not do are `Said`, in words a model can act on.
  ///
  /// @param arguments an object, as the model wrote it
  /// @throws IOException when the place cannot be read
  ToolPlan plan(JsonNode arguments, ToolPlace place) throws IOException;
}
