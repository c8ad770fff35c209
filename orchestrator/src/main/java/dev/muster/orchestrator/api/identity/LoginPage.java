package dev.muster.orchestrator.api.identity;

import dev.muster.orchestrator.api.exchange.Accepts;
import dev.muster.orchestrator.api.exchange.Answer;
import java.util.Map;
import org.apache.pekko.util.ByteString;

/// Where a browser says who it is for. The same for everybody, whatever was asked for.
public final class LoginPage {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self';"
          + " form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width">
          <title>Muster: log in</title>
          <style>
            :root { color-scheme: light dark; }
            body { font: 1rem system-ui, sans-serif; max-width: 24rem; margin: 4rem auto; padding: 0 1rem; }
            label, input, button { display: block; box-sizing: border-box; width: 100%; margin: .3rem 0 1rem; font: inherit; }
            input, button { padding: .4rem .6rem; }
          </style>
        </head>
        <body>
          <h1>Muster</h1>
          <form id="login">
            <label>User <input id="user" autocomplete="username" placeholder="empty for a token"></label>
            <label>Password, or the token in operator.token <input id="password" type="password" autocomplete="current-password" required></label>
            <button>Log in</button>
            <p id="said" role="alert"></p>
          </form>
          <script src="/login.js"></script>
        </body>
      </html>
      """;
  private static final String SCRIPT =
      """
      const field = (id) => document.getElementById(id);
      async function login(shown) {
        const answer = await fetch("/api/v1/session", {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(shown),
        });
        const said = await answer.json();
        if (!answer.ok) {
          field("said").textContent = said.detail;
          return;
        }
        // For every tab of this browser, as the cookie is.
        localStorage.setItem("muster-csrf", said.csrf);
        if (location.pathname !== "/login") location.reload();
        else {
          // Only ever a place within this origin: whole, since a path of `//host` alone would be another.
          const next = new URLSearchParams(location.search).get("next") ?? "/";
          const to = new URL(next, location.origin);
          location.assign(to.origin === location.origin ? to.href : "/");
        }
      }
      field("login").addEventListener("submit", (event) => {
        event.preventDefault();
        const user = field("user").value.trim();
        const secret = field("password").value;
        login(user ? { user, password: secret } : { token: secret });
      });
      if (new URLSearchParams(location.search).has("ended")) {
        field("said").textContent = "Your session has ended. Log in, and you are where you were.";
      }
      // Of `muster console`: good for once, and gone from the address before anything else.
      const code = location.hash.startsWith("#code=") ? location.hash.slice(6) : "";
      if (code) {
        history.replaceState(null, "", location.pathname + location.search);
        login({ code });
      }
      """;

  private LoginPage() {}

  /// Whether a person has followed a link to a page without having logged in.
  public static boolean isFor(String path, Map<String, String> headers) {
    return path.startsWith("/api/docs") && Accepts.names(headers.get("accept"), "text/html");
  }

  public static Answer instead() {
    return html(401).with("WWW-Authenticate", "Bearer");
  }

  static Answer page() {
    return html(200);
  }

  static Answer script() {
    return Answer.whole(200, "text/javascript; charset=utf-8", ByteString.fromString(SCRIPT));
  }

  private static Answer html(int status) {
    return Answer.whole(status, Answer.HTML, ByteString.fromString(PAGE))
        .with("Content-Security-Policy", POLICY);
  }
}
