package dev.muster.cli.stub;

import dev.muster.protocol.approval.Enforced;
import dev.muster.protocol.approval.Preview;
import dev.muster.protocol.view.ApprovalPreview;
import java.util.List;

/// What is foreseen of an operation, with names and lines of somebody hostile.
public final class PreviewSample {
  private static final String SHA = "a".repeat(64);

  public static final ApprovalPreview SEEN =
      new ApprovalPreview(
          "run_0mwoqed11cc8t-1",
          "d1",
          "words",
          List.of(new Preview.Place("/srv/site", 1_204, 5_242_880)),
          List.of(
              new Preview.Deletion(
                  "/srv/site/old",
                  3,
                  4_096,
                  List.of("index.html", "\u001B[2J\u202Etxt.sh", "<b>bold</b>"))),
          List.of(
              new Preview.Change(
                  "/srv/site/index.html",
                  SHA,
                  8,
                  SHA,
                  6,
                  1,
                  1,
                  "@@ -1,2 +1,2 @@\n one\n-two\n+2\n",
                  null),
              new Preview.Change(
                  "/srv/site/logo.png", null, 0, SHA, 2_048, 0, 0, null, "it is binary")),
          List.of(
              new Preview.Unforeseen(
                  "bash deploy.sh --all",
                  "it is a program of its own",
                  List.of(new Preview.Place("workspace/deploy.sh", 1, 812)))),
          List.of("`/etc` stays: the sandbox keeps it from there"),
          new Enforced(
              List.of("bubblewrap: scripts see nothing else", "refused and recorded: no device"),
              "no, and never: BOUNDARIES, statement 3: `CANNOT access: network`",
              List.of("its workspace", "/srv/site, for this operation alone"),
              List.of("BOUNDARIES, statement 1: `CANNOT modify: \u202Etests\u001B[2J`"),
              List.of("CANNOT be careless"),
              List.of(
                  new Enforced.Place("/muster/work", true, "its workspace"),
                  new Enforced.Place("/srv", false, "the target"))),
          List.of(new ApprovalPreview.Overlap("docs", List.of("WORKER_003", "WORKER_004"), 7)));

  private PreviewSample() {}
}
