package dev.muster.cli.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is told of a secret.
public record SecretView(String name, @Nullable Instant setAt, @Nullable String setBy) {}
