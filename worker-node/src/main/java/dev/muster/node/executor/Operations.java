package dev.muster.node.executor;

import dev.muster.node.workspace.OperationContent;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.instruction.Block;
import dev.muster.protocol.instruction.Operation;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.instruction.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says of each block what the gate must be asked, if anything.
///
/// @param resumption what was asked about before
/// @param noun what a block is called: an agent has calls
record Operations(AttemptSetting setting, Resumption resumption, String noun) {
  private static final String SERVER_TELLS = "the database itself";
  static final String UNSANDBOXED = "unsandboxed_command";
  private static final String WITH_ALL_RIGHTS =
      "There is no sandbox: it will run with all your rights, those of the user of this node.";

  /// Whether the block must not simply run.
  boolean asks(Block block) {
    return block.operation() != null || !isolates();
  }

  /// Where there is a sandbox the tests run in it.
  boolean asksForTests() {
    return !isolates();
  }

  /// @param round counts from 0 how often the same was begun and nobody knows how it ended
  /// @param heard is told of an operation that a block declares while the question is put together
  GatedOperation of(Block block, int round, Prospect.Heard heard) throws IOException {
    var operation = block.operation();
    if (operation != null) return declared(block, operation, heard);
    return unsandboxed(noun + " " + block.ordinal(), block.ordinal(), block.script(), round);
  }

  /// A statement for a database, which the node itself carries out: nothing is foreseen of it, and
  /// no script runs.
  ///
  /// @param source which database, in words
  GatedOperation ofStatement(Block block, Operation operation, String source) throws IOException {
    var content =
        resumption
            .contents(setting, block.ordinal(), block.script())
            .withoutTarget("a statement for a database reads no files");
    var consequence =
        "%s %d of %s (%s) would have the database %s carry out one statement, once: it is asked after a crash whether it has."
            .formatted(capital(noun), block.ordinal(), worker(), operation.kind(), source);
    var words =
        new Words(
            block.ordinal(),
            OperationDigest.identity(operation, block.script()),
            operation.kind(),
            Risk.ADMIN,
            consequence,
            block.script(),
            operation);
    var name = noun + " " + block.ordinal();
    return gated(name, words, PermittedFolders.NONE, content, null, SERVER_TELLS);
  }

  /// The tests as one operation, behind the last block.
  GatedOperation ofTests(int round) throws IOException {
    var script =
        setting.instruction().tests().stream().map(Script::text).collect(Collectors.joining("\n"));
    return unsandboxed("tests", ordinalOfTests(), script, round);
  }

  private int ordinalOfTests() {
    return 1 + setting.instruction().blocks().stream().mapToInt(Block::ordinal).max().orElse(0);
  }

  /// The look whether an operation has happened, where no sandbox keeps it a look; null where one
  /// does.
  ///
  /// @param approval whose outcome is unknown
  @Nullable GatedOperation ofCheck(GatedOperation operation, String check, String approval)
      throws IOException {
    if (isolates()) return null;
    var ordinal = operation.request().ordinal();
    var identity = OperationDigest.unsandboxed(check, approval, 0);
    var consequence =
        "A look whether %s %d of %s has happened. %s"
            .formatted(noun, ordinal, worker(), WITH_ALL_RIGHTS);
    var words = new Words(ordinal, identity, UNSANDBOXED, Risk.ADMIN, consequence, check, null);
    return gated("check " + ordinal, words, PermittedFolders.NONE, operation.content());
  }

  /// What is different now from what was asked about.
  List<String> changed(GatedOperation operation) throws IOException {
    return new Contents(setting, operation.request().script(), null)
        .changed(operation.content(), operation.reads(), operation.folders());
  }

  private GatedOperation declared(Block block, Operation operation, Prospect.Heard heard)
      throws IOException {
    for (var secret : operation.secrets()) {
      // Nobody is asked about what could not be done.
      setting.workplace().secrets().reveal(secret);
    }
    var name = noun + " " + block.ordinal();
    var folders =
        PermittedFolders.of(
            operation.writes(), setting.target(), setting.workplace(), setting.job().hidden());
    if (folders.problem() != null) {
      throw new Contents.CannotAskException(name + ": " + folders.problem());
    }
    var content =
        resumption
            .contents(setting, block.ordinal(), block.script())
            .of(operation.reads(), folders);
    var identity = OperationDigest.identity(operation, block.script());
    var risk = folders.outside() || !isolates() ? Risk.ADMIN : operation.risk();
    heard.expect(Prospect.of(name, operation, risk, block.script(), folders, content));
    var consequence = consequence(block, operation, folders);
    var words =
        new Words(
            block.ordinal(),
            identity,
            operation.kind(),
            risk,
            consequence,
            block.script(),
            operation);
    return gated(name, words, folders, content);
  }

  private GatedOperation unsandboxed(String name, int ordinal, String script, int round)
      throws IOException {
    var content =
        resumption.contents(setting, ordinal, script).of(List.of(), PermittedFolders.NONE);
    var identity = OperationDigest.unsandboxed(script, resumption.basis(), round);
    var consequence =
        "The %s of %s would run. %s%s"
            .formatted(
                name,
                worker(),
                WITH_ALL_RIGHTS,
                round == 0 ? "" : " It was begun before, and nobody knows how far it came.");
    var words = new Words(ordinal, identity, UNSANDBOXED, Risk.ADMIN, consequence, script, null);
    return gated(name, words, PermittedFolders.NONE, content);
  }

  private String consequence(Block block, Operation operation, PermittedFolders folders) {
    var places =
        folders.folders().isEmpty()
            ? "write only in its workspace"
            : "write in "
                + folders.folders().stream().map(Path::toString).collect(Collectors.joining(", "));
    var secrets =
        operation.secrets().isEmpty()
            ? ""
            : ", and be given the secrets " + String.join(", ", operation.secrets());
    var sentence =
        "%s %d of %s (%s) would %s, %s%s."
            .formatted(
                capital(noun),
                block.ordinal(),
                worker(),
                operation.kind(),
                places,
                operation.network() ? "with access to the network" : "without network",
                secrets);
    return isolates() ? sentence : sentence + " " + WITH_ALL_RIGHTS;
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private String worker() {
    return setting.request().assignment().worker();
  }

  private boolean isolates() {
    return setting.workplace().sandbox().isolates();
  }

  /// What is asked in one question.
  private GatedOperation gated(
      String name, Words words, PermittedFolders folders, OperationContent content)
      throws IOException {
    var operation = words.operation();
    var network = operation == null || operation.network();
    var enforced = new Confines(setting).of(folders, network, content.seen());
    var preview = new Outlook(setting).of(words.script(), content, enforced);
    return gated(name, words, folders, content, preview, null);
  }

  /// @param preview SHA-256 of what is foreseen; null for nothing
  /// @param afterCrash what tells after a crash whether it has happened; null for its check
  private GatedOperation gated(
      String name,
      Words words,
      PermittedFolders folders,
      OperationContent content,
      @Nullable String preview,
      @Nullable String afterCrash)
      throws IOException {
    var operation = words.operation();
    var changes = resumption.changes(words.ordinal(), content);
    var asked =
        new OperationRequest(
            worker(),
            words.ordinal(),
            OperationDigest.of(words.identity(), content),
            setting.request().epoch(),
            words.kind(),
            words.risk(),
            words.consequence(),
            words.script(),
            operation == null ? List.of() : operation.writes(),
            operation == null || operation.network(),
            setting.workspace().work().toString(),
            operation == null ? null : operation.check(),
            setting.request().assignment().labels(),
            Bindings.of(
                words.identity(),
                operation,
                content,
                setting.workspace(),
                changes,
                preview,
                afterCrash),
            operation == null ? null : operation.why());
    var reads = operation == null ? List.<String>of() : operation.reads();
    var secrets = operation == null ? List.<String>of() : operation.secrets();
    return new GatedOperation(name, asked, folders, reads, secrets, content, operation == null);
  }

  /// @param operation null for a script that declares none
  private record Words(
      int ordinal,
      String identity,
      String kind,
      Risk risk,
      String consequence,
      String script,
      @Nullable Operation operation) {}
}
