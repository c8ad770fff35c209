package dev.muster.node.executor;

import dev.muster.node.agent.AgentSource;

/// What an attempt begins with: its text, what those before it have delivered, and an agent where
/// the text has no script.
public record AttemptSources(
    InstructionSource instructions, InputSource inputs, AgentSource agents) {}
