package dev.muster.orchestrator.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.orchestrator.readside.view.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Talks to a server as a program would; and, where no decent program would, over a bare socket.
final class Client {
  private final HttpClient http = HttpClient.newHttpClient();
  private final InetSocketAddress address;
  private final String token;

  Client(InetSocketAddress address, String token) {
    this.address = address;
    this.token = token;
  }

  record Reply(int status, HttpResponse<String> whole) {
    JsonNode json() {
      try {
        return Json.mapper().readTree(whole.body());
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + whole.body(), e);
      }
    }

    String code() {
      return json().path("code").asText();
    }

    String header(String name) {
      return whole.headers().firstValue(name).orElse("");
    }
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + address.getPort() + path);
  }

  /// With the operator's token.
  Reply get(String path, String... headers) {
    return send(request(path, authorized(headers)).GET());
  }

  Reply getWithoutToken(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  /// With the operator's token, unless they hold another.
  String[] authorized(String... headers) {
    return with(headers, "Authorization", "Bearer " + token);
  }

  /// With the operator's token.
  Reply post(String path, String body, String... headers) {
    return postWithoutToken(path, body, authorized(headers));
  }

  Reply postWithoutToken(String path, String body, String... headers) {
    return send(
        request(path, with(headers, "Content-Type", "application/json"))
            .POST(BodyPublishers.ofString(body)));
  }

  /// With the operator's token.
  Reply delete(String path) {
    return send("DELETE", path);
  }

  /// With the operator's token, unless they hold another.
  Reply send(String method, String path, String... headers) {
    return send(request(path, authorized(headers)).method(method, BodyPublishers.noBody()));
  }

  Reply sendWithoutToken(String method, String path) {
    return send(request(path).method(method, BodyPublishers.noBody()));
  }

  HttpRequest.Builder request(String path, String... headers) {
    var request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
    return headers.length == 0 ? request : request.headers(headers);
  }

  Reply send(HttpRequest.Builder request) {
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String[] with(String[] headers, String name, String value) {
    for (var i = 0; i < headers.length; i += 2) {
      if (headers[i].equalsIgnoreCase(name)) return headers;
    }
    var all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = name;
    all[headers.length + 1] = value;
    return all;
  }

  /// Sends bytes as they are and returns what comes back until nothing more does.
  String raw(String request) throws IOException {
    var answer = new ByteArrayOutputStream();
    try (var socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(2_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getInputStream().transferTo(answer);
    } catch (SocketTimeoutException _) {
      // The server keeps the connection.
    }
    return answer.toString(StandardCharsets.UTF_8);
  }
}
