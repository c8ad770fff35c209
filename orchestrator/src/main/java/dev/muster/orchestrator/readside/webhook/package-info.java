/// Telling another program what happened: an outbox that a reader of the journal fills.
///
/// Begin with [WebhookReader], then [WebhookSender].
@NullMarked
package dev.muster.orchestrator.readside.webhook;

import org.jspecify.annotations.NullMarked;
