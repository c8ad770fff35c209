package dev.muster.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.host.trust.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingKeysTest {
  @TempDir Path folder;

  @Test
  void everyKeyThatSettingsNameIsKnownAndNoneThatIsMissingIsMissed() throws IOException {
    var key = Files.writeString(folder.resolve("hook.key"), "key-of-the-webhook\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    var user =
        Files.writeString(
            folder.resolve("user.conf"),
            """
            models.providers.one { kind = openai, url = "https://one.example", key = "env:ONE" }
            models.providers.two { kind = openai, url = "https://two.example", key = "env:GONE" }
            models.providers.three { kind = openai, url = "https://x.example", key = "secret:STORED" }
            webhooks.pager { url = "https://pager.example/", key = "file:%s" }
            agents.sql.orders { url = "jdbc:postgresql://h/orders", password = "env:ORDERS" }
            """
                .formatted(key));
    var environment =
        Map.of(
            "ONE",
            "key-of-one",
            "ORDERS",
            "key-of-orders",
            "MUSTER_DATABASE_PASSWORD",
            "key-of-db");
    var state = new StateFolder(folder.resolve("state"));
    var settings =
        SettingsReader.read(new SettingsSources(Map.of(), environment, folder, user, state))
            .settings();
    assertThat(SettingKeys.of(settings))
        .containsExactlyInAnyOrder(
            "key-of-one", "key-of-the-webhook", "key-of-orders", "key-of-db");
  }
}
