/// A server that answers as providers of models do, over real HTTP on loopback.
@NullMarked
package dev.muster.testkit.model;

import org.jspecify.annotations.NullMarked;
