package dev.muster.node.models;

import java.net.URI;

/// Which protocol a provider speaks, and where it usually is.
public enum ProviderKind {
  /// Chat completions: OpenAI, vLLM, llama.cpp, LM Studio, OpenRouter, Kimi.
  OPENAI("https://api.openai.com/v1"),
  OLLAMA("http://127.0.0.1:11434"),
  ANTHROPIC("https://api.anthropic.com"),
  GEMINI("https://generativelanguage.googleapis.com");

  private final URI standardUrl;

  ProviderKind(String standardUrl) {
    this.standardUrl = URI.create(standardUrl);
  }

  public URI standardUrl() {
    return standardUrl;
  }
}
