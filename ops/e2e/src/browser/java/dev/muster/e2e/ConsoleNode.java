package dev.muster.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/// A node as an operator starts one, always at one address, and a browser that looks at it.
final class ConsoleNode implements AutoCloseable {
  final Muster muster;
  final Browser browser;
  final Page page;
  final String token;

  private Muster.Running running;

  /// Its settings may lie below `config` in this folder.
  ConsoleNode(Path folder) throws Exception {
    var port = freePort();
    muster =
        new Muster(folder)
            .with("MUSTER_PORT", String.valueOf(port))
            .with("XDG_CONFIG_HOME", folder.resolve("config").toString());
    running = up();
    token = Files.readString(muster.data().resolve("operator.token")).strip();
    browser = new Browser("http://127.0.0.1:" + port);
    page = browser.open(1280, 800, ColorScheme.LIGHT);
  }

  void begin(String hash) {
    page.navigate("/" + hash);
    Browser.login(page, token);
  }

  private Muster.Running up() throws Exception {
    var started = muster.start("up", "--no-input");
    started.waitFor("http://");
    return started;
  }

  void kill() {
    running.kill();
  }

  void startAgain() throws Exception {
    running = up();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    browser.close();
    running.kill();
  }
}
