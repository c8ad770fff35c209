package dev.muster.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhooksReaderTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("HOOK_KEY", "0123456789abcdef-env");

  @TempDir Path folder;

  private List<Settings.Webhook> read(String user) throws IOException {
    return new UserFile(folder, ENVIRONMENT).read(user).http().webhooks();
  }

  private String problems(String user) throws IOException {
    return String.join("\n", new UserFile(folder, ENVIRONMENT).problems(user));
  }

  @Test
  void severalAreTakenEachWithItsKeyAndKinds() throws IOException {
    var key = Files.writeString(folder.resolve("old.key"), "fedcba9876543210");
    var webhooks =
        read(
            """
            webhook { url = "https://old.example/", key-file = "%s" }
            webhooks {
              pager { url = "https://pager.example/x", key = "env:HOOK_KEY", kinds = [ApprovalRequested] }
              books { url = "http://127.0.0.1:9/", key = "file:%s" }
            }
            """
                .formatted(key, key));
    assertThat(webhooks)
        .extracting(Settings.Webhook::name)
        .containsExactly("webhook", "pager", "books");
    assertThat(webhooks.get(1).key().reveal()).isEqualTo("0123456789abcdef-env");
    assertThat(webhooks.get(1).kinds()).containsExactly("ApprovalRequested");
    assertThat(webhooks.get(0).key().reveal()).isEqualTo("fedcba9876543210");
    assertThat(webhooks.toString()).doesNotContain("0123456789", "fedcba");
  }

  @Test
  void whatIsWrongIsToldAtOnceAndNoKeyIsRepeated() throws IOException {
    var problems =
        problems(
            """
            webhooks {
              a { url = "http://hooks.example/", key = "s3cr3t-s3cr3t-s3cr3t" }
              b { url = "https://hooks.example/", key = "env:HOOK_KEY", kinds = [RunDeleted] }
              c { url = "https://hooks.example/", key = "env:HOOK_KEY", kind = [RunFinished] }
            }
            """);
    assertThat(problems)
        .contains("user.conf:2: webhooks.a.url: expected https")
        .contains("webhooks.a.key: expected where the key is, not what it is")
        .contains("webhooks.b.kinds: expected kinds out of")
        .contains("there is no setting `webhooks.c.kind`")
        .doesNotContain("s3cr3t");
  }

  @Test
  void aFolderThatCameFromElsewhereTellsNobody() throws IOException {
    Files.writeString(
        folder.resolve("muster.conf"),
        "webhooks.x { url = \"https://mallory.example/\", key = \"env:HOOK_KEY\" }");
    assertThat(problems("")).contains("a folder's own file may not set `webhooks`");
  }
}
