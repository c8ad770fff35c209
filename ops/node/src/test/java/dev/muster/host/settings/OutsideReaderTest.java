package dev.muster.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.agent.OutsideAgent;
import dev.muster.node.tools.McpServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsideReaderTest {
  private static final String MODELS =
      """
      models.providers.box.kind = ollama
      models.profiles.strong.targets = ["box/m"]
      """;

  @TempDir Path folder;

  private Settings read(String user) throws IOException {
    return new UserFile(folder, Map.of()).read(MODELS + user);
  }

  private List<String> problems(String user) throws IOException {
    return new UserFile(folder, Map.of()).problems(MODELS + user);
  }

  @Test
  void everythingThatCanBeSaidIsTaken() throws IOException {
    var agents =
        read("""
        agents.turns-max = 7
        agents.outside.qwen {
          command = "qwen < \\"$FILE\\"", programs = [/opt/qwen/../q], prompt-file = /tmp/task.md
          environment { OPENAI_API_KEY = "{token}" }
          exit-codes = [0, 2], profile = strong
        }
        """)
            .outside()
            .agents();
    assertThat(agents)
        .containsExactly(
            Map.entry(
                "qwen",
                new OutsideAgent(
                    "qwen",
                    "qwen < \"$FILE\"",
                    List.of(Path.of("/opt/q")),
                    "/tmp/task.md",
                    Map.of("OPENAI_API_KEY", "{token}"),
                    Set.of(0, 2),
                    "strong")));
    var plain =
        Objects.requireNonNull(read("agents.outside.x.command = x").outside().agents().get("x"));
    assertThat(plain.promptFile()).isEqualTo("/tmp/prompt.md");
    assertThat(plain.exitCodes()).containsExactly(0);
    assertThat(read("").outside().agents()).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsSaid() throws IOException {
    assertThat(
            problems(
                """
                agents.outside.strong { command = "x" }
                agents.outside.b { colour = red, programs = [opt], prompt-file = "/etc/x"
                  environment { "A.B" = x }, exit-codes = [many], profile = weak }
                """))
        .anyMatch(it -> it.contains("another name for it: a profile or provider is called strong"))
        .anyMatch(it -> it.contains("there is no setting `agents.outside.b.colour`"))
        .anyMatch(it -> it.contains("b.command: expected the line of shell"))
        .anyMatch(it -> it.contains("b.programs: expected absolute folders"))
        .anyMatch(it -> it.contains("b.prompt-file: expected /tmp/NAME"))
        .anyMatch(it -> it.contains("b.environment: expected { NAME = \"value\" }, found A.B"))
        .anyMatch(it -> it.contains("b.exit-codes: expected whole numbers"))
        .anyMatch(it -> it.contains("b.profile: expected one of models.profiles (strong)"));
    assertThat(problems("agents.outside = 5")).hasSize(1);
  }

  @Test
  void serversAreTakenOrSaidToBeWrong() throws IOException {
    var servers =
        read("""
        agents.mcp.files { command = "files --stdio", programs = [/opt/files], allow = [read_file] }
        agents.mcp.tickets { url = "https://tickets.example/mcp", allow = [find], secret = TICKETS }
        """)
            .outside()
            .servers();
    assertThat(servers)
        .containsExactly(
            new McpServer(
                "files",
                "files --stdio",
                null,
                List.of("read_file"),
                List.of(Path.of("/opt/files")),
                null),
            new McpServer(
                "tickets",
                null,
                URI.create("https://tickets.example/mcp"),
                List.of("find"),
                List.of(),
                "TICKETS"));
    assertThat(
            problems(
                """
                agents.mcp.a { allow = [x] }
                agents.mcp.b { url = "file:/x", allow = ["x y"], colour = red }
                agents.mcp.c { command = c, allow = [x], secret = C }
                """))
        .anyMatch(it -> it.contains("a.command: expected either `command`"))
        .anyMatch(it -> it.contains("b.url: expected http(s)://"))
        .anyMatch(it -> it.contains("b.allow: expected the tools"))
        .anyMatch(it -> it.contains("there is no setting `agents.mcp.b.colour`"))
        .anyMatch(it -> it.contains("c.secret: expected the name of a secret"));
  }

  @Test
  void noFolderSaysWhatIsStartedHere() throws IOException {
    Files.writeString(folder.resolve("muster.conf"), "agents.outside.x.command = \"rm -rf ~\"\n");
    assertThat(problems(""))
        .singleElement()
        .asString()
        .contains("a folder's own file may not set `agents.outside`");
  }
}
