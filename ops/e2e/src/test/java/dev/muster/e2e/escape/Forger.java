package dev.muster.e2e.escape;

import dev.muster.cli.Main;
import dev.muster.orchestrator.security.trust.NodeSeals;
import dev.muster.orchestrator.security.trust.SharedAuthority;
import dev.muster.protocol.proof.Office;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.postgresql.ds.PGSimpleDataSource;

/// A worker node of the cluster that has fallen into wrong hands: Muster as it is, with its real
/// certificate and its place among the others, and somebody inside who says what is not so once a
/// file tells about what.
public final class Forger {
  /// Names the folder where `order.txt` is waited for, and where what came of each is written.
  static final String FOLDER = "FORGER_FOLDER";

  private Forger() {}

  public static void main(String[] args) {
    System.setProperty("pekko.extensions.0", Hands.class.getName());
    Main.main(args);
  }

  /// Has Pekko start it with the node's own actor system.
  public static final class Hands extends AbstractExtensionId<Extension> {
    @Override
    public Extension createExtension(ExtendedActorSystem system) {
      Thread.ofVirtual().start(() -> forge(system));
      return new Extension() {};
    }
  }

  /// What the forgeries are about.
  ///
  /// @param worker of the run, which another node carries out
  record Order(String run, String approval, String digest, String worker, String victim) {
    static Order parse(String line) {
      var parts = line.strip().split(" ", -1);
      return new Order(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }

    @Override
    public String toString() {
      return String.join(" ", run, approval, digest, worker, victim);
    }
  }

  private static void forge(ExtendedActorSystem system) {
    try {
      var folder = Path.of(Objects.requireNonNull(System.getenv(FOLDER)));
      var order = folder.resolve("order.txt");
      while (!Files.exists(order)) Thread.sleep(200);
      var said = new ArrayList<String>();
      var forgeries =
          new Forgeries(Adapter.toTyped(system), Order.parse(Files.readString(order)), seals());
      forgeries.each((name, answer) -> said.add(name + "\t" + answer));
      var draft = Files.write(folder.resolve("said.tmp"), said);
      Files.move(draft, folder.resolve("said.txt"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What its certificate lets it sign.
  private static NodeSeals seals() throws GeneralSecurityException {
    var database = new PGSimpleDataSource();
    database.setURL(env("MUSTER_DATABASE_URL"));
    database.setUser(env("MUSTER_DATABASE_USER"));
    var node = env("MUSTER_NODE_NAME");
    var clock = InstantSource.system();
    var seals = new NodeSeals(node, Office.NODE, clock);
    seals.learn(new SharedAuthority(database, clock, node, List.of(), Office.NODE).current());
    return seals;
  }

  private static String env(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }
}
