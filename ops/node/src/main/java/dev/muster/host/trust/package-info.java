/// What of the files around us is this user's own: who may change a path, which folders were made
/// here, and which files of others the user has read and trusts.
///
/// Begin with [TrustedFiles].
@NullMarked
package dev.muster.host.trust;

import org.jspecify.annotations.NullMarked;
