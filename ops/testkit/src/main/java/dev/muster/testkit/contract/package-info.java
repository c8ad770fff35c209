/// Holds what nodes really answer, in this JVM and in processes, against `openapi.yaml`.
@NullMarked
package dev.muster.testkit.contract;

import org.jspecify.annotations.NullMarked;
