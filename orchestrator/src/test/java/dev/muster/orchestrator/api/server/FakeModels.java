package dev.muster.orchestrator.api.server;

import dev.muster.orchestrator.usecase.Models;
import dev.muster.protocol.view.ModelTestView;
import dev.muster.protocol.view.ModelsView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One provider with one profile.
final class FakeModels implements Models {
  @Override
  public ModelsView list() {
    return new ModelsView(
        null,
        Instant.parse("2026-01-01T00:00:00Z"),
        null,
        List.of(
            new ModelsView.Provider(
                "box",
                "ollama",
                "http://127.0.0.1:11434",
                "none",
                "closed",
                null,
                null,
                3,
                2,
                1,
                0,
                1,
                16,
                120,
                140,
                140,
                1_000,
                200,
                0,
                0.25,
                0,
                3,
                60,
                1_200,
                0,
                7.0)),
        List.of(
            new ModelsView.Endpoint(
                "machine", "http://127.0.0.1:11434", List.of("box"), 1, 16, 3, 30, 1_200, 0, null)),
        List.of(
            new ModelsView.Profile(
                "local",
                List.of("box/m"),
                "priority",
                0.2,
                4_000,
                100_000,
                List.of("mechanical"),
                List.of())),
        null,
        List.of());
  }

  @Override
  public @Nullable ModelTestView test(String profile) {
    return profile.equals("local")
        ? new ModelTestView(
            profile,
            true,
            "box",
            "m",
            "ready",
            120L,
            12L,
            1L,
            null,
            null,
            null,
            List.of(new ModelTestView.Try("box", "m", "cut off: once")))
        : null;
  }
}
