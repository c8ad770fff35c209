/// What is shown: tables, summaries and sentences made from what a node says.
@NullMarked
package dev.muster.cli.view;

import org.jspecify.annotations.NullMarked;
