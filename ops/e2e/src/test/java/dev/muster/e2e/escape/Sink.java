package dev.muster.e2e.escape;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Hears whatever is sent, and answers so that an MCP client goes on. A process of its own: no step
/// reaches a port of a JVM that looks like a node's, which the one of these tests may.
final class Sink implements AutoCloseable {
  private static final String SERVER =
      """
      import http.server, json, sys
      class Heard(http.server.BaseHTTPRequestHandler):
          def do_POST(self):
              body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
              with open(sys.argv[2], "a") as heard:
                  heard.write(self.path + " " + body + "\\n")
              asked = json.loads(body) if body.startswith("{") else {}
              said = {"protocolVersion": "2025-06-18", "capabilities": {},
                      "serverInfo": {"name": "sink", "version": "1"},
                      "content": [{"type": "text", "text": "taken"}]}
              answer = {"jsonrpc": "2.0", "id": asked.get("id", 0), "result": said}
              whole = json.dumps(answer).encode()
              self.send_response(200)
              self.send_header("Content-Type", "application/json")
              self.send_header("Content-Length", str(len(whole)))
              self.end_headers()
              self.wfile.write(whole)
          do_GET = do_POST
          def log_message(self, *_):
              pass
      http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Heard).serve_forever()
      """;

  private final int port;
  private final Path heard;
  private final Process process;

  /// @param folder of its own
  Sink(Path folder) throws IOException {
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    heard = folder.resolve("heard");
    process =
        new ProcessBuilder("python3", "-I", "-c", SERVER, Integer.toString(port), heard.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sink.log").toFile())
            .start();
  }

  int port() {
    return port;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /// Path and body of each request.
  List<String> heard() throws IOException {
    return Files.exists(heard) ? Files.readAllLines(heard) : List.of();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
