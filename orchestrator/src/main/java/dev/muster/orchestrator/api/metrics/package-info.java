/// What a monitoring system is told: figures, in the text format of Prometheus.
@NullMarked
package dev.muster.orchestrator.api.metrics;

import org.jspecify.annotations.NullMarked;
