package dev.muster.node.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.models.KeySource;
import dev.muster.node.models.ProviderKind;
import dev.muster.protocol.instruction.TaskType;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoutingTest {
  private static final URI URL = URI.create("http://127.0.0.1:1");

  private static Provider provider(String name, ProviderKind kind, double price) {
    return new Provider(
        name,
        kind,
        URL,
        KeySource.NONE,
        true,
        RateLimits.NONE,
        price == 0 ? Map.of() : Map.of("m", new Price(price, price, price)));
  }

  private static Profile profile(String name, String provider, TaskType... suits) {
    return new Profile(
        name, List.of(new Profile.Target(provider, "m")), false, 0.2, 100, Set.of(suits));
  }

  private static final Routing ROUTING =
      new Routing(
          Pools.settings(
              List.of(
                  provider("gpt", ProviderKind.OPENAI, 30),
                  provider("claude", ProviderKind.ANTHROPIC, 15),
                  provider("box", ProviderKind.OLLAMA, 0)),
              List.of(
                  tools(
                      "strong",
                      "gpt",
                      Set.of(TaskType.HYBRID, TaskType.CREATIVE),
                      "openai",
                      "complex"),
                  profile("middle", "claude", TaskType.MECHANICAL, TaskType.HYBRID),
                  profile("local", "box", TaskType.MECHANICAL),
                  profile("coordinator", "box"),
                  tools("testing", "box", Set.of(), "pytest", "api testing"),
                  tools("dear", "claude", Set.of(), "pytest"))));

  private static Profile tools(String name, String provider, Set<TaskType> suits, String... tools) {
    var target = new Profile.Target(provider, "m");
    return new Profile(name, List.of(target), false, 0.2, 100, 2_000, suits, Set.of(tools));
  }

  private static List<String> names(TaskType type, String classification, @Nullable String wanted) {
    return ROUTING.route(new Routing.Need(type, classification, wanted)).profiles().stream()
        .map(Profile::name)
        .toList();
  }

  @Test
  void theCheapestThatSuitsIsFirstAndTheDearerOnesAreItsFallbacks() {
    assertThat(names(TaskType.MECHANICAL, "", null)).containsExactly("local", "middle");
    assertThat(names(TaskType.HYBRID, "", null)).containsExactly("middle", "strong");
    assertThat(names(TaskType.CREATIVE, "", null)).containsExactly("strong");
  }

  @Test
  void whatIsCalledComplexGoesToTheStrongOne() {
    assertThat(names(TaskType.MECHANICAL, "OpenAI API", null))
        .containsExactly("strong", "local", "middle");
    assertThat(names(TaskType.MECHANICAL, "Complex analysis", null).getFirst()).isEqualTo("strong");
  }

  @Test
  void theToolOfATaskChoosesWhereAProfileSaysSo() {
    var said = "Type: MECHANICAL\nTool: Python file editing, API testing, pytest";
    assertThat(names(TaskType.MECHANICAL, said, null))
        .containsExactly("testing", "dear", "local", "middle");
    assertThat(ROUTING.route(new Routing.Need(TaskType.MECHANICAL, said, null)).why())
        .isEqualTo("its classification says api testing");
    assertThat(names(TaskType.MECHANICAL, "Tool: python", null).getFirst()).isEqualTo("local");
  }

  @Test
  void theFilesOwnWordComesFirst() {
    assertThat(names(TaskType.MECHANICAL, "pytest", "Middle")).containsExactly("middle");
    assertThat(names(TaskType.MECHANICAL, "", "box"))
        .containsExactly("local", "coordinator", "testing");
    assertThat(names(TaskType.MECHANICAL, "", "middle, Strong"))
        .containsExactly("middle", "strong");
    assertThat(names(TaskType.MECHANICAL, "", "OpenAI")).containsExactly("strong");
  }

  @Test
  void aWordThatMeansNobodyHereIsToldAndPassedOver() {
    var route = ROUTING.route(new Routing.Need(TaskType.HYBRID, "", "Watson"));

    assertThat(route.profiles().getFirst().name()).isEqualTo("middle");
    assertThat(route.why()).contains("no profile or provider here is called Watson");
  }

  @Test
  void whereNothingIsSetUpItSaysWhatToSet() {
    var need = new Routing.Need(TaskType.HYBRID, "", null);

    assertThat(new Routing(ModelSettings.NONE).route(need).profiles()).isEmpty();
    assertThat(new Routing(ModelSettings.NONE).route(need).why())
        .contains("models.providers.ollama.kind", "models.profiles.local");
    var unsuited =
        new Routing(
            Pools.settings(
                List.of(provider("box", ProviderKind.OLLAMA, 0)), List.of(profile("own", "box"))));
    assertThat(unsuited.route(need).why()).contains("models.profiles.NAME.suits = [hybrid]");
  }
}
