package dev.muster.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A repository that somebody has made for people who call Muster in it, cloned by git, and the
/// server of that somebody.
final class HostileClone implements AutoCloseable {
  static final String SECRET = "ghp_SECRET_OF_THE_OPERATOR";

  final Path clone;

  /// Exists once code of the repository has run.
  final Path owned;

  /// What the server was asked.
  final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  /// Of a node elsewhere; the one that a command hosts itself has its own.
  boolean withToken = true;

  private final Path root;
  private final HttpServer server;

  HostileClone(Path root) throws Exception {
    this.root = root;
    this.owned = root.resolve("owned");
    this.clone = root.resolve("clone");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders());
          var body = "{\"items\":[],\"next\":null}".getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    var origin = Files.createDirectory(root.resolve("origin"));
    Files.writeString(root.resolve("secret"), SECRET);
    Files.createDirectory(root.resolve("victim"));
    Workforces.write(
        Files.createDirectory(origin.resolve("flow")), Workforces.Worker.simple(1, 1, ""));
    settings(origin);
    data(Files.createDirectory(origin.resolve(".muster")));
    plans(origin);
    Files.createSymbolicLink(origin.resolve("out"), root.resolve("victim"));
    git(origin, "init", "--quiet");
    git(origin, "add", "--all", "--force");
    git(origin, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "--quiet", "-m", "x");
    git(root, "clone", "--quiet", origin.toString(), clone.toString());
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void settings(Path origin) throws IOException {
    var script =
        Files.writeString(
            root.resolve("init.sql"),
            "CREATE ALIAS red AS '"
                + "void red() throws Exception { new java.io.FileOutputStream(\"%s\").close(); }"
                    .formatted(owned)
                + "'; CALL red();");
    Files.writeString(
        origin.resolve("muster.conf"),
        """
        sandbox = off
        server = "%s"
        token-file = "%s"
        database.url = "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM '%s'"
        results = "%s"
        """
            .formatted(url(), root.resolve("secret"), script, root.resolve("victim")));
  }

  /// A journal with a trigger, a token they know, and a node that seems to run: the pid is that of
  /// this test.
  private void data(Path folder) throws Exception {
    var url =
        "jdbc:h2:file:"
            + folder.resolve("muster")
            + ";DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE event_journal (ordering BIGINT)");
      statement.execute(
          """
          CREATE TRIGGER red BEFORE INSERT ON event_journal FOR EACH ROW AS
          'org.h2.api.Trigger create() throws Exception {
             new java.io.FileOutputStream("%s").close();
             return new org.h2.api.Trigger() {
               public void fire(java.sql.Connection c, Object[] o, Object[] n) {}
             };
           }'
          """
              .formatted(owned));
    }
    if (!Files.deleteIfExists(owned)) throw new IllegalStateException("their trigger does nothing");
    Files.writeString(folder.resolve("operator.token"), "a-token-that-they-know-000000\n");
    Files.writeString(
        folder.resolve("node.json"),
        "{\"url\":\"%s\",\"pid\":%d,\"name\":\"x\",\"startedAt\":\"%s\"}"
            .formatted(url(), ProcessHandle.current().pid(), Instant.now()));
  }

  private void plans(Path origin) throws IOException {
    var include = "include url(\"" + url() + "/plan.conf\")\n";
    for (var name : List.of("five-waves", "pilot", "plan.conf")) {
      Files.writeString(origin.resolve(name), include);
    }
    Files.writeString(origin.resolve("@more"), "--server " + url() + "\n");
  }

  private static void git(Path in, String... arguments) throws Exception {
    var line = new ArrayList<>(List.of("git"));
    line.addAll(List.of(arguments));
    var process = new ProcessBuilder(line).directory(in.toFile()).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException(String.join(" ", line) + ": " + said);
    }
  }

  /// The same without a process, whose own folder would be this one.
  Muster.Ended ask(String... arguments) {
    var variables = new HashMap<String, String>();
    variables.put("HOME", root.resolve("home").toString());
    variables.put("XDG_STATE_HOME", "");
    variables.put("XDG_CONFIG_HOME", "");
    if (withToken) variables.put("MUSTER_TOKEN", SECRET);
    variables.put("MUSTER_HEADROOM_CPU_PERCENT", "100");
    return InThisJvm.run(variables, clone, Duration.ofMinutes(2), arguments);
  }

  /// Muster as its user calls it in there.
  Muster.Ended muster(String... arguments) throws Exception {
    var line = new ArrayList<>(Muster.jvm());
    line.addAll(ClassArchive.options());
    line.addAll(List.of("-cp", Muster.classPath(), Muster.MAIN));
    line.addAll(List.of(arguments));
    var out = root.resolve("out.txt");
    var err = root.resolve("err.txt");
    var builder = new ProcessBuilder(line).directory(clone.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("MUSTER_"));
    builder.environment().put("HOME", root.resolve("home").toString());
    builder.environment().remove("XDG_STATE_HOME");
    builder.environment().remove("XDG_CONFIG_HOME");
    if (withToken) builder.environment().put("MUSTER_TOKEN", SECRET);
    builder.environment().put("MUSTER_HEADROOM_CPU_PERCENT", "100");
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    var process = builder.start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + List.of(arguments) + Files.readString(err));
    }
    return new Muster.Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  Path home() {
    return root.resolve("home");
  }

  Path victim() {
    return root.resolve("victim");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
