// SPDX-License-Identifier: Apache-2.0

/// How clients prove who they are (SASL, RFC 4422), without I/O: [tulip.sasl.ScramClient].
@org.jspecify.annotations.NullMarked
module tulip.sasl {
  requires static transitive org.jspecify;
  requires transitive tulip.bytes;

  exports tulip.sasl;
}
