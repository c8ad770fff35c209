package dev.muster.node.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.node.models.ModelRequest;
import dev.muster.protocol.agent.Entry;

/// One protocol, from the side of who answers. What an agent says of models, temperatures and
/// limits is not heard: its profile decides.
sealed interface Speech permits ChatSpeech, MessagesSpeech, ResponsesSpeech {
  ModelRequest request(JsonNode body) throws UnfitException;

  ObjectNode whole(Entry.Turn turn, String id);

  /// The same as events, one after another.
  String stream(Entry.Turn turn, String id);

  ObjectNode error(int status, String words);

  /// What was asked cannot be passed on, in words.
  final class UnfitException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitException(String words) {
      super(words);
    }
  }
}
