// SPDX-License-Identifier: Apache-2.0

/// Networking by callbacks: the transports and protocols of PEP 3156, above the streams of
/// `tulip.net`.
///
/// Reading order: [tulip.transports.Protocol] is what a program writes,
/// [tulip.transports.Transports] connects it, [tulip.transports.Transport] is what it then talks
/// to.
@org.jspecify.annotations.NullMarked
module tulip.transports {
  requires static transitive org.jspecify;
  requires transitive tulip.bytes;
  requires transitive tulip.core;
  requires transitive tulip.net;

  exports tulip.transports;
}
