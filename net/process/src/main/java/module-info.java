// SPDX-License-Identifier: Apache-2.0

/// Subprocesses, the standard streams of this process, and signals.
///
/// Reading order: [tulip.process.Command] says what is to run, [tulip.process.Subprocess] runs it,
/// [tulip.process.Signals] tells what the system says to this process.
@org.jspecify.annotations.NullMarked
module tulip.process {
  requires static transitive org.jspecify;
  requires transitive tulip.bytes;
  requires transitive tulip.core;
  requires transitive tulip.net;

  exports tulip.process;
}
