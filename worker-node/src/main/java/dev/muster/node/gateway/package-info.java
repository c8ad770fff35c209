/// Where an agent that is not ours asks its models: three usual protocols over one socket, which
/// nobody but the sandbox of its attempt reaches.
///
/// Begin with [Gateway].
@NullMarked
package dev.muster.node.gateway;

import org.jspecify.annotations.NullMarked;
