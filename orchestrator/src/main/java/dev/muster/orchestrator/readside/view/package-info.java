/// What people and programs are shown: the records of the API, and the one way they are written.
@NullMarked
package dev.muster.orchestrator.readside.view;

import org.jspecify.annotations.NullMarked;
