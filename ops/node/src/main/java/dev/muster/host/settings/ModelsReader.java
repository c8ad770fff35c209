package dev.muster.host.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueType;
import dev.muster.node.models.pool.Breaking;
import dev.muster.node.models.pool.Endpoint;
import dev.muster.node.models.pool.ModelSettings;
import dev.muster.node.models.pool.Pace;
import dev.muster.node.models.pool.Profile;
import dev.muster.node.models.pool.Provider;
import dev.muster.node.models.pool.RateLimits;
import dev.muster.protocol.instruction.TaskType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads `models { providers {…} endpoints {…} profiles {…} }`: the one part of the settings that
/// has names of the user's own. All that is wrong is told at once, and no value that might be a
/// key.
final class ModelsReader {
  static final String KEY = "models";

  private static final Set<String> PROFILE =
      Set.of("targets", "order", "temperature", "tokens-max", "window", "suits", "tools");
  private static final Set<String> KEYS =
      Set.of(
          "providers",
          "endpoints",
          "profiles",
          "wait-max",
          "breaker-failures",
          "breaker-open",
          "retries",
          "back-off",
          "admission-percent");
  private static final Set<String> ENDPOINT =
      Set.of("url", "requests-per-minute", "tokens-per-minute", "burst", "in-flight-max");
  private static final int RETRIES_MAX = 6;
  private static final Duration OPEN_LONGEST = Duration.ofHours(1);
  private static final Duration BACK_OFF_LONGEST = Duration.ofMinutes(1);
  private static final Duration WAIT_LONGEST = Duration.ofMinutes(30);

  private final Map<String, String> environment;
  private final List<String> problems;
  private final Map<String, Provider> providers = new LinkedHashMap<>();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final Map<String, Profile> profiles = new LinkedHashMap<>();

  private ModelsReader(Map<String, String> environment, List<String> problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /// @param config a whole file
  static ModelSettings read(Config config, Map<String, String> environment, List<String> problems) {
    if (!config.hasPath(KEY)) return ModelSettings.NONE;
    if (config.getValue(KEY).valueType() != ConfigValueType.OBJECT) {
      problems.add("models: expected { providers { … } profiles { … } }");
      return ModelSettings.NONE;
    }
    return new ModelsReader(environment, problems).read(new ConfigPart(config, KEY, problems));
  }

  private ModelSettings read(ConfigPart models) {
    models.knows(KEYS);
    for (var name : models.names("providers")) {
      var part = models.part("providers", name);
      var provider = new ProviderReader(environment, part).read(name);
      if (provider != null) providers.put(name, provider);
    }
    for (var name : models.names("endpoints")) endpoint(name, models.part("endpoints", name));
    for (var name : models.names("profiles")) profile(name, models.part("profiles", name));
    var pace = pace(models);
    return problems.isEmpty()
        ? new ModelSettings(providers, profiles, endpoints, pace)
        : ModelSettings.NONE;
  }

  /// What is said beside the limits of each provider.
  private static Pace pace(ConfigPart models) {
    var usual = Pace.STANDARD;
    var breaking = usual.breaking();
    return new Pace(
        models.duration("wait-max", usual.waitMax(), WAIT_LONGEST),
        new Breaking(
            models.integer("breaker-failures", breaking.failuresMax(), 1, 100),
            models.duration("breaker-open", breaking.open(), OPEN_LONGEST)),
        models.integer("retries", usual.retries(), 0, RETRIES_MAX),
        models.duration("back-off", usual.backOff(), BACK_OFF_LONGEST),
        models.integer("admission-percent", usual.admissionPercent(), 1, 100));
  }

  /// Limits of an address that nobody asks would be a mistake that nobody notices.
  private void endpoint(String name, ConfigPart part) {
    part.knows(ENDPOINT);
    var url = ProviderReader.address(part, "");
    if (url == null) return;
    var limits = ProviderReader.limits(part, RateLimits.IN_FLIGHT_LIMIT);
    var endpoint = new Endpoint(name, url.toString(), limits);
    if (endpoints.stream().anyMatch(it -> it.url().equals(endpoint.url()))) {
      part.expected("url", "an address that no other endpoint has");
    } else if (problems.isEmpty()
        && providers.values().stream().noneMatch(it -> endpoint.holds(it.url()))) {
      part.expected(
          "url", "the url of a provider that is set up, or the beginning of some, up to a slash");
    }
    endpoints.add(endpoint);
  }

  private void profile(String name, ConfigPart part) {
    part.knows(PROFILE);
    var targets = part.strings("targets").stream().map(it -> target(part, it)).toList();
    if (targets.isEmpty()) part.expected("targets", "at least one, such as [\"openai/gpt-4\"]");
    var order = part.text("order", "priority");
    if (!Set.of("priority", "round-robin").contains(order)) {
      part.expected("order", "priority or round-robin");
    }
    var temperature = temperature(part);
    var tokensMax = part.integer("tokens-max", Profile.TOKENS_MAX, 1, 1_000_000);
    var window = part.integer("window", Profile.WINDOW, 2_000, 100_000_000);
    if (window - tokensMax < Profile.QUESTION_MIN) {
      part.expected(
          "window",
          "the tokens of question and answer together, at least %d more than tokens-max (%d)"
              .formatted(Profile.QUESTION_MIN, tokensMax));
    }
    var suits = suits(name, part);
    var tools = tools(name, part);
    if (!problems.isEmpty()) return;
    profiles.put(
        name,
        new Profile(
            name,
            targets,
            order.equals("round-robin"),
            temperature,
            tokensMax,
            window,
            suits,
            tools));
  }

  /// A model's name may have slashes of its own.
  private Profile.Target target(ConfigPart part, String text) {
    var slash = text.indexOf('/');
    var provider = slash < 0 ? text : text.substring(0, slash);
    var model = slash < 0 ? "" : text.substring(slash + 1);
    if (model.isBlank()) {
      part.expected("targets", "provider/model, such as openai/gpt-4");
    } else if (!providers.containsKey(provider) && problems.isEmpty()) {
      part.expected(
          "targets",
          "a provider that is set up (%s) before the first slash"
              .formatted(String.join(", ", new TreeSet<>(providers.keySet()))));
    }
    return new Profile.Target(provider, model);
  }

  private static @Nullable Double temperature(ConfigPart part) {
    if (part.text("temperature", "").equals("none")) return null;
    return part.number("temperature", Profile.TEMPERATURE, 0, 2);
  }

  /// What the seeds of the names mean, unless the file says otherwise.
  private static Set<TaskType> suits(String name, ConfigPart part) {
    if (!part.has("suits")) {
      return switch (name) {
        case "strong" -> EnumSet.of(TaskType.HYBRID, TaskType.CREATIVE);
        case "local" -> EnumSet.of(TaskType.MECHANICAL);
        default -> Set.of();
      };
    }
    var suits = EnumSet.noneOf(TaskType.class);
    for (var word : part.strings("suits")) {
      try {
        suits.add(TaskType.valueOf(word.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException _) {
        part.expected("suits", "some of mechanical, hybrid, creative");
      }
    }
    return suits;
  }

  /// Words of a classification, in small letters. Those of `strong` are what hard tasks say, unless
  /// the file says otherwise.
  private static Set<String> tools(String name, ConfigPart part) {
    if (!part.has("tools")) return name.equals("strong") ? Set.of("openai", "complex") : Set.of();
    var tools = new TreeSet<String>();
    for (var tool : part.strings("tools")) tools.add(tool.strip().toLowerCase(Locale.ROOT));
    if (tools.stream().anyMatch(it -> it.length() < 2)) {
      part.expected("tools", "words of TASK_CLASSIFICATION, such as [pytest, \"api testing\"]");
    }
    return tools;
  }

  /// Whether a key of a file is read here.
  static boolean isOurs(String key) {
    return key.equals(KEY) || key.startsWith(KEY + ".");
  }
}
