// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import java.nio.file.Path;

/// Where a standard stream of a subprocess leads.
public sealed interface Stdio {
  /// To this process, as a stream.
  Stdio PIPE = Place.PIPE;

  /// Where this process's own leads.
  Stdio INHERIT = Place.INHERIT;

  /// Nowhere: reading finds the end, what is written is dropped.
  Stdio DISCARD = Place.DISCARD;

  /// Where the standard output leads; for the standard error alone.
  Stdio MERGE = Place.MERGE;

  /// To a file, which is read.
  static Stdio from(Path file) {
    return new Source(file);
  }

  /// To a file, which is created or emptied.
  static Stdio to(Path file) {
    return new Target(file, false);
  }

  /// To the end of a file.
  static Stdio appendTo(Path file) {
    return new Target(file, true);
  }

  /// A place without particulars.
  enum Place implements Stdio {
    /// See [Stdio#PIPE].
    PIPE,
    /// See [Stdio#INHERIT].
    INHERIT,
    /// See [Stdio#DISCARD].
    DISCARD,
    /// See [Stdio#MERGE].
    MERGE
  }

  /// A file to read.
  ///
  /// @param file the file
  record Source(Path file) implements Stdio {}

  /// A file to write.
  ///
  /// @param file the file
  /// @param append whether to keep what is in it
  record Target(Path file, boolean append) implements Stdio {}
}
