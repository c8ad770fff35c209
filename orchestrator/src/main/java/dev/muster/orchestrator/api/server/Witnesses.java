package dev.muster.orchestrator.api.server;

import dev.muster.protocol.view.AnswerWitness;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;

/// Tells those who hold what is answered against the contract. There are none but in tests, and
/// then an answer is not touched.
final class Witnesses {
  private static final List<AnswerWitness> ALL =
      ServiceLoader.load(AnswerWitness.class, Witnesses.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .filter(AnswerWitness::listens)
          .toList();

  private Witnesses() {}

  static HttpResponse watched(HttpRequest request, HttpResponse response) {
    var status = response.status().intValue();
    if (ALL.isEmpty() || status == AnswerWitness.SOCKET) return response;
    var method = request.method().name();
    var path = request.getUri().path();
    var type = response.entity().getContentType().mediaType().toString();
    if (response.entity() instanceof HttpEntity.Strict whole) {
      tell(method, path, status, type, whole.getData().toArray());
      return response;
    }
    return response.transformEntityDataBytes(
        Flow.of(ByteString.class)
            .map(piece -> {
              tell(method, path, status, type, piece.toArray());
              return piece;
            }));
  }

  static Flow<Message, Message, NotUsed> watched(
      String path, Flow<Message, Message, NotUsed> socket) {
    if (ALL.isEmpty()) return socket;
    return socket.map(message -> {
      var text = message.asTextMessage().getStrictText().getBytes(StandardCharsets.UTF_8);
      tell("GET", path, AnswerWitness.SOCKET, "application/x-ndjson", text);
      return message;
    });
  }

  private static void tell(String method, String path, int status, String type, byte[] body) {
    for (var witness : ALL) witness.saw(method, path, status, type, body);
  }
}
