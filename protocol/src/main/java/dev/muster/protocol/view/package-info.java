/// What the API answers, as records: the same for the node that writes them and for clients that
/// read them.
@NullMarked
package dev.muster.protocol.view;

import org.jspecify.annotations.NullMarked;
