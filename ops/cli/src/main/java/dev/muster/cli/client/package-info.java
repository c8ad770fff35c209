/// The node's HTTP API as this side sees it.
@NullMarked
package dev.muster.cli.client;

import org.jspecify.annotations.NullMarked;
