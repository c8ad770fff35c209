package dev.muster.cli.stub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cli.client.Json;

/// Models as a node tells of them.
public final class ModelSamples {
  private ModelSamples() {}

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A busy one, one whose breaker is open, one that nobody has called.
  public static ObjectNode models() {
    return json(
        """
        {"missing":null,"since":"2026-07-01T08:00:00.000Z","problem":null,
         "providers":[
          {"name":"box","kind":"ollama","url":"http://127.0.0.1:11434","key":"none","breaker":"open",
           "lastFailure":"unreachable: 127.0.0.1:11434: Connection refused","blockedUntil":null,
           "requests":3,"successes":0,"failures":3,"cancelled":0,"inFlight":0,"inFlightMax":16,
           "latencyP50Millis":0,"latencyP95Millis":0,"latencyP99Millis":0,"tokensIn":0,"tokensOut":0,
           "tokensCached":0,"costDollars":0.0,"unpriced":0,"requestsInWindow":3,"requestsPerMinute":0,
           "tokensInWindow":0,"tokensPerMinute":0,"availableTokens":null},
          {"name":"claude","kind":"anthropic","url":"https://api.anthropic.com",
           "key":"env ANTHROPIC_API_KEY (not set)","breaker":"closed","lastFailure":null,
           "blockedUntil":null,"requests":0,"successes":0,"failures":0,"cancelled":0,"inFlight":0,
           "inFlightMax":16,"latencyP50Millis":0,"latencyP95Millis":0,"latencyP99Millis":0,"tokensIn":0,
           "tokensOut":0,"tokensCached":0,"costDollars":0.0,"unpriced":0,"requestsInWindow":0,
           "requestsPerMinute":0,"tokensInWindow":0,"tokensPerMinute":0,"availableTokens":null},
          {"name":"openai","kind":"openai","url":"https://api.openai.com/v1","key":"env OPENAI_API_KEY",
           "breaker":"closed","lastFailure":null,"blockedUntil":null,"requests":1840,"successes":1811,
           "failures":29,"cancelled":0,"inFlight":7,"inFlightMax":16,"latencyP50Millis":1240,
           "latencyP95Millis":4810,"latencyP99Millis":9020,"tokensIn":5120433,"tokensOut":402112,
           "tokensCached":1800100,"costDollars":17.42,"unpriced":3,"requestsInWindow":412,
           "requestsPerMinute":500,"tokensInWindow":88120,"tokensPerMinute":200000,"availableTokens":8.5}],
         "endpoints":[
          {"name":"gateway","url":"https://api.openai.com","providers":["openai"],"inFlight":7,
           "inFlightMax":10000,"requestsInWindow":412,"requestsPerMinute":600,"tokensInWindow":88120,
           "tokensPerMinute":0,"availableTokens":9.0}],
         "profiles":[
          {"name":"strong","targets":["openai/gpt-4","claude/claude-sonnet-4"],"order":"priority",
           "temperature":0.2,"tokensMax":4000,"window":100000,"suits":["hybrid","creative"],"tools":[]},
          {"name":"local","targets":["box/codellama:13b-instruct-q4_K_M"],"order":"round-robin",
           "temperature":null,"tokensMax":4000,"window":100000,"suits":["mechanical"],"tools":[]},
          {"name":"coordinator","targets":["box/mistral:7b-instruct-q4_K_M"],"order":"priority",
           "temperature":0.2,"tokensMax":800,"window":100000,"suits":[],"tools":[]}]}
        """);
  }

  public static ObjectNode none() {
    return json(
        """
        {"missing":"no model is set up","since":null,"problem":null,"providers":[],"profiles":[]}
        """);
  }

  public static ObjectNode answered() {
    return json(
        """
        {"profile":"strong","answered":true,"provider":"openai","model":"gpt-4","text":"ready\\n",
         "latencyMillis":412,"tokensIn":15,"tokensOut":1,"costDollars":0.0005,"why":null,
         "retryAfterSeconds":null,"tries":[]}
        """);
  }

  public static ObjectNode refused() {
    return json(
        """
        {"profile":"strong","answered":false,"provider":null,"model":null,"text":null,
         "latencyMillis":null,"tokensIn":null,"tokensOut":null,"costDollars":null,
         "why":"provider openai: it said: rate limited: answered 429 `slow down`",
         "retryAfterSeconds":40,
         "tries":[{"provider":"openai","model":"gpt-4","failure":"rate limited: answered 429 `slow down`"}]}
        """);
  }
}
