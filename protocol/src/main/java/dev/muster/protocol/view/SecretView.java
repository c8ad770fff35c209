package dev.muster.protocol.view;

import java.time.Instant;

/// What is told of a secret; never its value.
public record SecretView(String name, Instant setAt, String setBy) {}
