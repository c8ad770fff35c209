package dev.muster.host.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import dev.muster.node.models.KeySource;
import dev.muster.node.models.ProviderKind;
import dev.muster.node.models.pool.Price;
import dev.muster.node.models.pool.Provider;
import dev.muster.node.models.pool.RateLimits;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One provider of models, as the settings have it.
record ProviderReader(Map<String, String> environment, ConfigPart part) {
  private static final Set<String> KEYS =
      Set.of(
          "kind",
          "url",
          "key",
          "stream",
          "requests-per-minute",
          "tokens-per-minute",
          "burst",
          "in-flight-max",
          "prices");
  private static final double PRICE_MAX = 1_000_000;

  /// Null when its kind is none.
  @Nullable Provider read(String name) {
    part.knows(KEYS);
    var kind = kind();
    if (kind == null) return null;
    var written = address(part, kind.standardUrl().toString());
    var url = written == null ? kind.standardUrl() : written;
    return new Provider(
        name,
        kind,
        url,
        key(kind, url),
        stream(),
        limits(part, RateLimits.IN_FLIGHT_MAX),
        prices());
  }

  /// @param inFlightMax unless the part says it
  static RateLimits limits(ConfigPart part, int inFlightMax) {
    return new RateLimits(
        part.integer("requests-per-minute", 0, 0, 1_000_000),
        part.whole("tokens-per-minute", 0, 0, 1_000_000_000_000L),
        part.integer("burst", RateLimits.BURST, 1, 100_000),
        part.integer("in-flight-max", inFlightMax, 1, RateLimits.IN_FLIGHT_LIMIT));
  }

  private @Nullable ProviderKind kind() {
    try {
      return ProviderKind.valueOf(part.text("kind", "").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      part.expected("kind", "openai (whatever speaks as it does), ollama, anthropic or gemini");
      return null;
    }
  }

  /// Without what could hold a secret, since it is shown. Null when it is none.
  static @Nullable URI address(ConfigPart part, String otherwise) {
    try {
      var text = part.text("url", otherwise);
      var url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      var web = Set.of("http", "https").contains(String.valueOf(url.getScheme()));
      if (web
          && url.getHost() != null
          && url.getUserInfo() == null
          && url.getQuery() == null
          && url.getFragment() == null) {
        return url;
      }
    } catch (URISyntaxException _) {
      // reported below
    }
    part.expected("url", "http(s)://HOST[:PORT][/PATH], with no user, question mark or #");
    return null;
  }

  /// A key goes to the service that it is for without being asked to, and to no other.
  private KeySource key(ProviderKind kind, URI url) {
    if (!part.has("key")) {
      return url.equals(kind.standardUrl()) ? standardKey(kind) : KeySource.NONE;
    }
    return new KeyReader(environment, part).read("key");
  }

  private KeySource standardKey(ProviderKind kind) {
    return switch (kind) {
      case OPENAI -> ofEnvironment("OPENAI_API_KEY");
      case ANTHROPIC -> ofEnvironment("ANTHROPIC_API_KEY");
      case GEMINI -> ofEnvironment("GEMINI_API_KEY");
      case OLLAMA -> KeySource.NONE;
    };
  }

  private KeySource ofEnvironment(String name) {
    return new KeyReader(environment, part).ofEnvironment(name);
  }

  private boolean stream() {
    var text = part.text("stream", "true");
    if (!Set.of("true", "false").contains(text)) part.expected("stream", "true or false");
    return text.equals("true");
  }

  private Map<String, Price> prices() {
    if (!part.has("prices")) return Map.of();
    var prices = new HashMap<String, Price>();
    var at = part.path() + ".prices";
    if (part.whole().getValue(at).valueType() != ConfigValueType.OBJECT) {
      part.expected("prices", "{ \"MODEL\" = [IN, OUT, CACHED] }");
      return prices;
    }
    for (var model : part.whole().getObject(at).keySet()) {
      try {
        var numbers = part.whole().getDoubleList(at + ".\"" + model.replace("\"", "") + "\"");
        if (numbers.size() >= 2
            && numbers.size() <= 3
            && numbers.stream().allMatch(it -> it >= 0 && it <= PRICE_MAX)) {
          var in = numbers.getFirst();
          prices.put(
              model, new Price(in, numbers.get(1), numbers.size() == 3 ? numbers.get(2) : in));
          continue;
        }
      } catch (ConfigException _) {
        // reported below
      }
      part.expected("prices", "[IN, OUT, CACHED] in dollars a million tokens for " + model);
    }
    return prices;
  }
}
