package dev.muster.orchestrator.journal.storage;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// One short try to reach a database server, for whoever does not want to wait for it.
public final class ServerContact {
  private static final Duration LONGEST = Duration.ofSeconds(3);

  private ServerContact() {}

  /// Why the server cannot be used now, in words; null when it can.
  public static @Nullable String problem(DatabaseSettings settings) {
    var properties = new Properties();
    var seconds = Long.toString(LONGEST.toSeconds());
    properties.put("connectTimeout", seconds);
    properties.put("socketTimeout", seconds);
    properties.put("loginTimeout", seconds);
    if (settings.user() != null) properties.put("user", settings.user());
    if (settings.password() != null) properties.put("password", settings.password());
    try (var connection = DriverManager.getConnection(settings.url(), properties)) {
      return connection.isValid((int) LONGEST.toSeconds())
          ? null
          : said(settings, "does not answer");
    } catch (SQLException e) {
      return said(settings, why(e));
    }
  }

  private static String said(DatabaseSettings settings, String what) {
    return "the database at " + place(settings) + " " + what;
  }

  private static String why(SQLException e) {
    var state = String.valueOf(e.getSQLState());
    if (state.startsWith("28")) {
      return "refuses this user or password: " + JournalFile.firstLine(e);
    }
    if (state.equals("3D000")) return "has no such database: " + JournalFile.firstLine(e);
    for (Throwable at = e; at != null; at = at.getCause()) {
      switch (at) {
        case UnknownHostException _ -> {
          return "cannot be found: nobody knows that host name";
        }
        case SocketTimeoutException _ -> {
          return "does not answer within %d s".formatted(LONGEST.toSeconds());
        }
        case NoRouteToHostException _ -> {
          return "cannot be reached: there is no route to that host";
        }
        case ConnectException _ -> {
          return "refuses the connection: no server listens there";
        }
        default -> {}
      }
    }
    return state.startsWith("08") && String.valueOf(e.getMessage()).contains("timed out")
        ? "does not answer within %d s".formatted(LONGEST.toSeconds())
        : "cannot be used: " + JournalFile.firstLine(e);
  }

  /// `host:port`, never a password that somebody put into the URL.
  private static String place(DatabaseSettings settings) {
    try {
      var uri = URI.create(settings.url().substring("jdbc:".length()));
      if (uri.getHost() == null) return "its address";
      return uri.getHost() + ":" + (uri.getPort() < 0 ? 5432 : uri.getPort());
    } catch (IllegalArgumentException _) {
      return "its address";
    }
  }
}
