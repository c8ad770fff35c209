package dev.muster.testkit.contract;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.muster.protocol.view.AnswerWitness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// What `openapi.yaml` promises of answers.
public final class Contract {
  private static final String HERE = "https://muster.invalid/openapi";

  /// Pages and their parts, which programs have no use for.
  private static final Pattern PAGES =
      Pattern.compile("/?|/login([.]js)?|/console/.*|/api/docs(/.*)?|/api/openapi[.]yaml");

  private final JsonNode contract;
  private final SchemaRegistry registry;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  private Contract(JsonNode contract) {
    this.contract = contract;
    this.registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Map.of(HERE, contract.toString())));
  }

  /// That of the server on this class path.
  public static Contract ofTheServer() {
    try (var yaml = Contract.class.getResourceAsStream("/openapi.yaml")) {
      if (yaml == null) throw new IllegalStateException("there is no openapi.yaml");
      return new Contract(new YAMLMapper().readTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public JsonNode root() {
    return contract;
  }

  /// @param name of a schema among the components
  public List<String> errors(String name, String body) {
    return at("/components/schemas/" + name, body);
  }

  /// What is wrong with an answer; empty where nothing is.
  ///
  /// @param body JSON; empty for what is none
  public List<String> errors(String method, String path, int status, String type, String body) {
    return errors(new AnswerRecorder.Kept(method, path, status, type, body));
  }

  List<String> errors(AnswerRecorder.Kept it) {
    // What browsers ask by themselves, and where they are sent.
    if (it.method().equals("OPTIONS") || it.status() / 100 == 3) return List.of();
    var template = template(it.path());
    if (template == null) return ofNoPath(it);
    var method = it.method().equals("HEAD") ? "get" : it.method().toLowerCase(Locale.ROOT);
    var operation = contract.get("paths").get(template).get(method);
    if (operation == null) {
      return it.status() >= 400 ? errors("Problem", it.body()) : List.of("no such method");
    }
    var responses = operation.get("responses");
    var status = Integer.toString(it.status());
    var name = responses.has(status) ? status : "default";
    if (!responses.has(name)) return List.of("status " + status + " is not in the contract");
    var isError = it.status() >= 400;
    if (name.equals("default") && !isError) return List.of("not in the contract: " + status);
    if (it.status() == AnswerWitness.SOCKET) {
      return errors("StreamEvent", it.body());
    }
    var pointer = "/paths/" + escaped(template) + "/" + method + "/responses/" + name;
    return content(responses.get(name), pointer, it);
  }

  private List<String> content(JsonNode response, String pointer, AnswerRecorder.Kept it) {
    var ref = response.get("$ref");
    var from = ref == null ? pointer : ref.asString().substring(1);
    var content = (ref == null ? response : contract.at(from)).get("content");
    if (content == null || !content.has(it.type())) {
      return List.of("found " + it.type() + ", expected " + content);
    }
    if (it.method().equals("HEAD") || it.body().isEmpty()) return List.of();
    if (it.type().equals("text/event-stream")) return errors("StreamEvent", it.body());
    return at(from + "/content/" + escaped(it.type()) + "/schema", it.body());
  }

  /// A stranger, and whoever is lost, is told a problem.
  private List<String> ofNoPath(AnswerRecorder.Kept it) {
    if (it.type().equals("application/problem+json")) return errors("Problem", it.body());
    return PAGES.matcher(it.path()).matches()
        ? List.of()
        : List.of("the path is not in the contract");
  }

  private @Nullable String template(String path) {
    return contract.get("paths").propertyNames().stream()
        .filter(it -> path.matches(it.replaceAll("\\{[a-z]+}", "[^/]+")))
        .min(Comparator.comparingInt(it -> it.split("\\{", -1).length))
        .orElse(null);
  }

  private List<String> at(String pointer, String body) {
    var schema =
        schemas.computeIfAbsent(
            pointer, it -> registry.getSchema(SchemaLocation.of(HERE + "#" + it)));
    return schema.validate(body, InputFormat.JSON).stream().map(Object::toString).toList();
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D");
  }
}
