package dev.muster.node.models.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.node.models.ProviderKind;
import dev.muster.testkit.model.ModelServer;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OPENAI | {'object':'list','data':[{'id':'text-embedding-3-small'},{'id':'a'},{'id':'b'}]}",
        "OLLAMA | {'models':[{'name':'a','model':'a'},{'name':'b'},{'name':'nomic-embed-text'}]}",
        "ANTHROPIC |"
            + " {'data':[{'type':'model','id':'a'},{'type':'model','id':'b'}],'has_more':false}",
        "GEMINI | {'models':[{'name':'models/v','supportedGenerationMethods':['embedContent']},"
            + "{'name':'models/a','supportedGenerationMethods':['generateContent']},"
            + "{'name':'models/b','supportedGenerationMethods':['countTokens','generateContent']}]}"
      })
  void thoseThatTalkAreToldInTheOrderOfTheProvider(ProviderKind kind, String listing)
      throws Exception {
    try (var server = ModelServer.open().offering(listing.replace('\'', '"'))) {
      assertThat(ModelNames.of(kind, server.url(), Talk.KEY)).containsExactly("a", "b");
    }
  }

  @Test
  void whoDoesNotTellIsSaidWithoutTheKey() throws Exception {
    try (var server = ModelServer.open()) {
      refused(server.url(), "answers 404");
      server.offering("no json " + Talk.KEY);
      refused(server.url(), "");
    }
    try (var server = NoHttp.saying("Bearer " + Talk.KEY)) {
      refused(server.url(), "Bearer ***");
    }
    refused(URI.create("http://127.0.0.1:1"), "");
  }

  private static void refused(URI url, String why) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ModelNames.of(ProviderKind.OPENAI, url, Talk.KEY))
        .satisfies(
            e -> assertThat(String.valueOf(e.getMessage())).contains(why).doesNotContain(Talk.KEY));
  }
}
