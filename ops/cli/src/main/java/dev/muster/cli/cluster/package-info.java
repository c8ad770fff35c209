/// A cluster of nodes on this machine: started, looked at, killed and stopped.
@NullMarked
package dev.muster.cli.cluster;

import org.jspecify.annotations.NullMarked;
