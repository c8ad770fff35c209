package dev.muster.host.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.muster.host.trust.DataFolders.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFoldersTest {
  private static final int SOMEBODY = 64_999;

  @TempDir Path root;
  private StateFolder state;
  private DataFolders folders;
  private Path data;

  @BeforeEach
  void home() {
    state = new StateFolder(root.resolve("home/state"));
    folders = new DataFolders(state, false);
    data = root.resolve("a/data");
  }

  @Test
  void aNewOneIsMadeForNobodyElseAndKnownAgain() throws IOException {
    assertThat(folders.look(data)).isEqualTo(new Standing.Empty());
    folders.claim(data);
    assertThat(mode(data)).isEqualTo("rwx------");
    Files.writeString(data.resolve("operator.token"), "t");
    assertThat(folders.look(data)).isEqualTo(new Standing.Ours(false));
    assertThat(folders.look(root.resolve("a/../a/data"))).isEqualTo(new Standing.Ours(false));
  }

  @Test
  void anEmptyOneThatIsOpenIsClosed() throws IOException {
    Files.createDirectories(data);
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
    folders.claim(data);
    assertThat(mode(data)).isEqualTo("rwx------");
  }

  @Test
  void whatCameWithARepositoryIsForeignUntilItIsAdopted() throws IOException {
    Files.createDirectories(data);
    Files.writeString(data.resolve("operator.token"), "attackers-known-token");
    assertThat(foreign()).contains("may have come with a repository");
    assertThatIOException().isThrownBy(() -> folders.claim(data));
    folders.adopt(data);
    assertThat(folders.look(data)).isEqualTo(new Standing.Ours(false));
  }

  @Test
  void anOlderCopyThatIsPutBackIsForeignUntilItIsAdopted() throws IOException {
    folders.claim(data);
    folders.begin(data);
    Files.writeString(data.resolve("operator.token"), "t");
    var uses = Files.readString(data.resolve("folder.mark.uses"));
    folders.begin(data);
    assertThat(folders.look(data)).isEqualTo(new Standing.Ours(false));
    Files.writeString(data.resolve("folder.mark.uses"), uses);
    assertThat(foreign()).contains("is an older copy");
    folders.adopt(data);
    folders.begin(data);
    assertThat(folders.look(data)).isEqualTo(new Standing.Ours(false));
    Files.delete(data.resolve("folder.mark.uses")); // of before there was any
    assertThat(foreign()).contains("is an older copy");
  }

  /// They have read our number in a folder that we had given them.
  @Test
  void aCopiedMarkIsNoMark() throws IOException {
    folders.claim(data);
    var other = Files.createDirectories(root.resolve("b/data"));
    Files.copy(data.resolve(DataMarks.NAME), other.resolve(DataMarks.NAME));
    Files.writeString(other.resolve("operator.token"), "t");
    data = other;
    assertThat(foreign()).contains("was not made here");
  }

  @Test
  void anotherFolderInItsPlaceIsForeign() throws IOException {
    folders.claim(data);
    Files.move(data, root.resolve("a/old"));
    Files.createDirectory(data);
    Files.writeString(data.resolve("operator.token"), "theirs");
    assertThat(foreign()).contains("was not made here");
    Files.writeString(data.resolve(DataMarks.NAME), "0123456789abcdef\n");
    assertThat(foreign()).contains("was not made here");
  }

  @Test
  void oneThatWasMovedAsksAndOneThatWasPutBackDoesNot() throws IOException {
    folders.claim(data);
    Files.writeString(data.resolve("operator.token"), "t");
    var moved = Files.move(data, root.resolve("moved"));
    Files.createDirectories(root.resolve("a"));
    data = moved;
    assertThat(foreign()).contains("was not made here");
    data = Files.move(moved, root.resolve("a/data"));
    assertThat(folders.look(data)).isEqualTo(new Standing.Ours(false));
  }

  @Test
  void oneThatOthersCouldWriteIsForeignAndOneTheyCouldReadIsClosed() throws IOException {
    folders.claim(data);
    Files.writeString(data.resolve("operator.token"), "t");
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(folders.look(data)).isEqualTo(new Standing.Ours(true));
    folders.claim(data);
    assertThat(mode(data)).isEqualTo("rwx------");
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(foreign()).contains("could be written by others");
  }

  @Test
  void aWayThatOthersCanExchangeIsNotTaken() throws IOException {
    var open = Files.createDirectories(root.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    data = open.resolve("deeper/data");
    assertThat(foreign()).contains(open + " can be written by everybody");
    Files.createDirectories(data);
    assertThat(foreign()).contains(open + " can be written by everybody");
    data = Files.createSymbolicLink(root.resolve("link"), data);
    assertThat(foreign()).contains("can be written by everybody");
    Files.setAttribute(open, "unix:mode", 01777);
    assertThat(folders.look(data)).as("like /tmp").isEqualTo(new Standing.Empty());
  }

  @Test
  void oneOfSomebodyElseIsForeign() throws IOException {
    assumeThat(Owner.ofProcess().uid()).isZero();
    Files.createDirectories(data);
    Files.setAttribute(data, "unix:uid", SOMEBODY);
    assertThat(foreign()).contains("belongs to");
    Files.setAttribute(data, "unix:uid", 0);
    Files.setAttribute(data.getParent(), "unix:uid", SOMEBODY, LinkOption.NOFOLLOW_LINKS);
    assertThat(foreign()).contains("belongs to");
  }

  @Test
  void aFolderWithLinksIsNotAdopted() throws IOException {
    Files.createDirectories(data);
    Files.createSymbolicLink(data.resolve("logs"), root);
    assertThatIOException().isThrownBy(() -> folders.adopt(data)).withMessageContaining("logs");
  }

  @Test
  void theUsersStateFolderNeedsNoMarksAndNodesOfAClusterAreParts() throws IOException {
    var place = state.dataOf(Files.createDirectories(root.resolve("my project")));
    assertThat(place.getParent()).isEqualTo(state.path());
    assertThat(place.getFileName().toString()).startsWith("my_project-");
    Files.createDirectories(place);
    Files.writeString(place.resolve("operator.token"), "t");
    assertThat(folders.look(place)).isInstanceOf(Standing.Ours.class);

    folders.claim(data);
    var node = Files.createDirectories(data.resolve("nodes/worker-1"));
    Files.createDirectory(node.resolve("logs"));
    assertThat(folders.look(node)).isInstanceOf(Standing.Foreign.class);
    Files.writeString(data.resolve("cluster.json"), "{}");
    assertThat(folders.look(node)).isInstanceOf(Standing.Ours.class);
    var workspace = Files.createDirectories(data.resolve("workspaces/nodes/x"));
    Files.createDirectory(workspace.resolve("logs"));
    Files.writeString(data.resolve("workspaces/cluster.json"), "{}");
    assertThat(folders.look(workspace))
        .as("what workers write is no part of it")
        .isInstanceOf(Standing.Foreign.class);
  }

  /// A new container with the volume of the last one remembers nothing.
  @Test
  void aVolumeNeedsNoMark() throws IOException {
    var volume = new DataFolders(new StateFolder(Path.of("/proc/nowhere")), true);
    volume.claim(data);
    Files.writeString(data.resolve("operator.token"), "t");
    assertThat(volume.look(data)).isEqualTo(new Standing.Ours(false));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(volume.look(data)).isEqualTo(new Standing.Ours(true));
    volume.claim(data);
    assertThat(mode(data)).isEqualTo("rwx------");
    assertThat(folders.look(data)).as("elsewhere it does").isInstanceOf(Standing.Foreign.class);
  }

  private String foreign() throws IOException {
    return folders.look(data) instanceof Standing.Foreign(var words, _) ? words : "it was ours";
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
