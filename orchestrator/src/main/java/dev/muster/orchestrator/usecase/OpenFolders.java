package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.orchestrator.security.identity.Principal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Folders of this node's machine that whoever does not administer it may name: scripts read a
/// target without being asked about, results are written with this node's rights, and what is wrong
/// with a file quotes it.
///
/// @param folders absolute
public record OpenFolders(List<Path> folders) {
  public OpenFolders {
    folders = List.copyOf(folders);
  }

  /// @param field that names it
  /// @param named absolute; null for none
  /// @throws Refusal the same whether there is something or not
  public void expect(Principal by, String field, @Nullable Path named) {
    if (named == null || by.may(Permission.ADMINISTER)) return;
    var real = real(named);
    if (real != null && folders.stream().map(OpenFolders::real).anyMatch(it -> below(real, it))) {
      return;
    }
    throw Refusal.forbidden(
        "folder-not-open",
        "expected `%s` in %s, since others are named by who administers this node, or opened by its setting http.folders; a target can be sent, found %s"
            .formatted(
                field,
                folders.stream().map(Path::toString).collect(Collectors.joining(" or ")),
                named));
  }

  private static boolean below(Path path, @Nullable Path folder) {
    return folder != null && path.startsWith(folder);
  }

  /// Where it really is, or would be; null when nobody can say.
  private static @Nullable Path real(Path path) {
    try {
      for (var at = path; at != null; at = at.getParent()) {
        if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
          return at.toRealPath().resolve(at.relativize(path));
        }
      }
    } catch (IOException _) {
      // A link that leads nowhere, or a folder that this node may not read.
    }
    return null;
  }
}
