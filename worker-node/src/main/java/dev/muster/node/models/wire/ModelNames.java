package dev.muster.node.models.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.node.models.ProviderKind;
import dev.muster.protocol.text.SecretForms;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/// Which models a provider says it has; asking costs nothing.
public final class ModelNames {
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final int BYTES_MAX = 4 * 1_024 * 1_024;
  private static final int CHARS_MAX = 200;

  /// Such as answer no questions.
  private static final Pattern MUTE =
      Pattern.compile(
          "(?i)embed|whisper|tts|dall-e|image|moderation|transcri|realtime|audio|rerank");

  private ModelNames() {}

  /// In the order of the provider, those that talk.
  ///
  /// @param url without a slash at its end
  /// @param key empty when none is needed
  /// @throws IOException when it does not tell, in words that do not hold the key
  public static List<String> of(ProviderKind kind, URI url, String key)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url + path(kind))).timeout(PATIENCE).GET();
    Dialect.of(kind, false).headers(key).forEach(request::header);
    var secret = SecretForms.of(List.of(key));
    try (HttpClient client = HttpModel.newClient()) {
      var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (var bytes = new BoundedBytes(response.body(), BYTES_MAX)) {
        if (response.statusCode() != 200) {
          throw new IOException(url.getAuthority() + " answers " + response.statusCode());
        }
        var whole = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        return names(Wire.parse(secret.without(whole)));
      } finally {
        client.shutdownNow();
      }
    } catch (IOException e) {
      // A client repeats what it could not read.
      var said = String.valueOf(e.getMessage());
      if (said.equals(secret.without(said))) throw e;
      throw new IOException(Excerpt.start(secret.without(said)));
    }
  }

  private static String path(ProviderKind kind) {
    return switch (kind) {
      case OPENAI -> "/models";
      case OLLAMA -> "/api/tags";
      case ANTHROPIC -> "/v1/models";
      case GEMINI -> "/v1beta/models";
    };
  }

  private static List<String> names(JsonNode answer) {
    var items = answer.path(answer.has("models") ? "models" : "data");
    return StreamSupport.stream(items.spliterator(), false)
        .filter(ModelNames::talks)
        .map(it -> it.path(it.has("id") ? "id" : "name").asText("").replaceFirst("^models/", ""))
        .filter(it -> !it.isBlank() && it.length() <= CHARS_MAX && !MUTE.matcher(it).find())
        .toList();
  }

  /// Only Gemini says what a model can do.
  private static boolean talks(JsonNode model) {
    var methods = model.path("supportedGenerationMethods");
    return methods.isMissingNode() || methods.toString().contains("\"generateContent\"");
  }
}
