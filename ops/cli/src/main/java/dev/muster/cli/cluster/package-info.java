/// A cluster of nodes on this machine: started, looked at, killed and stopped.
///
/// Begin with [LocalCluster].
@NullMarked
package dev.muster.cli.cluster;

import org.jspecify.annotations.NullMarked;
