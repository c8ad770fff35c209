package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;

import dev.muster.orchestrator.api.console.ConsoleFiles;
import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.ProblemException;
import java.util.List;
import org.apache.pekko.util.ByteString;

/// The files of the web console, for anybody: they are the same for everybody and hold nothing of
/// any run. What they show comes from the API, which asks who it is.
public final class ConsoleEndpoints {
  private final ConsoleFiles files = new ConsoleFiles();

  public List<Endpoint> all() {
    return List.of(
        get("/", call -> answer(call, files.page())).answering().beforeReady().open(),
        get("/console/{file}", this::file).answering().beforeReady().open());
  }

  private Answer file(Call call) {
    var name = call.part("file");
    var file = files.find(name);
    if (file == null) {
      throw ProblemException.of(404, "no-such-path", "the console has no such file");
    }
    return answer(call, file);
  }

  /// Kept by browsers, and asked about each time: a new build shows at once.
  private static Answer answer(Call call, ConsoleFiles.File file) {
    var same = file.etag().equals(call.header("if-none-match"));
    var answer =
        same
            ? Answer.whole(304, file.type(), ByteString.emptyByteString())
            : Answer.whole(200, file.type(), file.bytes());
    return answer
        .with("ETag", file.etag())
        .with("Cache-Control", "no-cache")
        .with("Content-Security-Policy", ConsoleFiles.POLICY);
  }
}
