package dev.muster.cli.verb;

import dev.muster.host.CertificateFolder;
import dev.muster.host.CertificateFolder.Node;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.protocol.proof.Office;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "certs",
    description = "Certificates of nodes, for those who hand out their own: create, renew.")
final class Certs extends Noun {
  Certs(Context context) {
    super(context);
  }

  @Command(description = "An authority in DIR if there is none, and a certificate for each node.")
  int create(
      @Parameters(index = "0", paramLabel = "DIR", description = "Folder of the files.") String dir,
      @Parameters(
              index = "1..*",
              arity = "1..*",
              paramLabel = "NODE=HOST[,HOST]",
              description = "A node and the names others reach it by, as in its cluster.host.")
          List<String> nodes,
      @Option(
              names = "--workers",
              description =
                  "For nodes with the role worker only: with these nobody decides anything.")
          boolean workers) {
    var folder = folder(dir);
    var office = workers ? Office.NODE : Office.ORCHESTRATOR;
    folder.create(nodes.stream().map(it -> node(it, office)).toList());
    terminal()
        .say(
            "Give each node its NODE.pem and NODE.key, and authority.pem; keep authority.key to"
                + " yourself.\n"
                + "Settings: cluster.tls.certificate, cluster.tls.key, cluster.tls.authority");
    return Exit.OK;
  }

  @Command(description = "New certificates for the nodes in DIR. Nodes read them while they run.")
  int renew(
      @Parameters(paramLabel = "DIR", description = "Folder of the files.") String dir,
      @Option(
              names = "--authority",
              description =
                  "Only a new authority, beside the old. Hand out authority.pem, then renew again.")
          boolean authority) {
    var folder = folder(dir);
    if (authority) {
      folder.renewAuthority();
      terminal().say("Hand out authority.pem to every node, then: muster certs renew " + dir);
    } else {
      terminal().say("Renewed: " + String.join(", ", folder.renew()));
    }
    return Exit.OK;
  }

  private CertificateFolder folder(String dir) {
    return new CertificateFolder(context.path(dir), context.pace().now());
  }

  private static Node node(String text, Office office) {
    var parts = text.split("=", 2);
    try {
      return new Node(
          parts[0], parts.length < 2 ? List.of() : List.of(parts[1].split(",")), office);
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          Exit.USAGE, String.valueOf(e.getMessage()), "such as node-a=node-a.example,10.0.0.5", e);
    }
  }
}
