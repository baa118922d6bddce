// SPDX-License-Identifier: Apache-2.0

/// Connections on which requests are sent without waiting for the replies to those before.
///
/// Reading order: [tulip.pipelining.Call] is a request and its wait for the reply,
/// [tulip.pipelining.Pipeline] the connection that many of them share, and
/// [tulip.pipelining.Dialect] what a protocol tells about itself.
@org.jspecify.annotations.NullMarked
module tulip.pipelining {
  requires static transitive org.jspecify;
  requires transitive tulip.bytes;
  requires transitive tulip.core;
  requires transitive tulip.net;

  exports tulip.pipelining;
}
