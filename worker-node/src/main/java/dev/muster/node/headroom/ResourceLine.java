package dev.muster.node.headroom;

import dev.muster.protocol.headroom.NodeHeadroom;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// One line of `resources.log`, comma-separated under this header. Reasons are joined by `; ` and
/// quoted.
public final class ResourceLine {
  public static final String HEADER =
      "at,node,open,cpu_percent,cpu_own_percent,memory_percent,disk_percent,slots,slots_busy,reasons";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  static String of(NodeHeadroom now) {
    return String.format(
        Locale.ROOT,
        "%s,%s,%s,%.1f,%.1f,%.1f,%.1f,%d,%d,%s",
        TIME.format(now.at()),
        quoted(now.node()),
        now.open(),
        now.cpuPercent(),
        now.cpuOwnPercent(),
        now.memoryPercent(),
        now.diskPercent(),
        now.slots(),
        now.slotsBusy(),
        quoted(String.join("; ", now.reasons())));
  }

  /// RFC 4180.
  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9_.-]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }

  private ResourceLine() {}
}
