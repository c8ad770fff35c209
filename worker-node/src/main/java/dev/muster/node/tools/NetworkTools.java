package dev.muster.node.tools;

import static dev.muster.node.tools.Parameters.pairs;
import static dev.muster.node.tools.Parameters.text;
import static dev.muster.node.tools.Parameters.texts;
import static dev.muster.node.tools.Parameters.whole;
import static dev.muster.node.tools.Parameters.yesOrNo;

import dev.muster.node.tools.Parameters.UnfitException;
import dev.muster.node.tools.ToolPlan.Gated;
import dev.muster.protocol.approval.Enquiries;
import dev.muster.protocol.instruction.Operation;
import dev.muster.protocol.instruction.OperationKinds;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.instruction.SecretNames;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Tools for what needs more than the workspace. Each of their calls is an operation that the gate
/// is asked about, with the very script that will run.
final class NetworkTools {
  private static final int SCRIPT_BYTES_MAX = 32_000;
  private static final int BODY_BYTES_MAX = 64_000;
  private static final int URL_CHARS_MAX = 2_000;
  private static final int SECONDS = 30;
  private static final int SECONDS_MAX = 120;
  private static final int PATHS_MAX = 20;
  private static final int ANSWER_BYTES_MAX = 10 << 20;
  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_]{1,40}");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,60}");
  private static final Pattern SECRET = Pattern.compile("\\{\\{([^{}]{1,80})\\}\\}");

  static List<Tool> all() {
    return List.of(http(), operation());
  }

  static Gated gated(String kind, String script, List<String> secrets, Risk risk) {
    return new Gated(
        new Operation(kind, risk, List.of(), true, List.of(), null, List.of(), secrets), script);
  }

  private static Tool http() {
    return CheckedTool.of(
        "http",
        "Make an HTTP request, or test an API: with `expect` another status is a failure. It is"
            + " asked about first. Secrets are named in headers as {{NAME}}, never written out."
            + " Redirects are told, not followed.",
        Parameters.of(
            text("url", "http:// or https://", URL_CHARS_MAX),
            Parameters.choice(
                "method",
                "GET if you do not say",
                "GET",
                "HEAD",
                "POST",
                "PUT",
                "PATCH",
                "DELETE",
                "OPTIONS"),
            pairs("headers", "by name"),
            text("body", "sent as it is", BODY_BYTES_MAX).optional(),
            why(),
            whole("expect", "the status that it must have", 100, 599),
            whole(
                "seconds",
                "its time limit, %d if you do not say".formatted(SECONDS),
                1,
                SECONDS_MAX)),
        (given, place) -> {
          var url = url(given.text("url"));
          var method = given.text("method", "GET");
          Reach.network(place, method + " " + url);
          var secrets = new LinkedHashSet<String>();
          var script = request(given, url, method, secrets);
          var kind = Set.of("GET", "HEAD", "OPTIONS").contains(method) ? "network_read" : "network";
          return gated(kind, script, List.copyOf(secrets), OperationKinds.riskOf(kind, false, true))
              .because(given.has("why") ? given.text("why") : null);
        });
  }

  /// Marked as the agent's own words wherever it is shown.
  static Parameters.Parameter why() {
    return text(
            "why",
            "why you need it, for whoever decides, who sees what it does anyway",
            Operation.WHY_CHARS_MAX)
        .optional();
  }

  private static String url(String text) throws UnfitException {
    try {
      var url = new URI(text);
      var scheme = String.valueOf(url.getScheme());
      if ((scheme.equals("http") || scheme.equals("https"))
          && url.getHost() != null
          && url.getRawUserInfo() == null) {
        return url.toASCIIString();
      }
    } catch (URISyntaxException _) {
      // Said below.
    }
    throw new UnfitException(
        "expected `url` as http://host/… or https://host/… without a password in it, found `%s`"
            .formatted(Parameters.shortened(text)));
  }

  private static String request(Arguments given, String url, String method, Set<String> secrets)
      throws UnfitException {
    var line = new ArrayList<String>();
    for (var header : given.pairs("headers").entrySet()) {
      line.add("--header " + header(header.getKey(), header.getValue(), secrets));
    }
    if (given.has("body")) {
      var body = Quoted.checked("body", given.text("body"), BODY_BYTES_MAX);
      line.add("--data-binary @<(printf %s " + Quoted.word(body) + ")");
    }
    line.add(method.equals("HEAD") ? "--head" : "--request " + method);
    var seconds = given.whole("seconds", SECONDS);
    var script =
        """
        command -v curl >/dev/null || { echo 'curl is not installed on this node: no HTTP request can be made'; exit 127; }
        status=$(curl -q --silent --show-error --globoff --noproxy '*' --proto '=http,https' --max-time %d \\
          --max-filesize %d --output "$TMPDIR/answer" --dump-header "$TMPDIR/head" --write-out '%%{http_code}' \\
          %s --url %s)
        cat "$TMPDIR/head" "$TMPDIR/answer" 2>/dev/null || true
        echo
        echo "=== status $status"
        """
            .formatted(seconds, ANSWER_BYTES_MAX, String.join(" \\\n  ", line), Quoted.word(url));
    if (!given.has("expect")) return script;
    return script
        + """
        [ "$status" = %1$d ] || { echo "=== expected status %1$d"; exit 22; }
        """
            .formatted(given.whole("expect", 200));
  }

  private static String header(String name, String value, Set<String> secrets)
      throws UnfitException {
    if (!HEADER.matcher(name).matches() || value.chars().anyMatch(Character::isISOControl)) {
      throw new UnfitException(
          "a header is a name of letters, digits and `-` with a value of one line, found `%s`"
              .formatted(Parameters.shortened(name)));
    }
    var word = new StringBuilder();
    var at = 0;
    var found = SECRET.matcher(value);
    while (found.find()) {
      var secret = secret(found.group(1));
      secrets.add(secret);
      word.append(Quoted.word(value.substring(at, found.start())));
      word.append("\"$").append(secret).append('"');
      at = found.end();
    }
    return Quoted.word(name + ": ") + word + Quoted.word(value.substring(at));
  }

  private static String secret(String name) throws UnfitException {
    if (SecretNames.isName(name)) return name;
    throw new UnfitException(
        "expected the name of a secret in capitals, found `%s`"
            .formatted(Parameters.shortened(name)));
  }

  private static Tool operation() {
    return CheckedTool.of(
        "operation",
        "Run a bash script that needs more than the workspace: the network, a folder of the target,"
            + " a secret. Somebody is asked first and sees the script as it is; a no ends your"
            + " work. Kinds: "
            + String.join(", ", OperationKinds.all().stream().sorted().toList())
            + ".",
        Parameters.of(
            text("kind", "what it does", 41),
            text("script", "bash, with -eo pipefail", SCRIPT_BYTES_MAX),
            why(),
            texts("writes", "folders of the target that it writes, relative to it"),
            texts("reads", "paths of the target that it reads, relative to it"),
            texts("inputs", "files of the workspace that whoever decides should see"),
            yesOrNo("network", "whether it needs the network"),
            text("check", "bash that ends with 0 if it has happened and with 1 if not", 4_000)
                .optional(),
            texts("secrets", "names of the secrets it gets as variables")),
        (given, place) -> {
          var kind = given.text("kind");
          if (Enquiries.isOne(kind)) {
            throw new UnfitException("`" + kind + "` runs nothing: ask by the tool `ask`");
          }
          if (!KIND.matcher(kind).matches()) {
            throw new UnfitException("`kind` is a word such as production_deploy");
          }
          var script = Quoted.checked("script", given.text("script"), SCRIPT_BYTES_MAX);
          if (script.isBlank()) throw new UnfitException("`script` is empty");
          if (given.yes("network")) Reach.network(place, kind);
          for (var name : List.of("writes", "reads", "inputs")) few(name, given.texts(name));
          for (var secret : given.texts("secrets")) secret(secret);
          var check =
              given.has("check") ? Quoted.checked("check", given.text("check"), 4_000) : null;
          return new Gated(
              new Operation(
                  kind,
                  OperationKinds.riskOf(
                      kind, !given.texts("writes").isEmpty(), given.yes("network")),
                  given.texts("writes"),
                  given.yes("network"),
                  given.texts("inputs"),
                  check,
                  given.texts("reads"),
                  given.texts("secrets"),
                  given.has("why") ? given.text("why") : null),
              script);
        });
  }

  private static void few(String name, List<String> paths) throws UnfitException {
    if (paths.size() > PATHS_MAX) {
      throw new UnfitException("`%s` has more than %d paths".formatted(name, PATHS_MAX));
    }
    for (var path : paths) {
      if (path.isBlank() || path.chars().anyMatch(Character::isISOControl)) {
        throw new UnfitException("`%s` holds what is no path".formatted(name));
      }
    }
  }

  private NetworkTools() {}
}
