package dev.muster.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.models.ProviderKind;
import dev.muster.node.models.pool.Breaking;
import dev.muster.node.models.pool.Endpoint;
import dev.muster.node.models.pool.ModelSettings;
import dev.muster.node.models.pool.Pace;
import dev.muster.node.models.pool.Price;
import dev.muster.node.models.pool.Profile.Target;
import dev.muster.node.models.pool.RateLimits;
import dev.muster.protocol.instruction.TaskType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsReaderTest {
  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  private SettingsReader.Loaded loaded(String user) throws IOException {
    return new UserFile(folder, environment).loaded(user);
  }

  private ModelSettings read(String user) throws IOException {
    return loaded(user).settings().models();
  }

  private List<String> problems(String user) throws IOException {
    return new UserFile(folder, environment).problems(user);
  }

  @Test
  void everythingThatCanBeSaidIsTaken() throws IOException {
    environment.put("MY_KEY", "sk-of-mine-1234");
    var models =
        read(
            """
            models {
              wait-max = 10s, breaker-failures = 5, breaker-open = 10s, retries = 2, back-off = 500ms
              admission-percent = 60
              endpoints.site { url = "https://llm.example/", requests-per-minute = 90, tokens-per-minute = 7 }
              providers.gpt {
                kind = openai, url = "https://llm.example/v1/", key = "env:MY_KEY"
                stream = false, requests-per-minute = 60, tokens-per-minute = 90000, burst = 5
                in-flight-max = 4, prices { "gpt-4.1" = [2, 8, 0.5], other = [1, 2] }
              }
              providers.box { kind = ollama }
              profiles.strong { targets = ["gpt/gpt-4.1", "box/a/b:7b"], order = round-robin }
              profiles.own { targets = ["box/m"], temperature = none, tokens-max = 9, suits = [creative], window = 8000, tools = [Pytest] }
            }
            """);

    var gpt = Objects.requireNonNull(models.providers().get("gpt"));
    assertThat(gpt.kind()).isEqualTo(ProviderKind.OPENAI);
    assertThat(gpt.url()).isEqualTo(URI.create("https://llm.example/v1"));
    assertThat(gpt.key().reveal()).isEqualTo("sk-of-mine-1234");
    assertThat(gpt.stream()).isFalse();
    assertThat(gpt.limits()).isEqualTo(new RateLimits(60, 90_000, 5, 4));
    assertThat(gpt.prices())
        .isEqualTo(Map.of("gpt-4.1", new Price(2, 8, 0.5), "other", new Price(1, 2, 1)));
    assertThat(models.pace())
        .isEqualTo(
            new Pace(
                Duration.ofSeconds(10),
                new Breaking(5, Duration.ofSeconds(10)),
                2,
                Duration.ofMillis(500),
                60));
    assertThat(models.endpoint(gpt))
        .isEqualTo(new Endpoint("site", "https://llm.example", new RateLimits(90, 7, 10, 10_000)));
    assertThat(models.endpoint(Objects.requireNonNull(models.providers().get("box")))).isNull();
    var strong = Objects.requireNonNull(models.profiles().get("strong"));
    assertThat(strong.targets())
        .containsExactly(new Target("gpt", "gpt-4.1"), new Target("box", "a/b:7b"));
    assertThat(strong.rotates()).isTrue();
    assertThat(strong.temperature()).isEqualTo(0.2);
    assertThat(strong.tokensMax()).isEqualTo(4_000);
    assertThat(strong.suits()).containsExactlyInAnyOrder(TaskType.HYBRID, TaskType.CREATIVE);
    var own = Objects.requireNonNull(models.profiles().get("own"));
    assertThat(own.temperature()).isNull();
    assertThat(own.window()).isEqualTo(8_000);
    assertThat(own.tools()).containsExactly("pytest");
    assertThat(strong.window()).isEqualTo(100_000);
    assertThat(strong.tools()).containsExactlyInAnyOrder("openai", "complex");
    assertThat(models.profiles().keySet()).containsExactly("strong", "own");
  }

  @Test
  void nothingIsSetUpUnlessSomebodySaysSo() throws IOException {
    assertThat(read("port = 1")).isEqualTo(ModelSettings.NONE);
  }

  @Test
  void aKeyGoesUnaskedOnlyToTheServiceItIsFor() throws IOException {
    environment.put("OPENAI_API_KEY", "sk-of-mine-1234");
    var models =
        read(
            """
            models.providers {
              real { kind = openai }
              other { kind = openai, url = "http://127.0.0.1:8000/v1" }
            }
            """);

    var real = Objects.requireNonNull(models.providers().get("real"));
    assertThat(real.key().reveal()).isEqualTo("sk-of-mine-1234");
    var other = Objects.requireNonNull(models.providers().get("other"));
    assertThat(other.key().reveal()).isEmpty();
  }

  @Test
  void allThatIsWrongIsToldAtOnceWithItsPlace() throws IOException {
    assertThat(
            problems(
                """
                models {
                  providers.a { kind = chatty }
                  providers.b { kind = openai, url = "ftp://x", burst = 0, colour = red }
                  profiles.p { targets = ["b"], order = best, temperature = 7 }
                }
                """))
        .hasSize(7)
        .allMatch(it -> it.contains("user.conf:"))
        .anyMatch(it -> it.contains(":2: models.providers.a.kind: expected openai"))
        .anyMatch(it -> it.contains("models.providers.b.url: expected http(s)://"))
        .anyMatch(it -> it.contains("there is no setting `models.providers.b.colour`"))
        .anyMatch(it -> it.contains("models.profiles.p.targets: expected provider/model"));
    assertThat(problems("models { providers.a { kind = ollama }, endpoints.e.url = \"http://x\" }"))
        .singleElement()
        .asString()
        .contains("models.endpoints.e.url: expected the url of a provider that is set up");
    assertThat(problems("models { retries = 9, admission-percent = 0 }")).hasSize(2);
    assertThat(problems("models.profiles.p.targets = [\"x/y\"]").toString())
        .contains("expected a provider that is set up");
  }

  @Test
  void aKeyInTheFileIsRefusedAndNotRepeated() throws IOException {
    var found =
        problems("models.providers.a { kind = openai, key = \"sk-secret-0123456789\" }").toString();

    assertThat(found).contains("models.providers.a.key: expected where it is, not what it is");
    assertThat(found).doesNotContain("sk-secret");
    assertThat(
            problems("models.providers.a { kind = openai, url = \"https://u:pw@x\" }").toString())
        .doesNotContain("pw@");
  }

  @Test
  void aKeyOfAFileIsReadAnewAndOnlyWhenNobodyElseCouldChangeIt() throws IOException {
    var file = Files.writeString(folder.resolve("key"), "sk-first-0123\n");
    var models =
        read("models.providers.a { kind = openai, key = \"file:" + file + "\" }").providers();
    var key = Objects.requireNonNull(models.get("a")).key();

    assertThat(key.reveal()).isEqualTo("sk-first-0123");
    Files.writeString(file, "sk-second-0123");
    assertThat(key.reveal()).isEqualTo("sk-second-0123");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(org.assertj.core.api.Assertions.catchThrowable(key::reveal))
        .hasMessageContaining("is not yours alone");
  }

  @Test
  void noTextOfTheSettingsHoldsAKey() throws IOException {
    environment.put("MY_KEY", "sk-of-mine-1234");
    var loaded = loaded("models.providers.a { kind = openai, key = \"env:MY_KEY\" }");

    assertThat(loaded.toString()).contains("env MY_KEY").doesNotContain("sk-of-mine");
  }
}
