/// A node that is none: speaks the API's contract from memory, so that verbs are tested through
/// real HTTP.
@NullMarked
package dev.muster.cli.stub;

import org.jspecify.annotations.NullMarked;
