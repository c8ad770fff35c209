package dev.muster.protocol.view;

import com.fasterxml.jackson.databind.JsonNode;

/// One entry of the audit log as it was written, with what chains it to the one before.
///
/// @param entry no more than a text where somebody has changed it so that it is no JSON
public record AuditView(long seq, JsonNode entry, String previous, String hash) {}
