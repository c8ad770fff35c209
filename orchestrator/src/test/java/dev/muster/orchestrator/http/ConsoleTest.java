package dev.muster.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The console as a browser is given it; what it does there is tested with a browser.
class ConsoleTest extends ServerFixture {
  private static final Path SOURCES = Path.of("src/main/resources/console");

  @Test
  void isServedUnderAPolicyThatAllowsNothingInline() {
    var page = client.getWithoutToken("/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Security-Policy"))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .doesNotContain("unsafe");
    assertThat(page.whole().body())
        .doesNotContainPattern("<script(?![^>]*src=)|<style|style=|\\son[a-z]+=");
  }

  @Test
  void everyModuleThatOneImportsIsThere() throws IOException {
    var imports = Pattern.compile("from \"\\./([^\"]+)\"");
    try (var files = Files.list(SOURCES)) {
      for (var file : files.filter(it -> it.toString().endsWith(".js")).toList()) {
        var name = String.valueOf(file.getFileName());
        var served = client.getWithoutToken("/console/" + name);
        assertThat(served.status()).as(name).isEqualTo(200);
        assertThat(served.header("Content-Type")).startsWith("text/javascript");
        var text = Files.readString(file, StandardCharsets.UTF_8);
        assertThat(text)
            .as(name)
            .doesNotContain("innerHTML", "unsafeHTML", "eval(", "new Function");
        for (var module :
            imports.matcher(text).results().map(it -> it.group(1)).collect(Collectors.toSet())) {
          assertThat(client.getWithoutToken("/console/" + module).status())
              .as(module)
              .isEqualTo(200);
        }
      }
    }
  }

  @Test
  void aFileThatABrowserHasIsNotSentAgain() {
    var first = client.getWithoutToken("/console/bootstrap.min.css");
    var again =
        client.getWithoutToken("/console/bootstrap.min.css", "If-None-Match", first.header("ETag"));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.whole().body()).isEmpty();
  }

  @Test
  void aNameLeadsNowhereElse() {
    for (var name :
        new String[] {
          "..%2fopenapi.yaml", "%2e%2e%2fopenapi.yaml", "index.html", "app.js%00", "App.js", ""
        }) {
      assertThat(client.getWithoutToken("/console/" + name).status()).as(name).isIn(400, 401, 404);
    }
  }
}
