/// What a run gives to its agents: their roles, their prompt, and a tape of a model's answers.
@NullMarked
package dev.muster.protocol.agent;

import org.jspecify.annotations.NullMarked;
