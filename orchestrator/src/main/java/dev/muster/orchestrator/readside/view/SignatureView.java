package dev.muster.orchestrator.readside.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.protocol.worker.Receipt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who vouches for a receipt. Whose key it is was looked at when the receipt was journalled; this
/// says whether the journal has been changed since.
///
/// @param words for a person
/// @param node that ran the tests and signed; null when nobody did, as the next two are
/// @param key its fingerprint: SHA-256, hexadecimal
/// @param at when it signed
/// @param holds whether the signature fits the receipt, its worker and its attempt as they are
///   here; null when there is none
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SignatureView(
    String words,
    @Nullable String node,
    @Nullable String key,
    @Nullable Instant at,
    @Nullable Boolean holds) {
  private static final int KEY_SHOWN = 16;
  private static final SignatureView NONE =
      new SignatureView("unsigned (from before receipts were signed)", null, null, null, null);

  static SignatureView of(Receipt receipt, Origin origin, int attempt) {
    var said = receipt.attested();
    if (said == null) return NONE;
    var isOfIt =
        Origin.worker(said.run(), said.worker()).equals(origin) && said.attempt() == attempt;
    var holds = isOfIt && said.fits(receipt);
    var node = said.seal().node();
    var key = said.seal().fingerprint();
    var words =
        "signed by %s (key %s…), %s"
            .formatted(node, key.substring(0, KEY_SHOWN), holds ? "holds" : "DOES NOT FIT");
    return new SignatureView(words, node, key, said.at(), holds);
  }
}
